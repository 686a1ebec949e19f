"""What the visit's fields offer: the catalogues as they stand today, each list made once a day."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from clinic_notes.charting.body_map.marks import label
from clinic_notes.clinical.drafts import Site
from clinic_notes.core.display import today, words
from clinic_notes.core.forms import Choices
from clinic_notes.reference.catalogue import Catalogue
from clinic_notes.reference.regions import regions


def of(catalogue: Catalogue[Any]) -> Callable[[], Choices]:
    """Return what a catalogue offers today, with a blank first; asked each time a form is made."""
    return lambda: _of_catalogue(catalogue, today())


def terms(vocabulary: type[StrEnum], *, blank: bool = True) -> Choices:
    """Return the members of a closed vocabulary in words."""
    members = tuple((member.value, words(member).capitalize()) for member in vocabulary)
    return (("", "Not chosen"), *members) if blank else members


def places() -> Choices:
    """Return every region with each of its sides, as ``calf:left``."""
    return _places(today())


def place_names() -> Choices:
    """Return the same by their names alone, for typing one."""
    return tuple((name, name) for _, name in places())


@lru_cache(maxsize=64)
def _of_catalogue(catalogue: Catalogue[Any], on: date) -> Choices:
    return (("", "Not chosen"), *catalogue.choices(on))


@lru_cache(maxsize=2)
def _places(on: date) -> Choices:
    return tuple(
        (f"{region.key}:{side.value}", label(Site(region.key, side)))
        for region in regions.current(on)
        for side in region.sides
    )
