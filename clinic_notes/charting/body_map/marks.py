"""What the body map shows of a session: what was treated and how, and what is blocked.

Rows and sites in, states out; ``charting.body_map.svg`` draws them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cache, cached_property
from typing import Protocol

from clinic_notes.clinical.drafts import Site
from clinic_notes.clinical.wording import SIDES, number_text
from clinic_notes.reference.body import shown_on
from clinic_notes.reference.regions import regions
from clinic_notes.reference.terms import Pressure, Side


class Shade(StrEnum):
    """How a shape is filled; each has a pattern and words of its own, besides its colour."""

    PLAIN = ""
    UNSAID = "unsaid"
    """Treated, and no pressure chosen yet."""
    LIGHT = "light"
    MODERATE = "moderate"
    FIRM = "firm"
    HEAVY = "heavy"
    WAITING = "waiting"
    """The safety check of this place is not finished."""
    BLOCKED = "blocked"


WAITING = "safety check not finished"


class Row(Protocol):
    """What the map needs of a treatment row, in a draft or on a form."""

    @property
    def region(self) -> str:
        """The region's key."""

    @property
    def side(self) -> Side:
        """The patient's side."""

    @property
    def pressure(self) -> Pressure | None:
        """How hard."""

    @property
    def minutes(self) -> Decimal | None:
        """How long."""


@dataclass(frozen=True)
class Typed:
    """A treatment row as it stands on a form, saved or not."""

    region: str
    side: Side
    pressure: Pressure | None
    minutes: Decimal | None
    name: str
    is_begun: bool = True
    """Not so a row that says no more than the place it was offered with."""


@dataclass(frozen=True)
class Done:
    """One treated place: its number on the map, and what was done there."""

    number: int
    site: Site
    shade: Shade
    words: str

    @property
    def label(self) -> str:
        """The place's name."""
        return label(self.site)


@dataclass(frozen=True)
class State:
    """How one place looks, and what it says when it is touched or read aloud."""

    shade: Shade = Shade.PLAIN
    numbers: tuple[int, ...] = ()
    words: str = ""


NOTHING = State()


@dataclass(frozen=True)
class Body:
    """A session on the map."""

    done: tuple[Done, ...] = ()
    blocked: Mapping[Site, str] = field(default_factory=dict)
    """The sites that may not be treated today, and why."""
    waiting: frozenset[Site] = frozenset()

    def state(self, site: Site) -> State:
        """Return how a place looks: blocked before treated, treated before waiting."""
        if site not in self.touched:
            return NOTHING
        here = sorted(self._covering.get(site, ()), key=lambda done: done.site != site)
        numbers = tuple(sorted(done.number for done in here))
        said = "; ".join(done.words for done in here)
        if why := self._why(site):
            return State(Shade.BLOCKED, numbers, why)
        if here:
            hardest = max((done.shade for done in here), key=list(Shade).index)
            return State(hardest, numbers, said)
        return State(Shade.WAITING, (), WAITING)

    @cached_property
    def touched(self) -> frozenset[Site]:
        """Return every place that is not plain, each side of a bilateral one for itself too."""
        return frozenset(self._covering) | self._waiting | _each_side(self.blocked)

    @cached_property
    def _covering(self) -> dict[Site, list[Done]]:
        found: dict[Site, list[Done]] = {}
        for done in self.done:
            for site in _each_side([done.site]):
                found.setdefault(site, []).append(done)
        return found

    @cached_property
    def _waiting(self) -> frozenset[Site]:
        return _each_side(self.waiting)

    def _why(self, site: Site) -> str:
        sides = (site.side, *shown_on(site.side))
        found = (self.blocked.get(Site(site.region, side)) for side in sides)
        return next(filter(None, found), "")


def body_of(
    rows: Iterable[Row], *, blocked: Iterable[tuple[Site, str]] = (), waiting: Iterable[Site] = ()
) -> Body:
    """Return the map of a session's treatment rows and of where not to treat."""
    return Body(
        done=tuple(_done(rows)),
        blocked=dict(reversed([*blocked])),
        waiting=frozenset(waiting),
    )


def anchors(rows: Iterable[Typed]) -> dict[str, str]:
    """Return the id of each form row that is the first of its place, by the row's name."""
    first = {Site(row.region, row.side): row.name for row in reversed([*rows])}
    return {name: anchor(site) for site, name in first.items()}


@cache
def everywhere() -> tuple[Site, ...]:
    """Return every region with each of its sides."""
    return tuple(Site(region.key, side) for region in regions for side in region.sides)


def label(site: Site) -> str:
    """Return a place as the map and its list name it: ``Calf, left``."""
    return f"{regions.label(site.region)}, {SIDES[site.side]}"


def anchor(site: Site) -> str:
    """Return the id of the first treatment row of a place."""
    return f"at-{site.region}-{site.side}"


def _each_side(sites: Iterable[Site]) -> frozenset[Site]:
    """Return the places, and beside each one on both sides the two it is made of."""
    return frozenset(
        Site(site.region, side) for site in sites for side in (site.side, *shown_on(site.side))
    )


def _done(rows: Iterable[Row]) -> Iterator[Done]:
    places: dict[Site, list[Row]] = {}
    for row in rows:
        places.setdefault(Site(row.region, row.side), []).append(row)
    for number, (site, here) in enumerate(places.items(), start=1):
        hardest = max((row.pressure for row in here if row.pressure), key=_rank, default=None)
        shade = Shade(hardest.value) if hardest else Shade.UNSAID
        yield Done(number, site, shade, "; ".join(map(_words, here)))


def _rank(pressure: Pressure) -> int:
    return pressure.rank


def _words(row: Row) -> str:
    pressure = str(row.pressure or "pressure not chosen")
    return pressure if row.minutes is None else f"{pressure}, {number_text(row.minutes)} min"
