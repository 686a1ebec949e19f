"""The choices of the session form's fields: the catalogues as they are today."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from clinic_notes.charting.body_map.marks import label as site_label
from clinic_notes.clinical.drafts import Site
from clinic_notes.core.display import today, words
from clinic_notes.core.forms.fields import Choices
from clinic_notes.reference.catalogue import Catalogue
from clinic_notes.reference.regions import regions


def of(catalogue: Catalogue[Any]) -> Callable[[], Choices]:
    """Return a function that returns what a catalogue offers on the day it is called."""
    return lambda: _of_catalogue(catalogue, today())


def terms(vocabulary: type[StrEnum], *, blank: bool = True) -> Choices:
    """Return the members of a closed vocabulary in words."""
    members = tuple((member.value, words(member).capitalize()) for member in vocabulary)
    return (("", "Not chosen"), *members) if blank else members


def sites() -> Choices:
    """Return the key and label of every site: ``calf:left`` and "Calf, left"."""
    return _sites(today())


def site_labels() -> Choices:
    """Return the labels alone, for a field in which one is typed."""
    return tuple((label, label) for _, label in sites())


@lru_cache(maxsize=64)
def _of_catalogue(catalogue: Catalogue[Any], on: date) -> Choices:
    return (("", "Not chosen"), *catalogue.choices(on))


@lru_cache(maxsize=2)
def _sites(on: date) -> Choices:
    return tuple(
        (f"{region.key}:{side.value}", site_label(Site(region.key, side)))
        for region in regions.current(on)
        for side in region.sides
    )
