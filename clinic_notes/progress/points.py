"""The points of a chart: one for each session and, over a long course, one for many."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from statistics import median

from clinic_notes.clinical.wording import day, number_text

MOST = 60
"""Points a chart can show apart (proposed)."""
LATEST = 20
"""The latest sessions are always drawn one by one (proposed)."""


@dataclass(frozen=True)
class Point:
    """What one session measured, or the middle of several; None where there is no number."""

    served_on: date
    before: Decimal | None
    after: Decimal | None
    before_text: str
    after_text: str
    is_other: bool = False
    """Whether somebody else measured, or with another device, than in the first session."""
    label: str = ""
    """The sessions it stands for, "Mar 2026, 9 sessions"; "" for one."""
    spread: tuple[Decimal, Decimal] | None = None
    """The lowest and the highest value before treatment, where it stands for several."""

    @property
    def has_number(self) -> bool:
        """Say whether there is anything to draw."""
        return self.before is not None or self.after is not None


_SPANS = {"month": 1, "quarter": 3, "year": 12}
"""How many months each is."""


def drawn_points(points: Sequence[Point], unit: str = "") -> tuple[tuple[Point, ...], str]:
    """Return the points to draw, and in words which stand for several sessions; "" for none.

    Up to 60 sessions are drawn one by one. Of more, the first and the latest twenty are, for
    these are what is judged; those between are one point a month, or a quarter or year where
    there are still too many: the median, with the lowest and the highest.
    """
    if len(points) <= MOST:
        return tuple(points), ""
    first, between, latest = points[:1], points[1:-LATEST], points[-LATEST:]
    name, groups = _grouped(between, most=MOST - LATEST - 1)
    middle = [_middle(label, those, unit) for label, those in groups]
    words = (
        f"Between the first session and {day(latest[0].served_on)} one point stands for a {name}: "
        "the median, with a line from the lowest to the highest value before treatment."
    )
    return (*first, *middle, *latest), words


def _grouped(points: Sequence[Point], most: int) -> tuple[str, list[tuple[str, list[Point]]]]:
    """Return the name of the shortest span that makes few enough groups, and the groups."""
    for name in ("month", "quarter"):
        groups = _by(_SPANS[name], points)
        if len(groups) <= most:
            return name, groups
    return "year", _by(_SPANS["year"], points)


def _by(months: int, points: Sequence[Point]) -> list[tuple[str, list[Point]]]:
    """Return the points of each span, with its name: "Mar 2026", "Jan to Mar 2026", "2026"."""
    spans = groupby(points, key=lambda p: (p.served_on.year * 12 + p.served_on.month - 1) // months)
    return [(_name(number * months, months), list(those)) for number, those in spans]


def _name(first: int, months: int) -> str:
    begin, end = (date(month // 12, month % 12 + 1, 1) for month in (first, first + months - 1))
    if months == _SPANS["year"]:
        return str(begin.year)
    return f"{end:%b %Y}" if months == 1 else f"{begin:%b} to {end:%b %Y}"


def _middle(label: str, points: Sequence[Point], unit: str) -> Point:
    befores = sorted(point.before for point in points if point.before is not None)
    afters = sorted(point.after for point in points if point.after is not None)
    count = f"{len(points)} session{'' if len(points) == 1 else 's'}"
    return Point(
        served_on=points[len(points) // 2].served_on,
        before=median(befores) if befores else None,
        after=median(afters) if afters else None,
        before_text=_middle_text(befores, unit),
        after_text=_middle_text(afters, unit),
        is_other=any(point.is_other for point in points),
        label=f"{label}, {count}",
        spread=(befores[0], befores[-1]) if befores else None,
    )


def _middle_text(values: Sequence[Decimal], unit: str) -> str:
    """Return "5 (3 to 7)", the median of sorted values with the lowest and the highest."""
    if not values:
        return ""
    low, middle, high = (number_text(value) for value in (values[0], median(values), values[-1]))
    return f"{middle}{unit}" if low == high else f"{middle}{unit} ({low} to {high})"
