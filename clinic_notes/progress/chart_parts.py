"""The parts that every chart over sessions is drawn of: marks, lines, labels, days."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from clinic_notes.progress.points import Point
from clinic_notes.progress.scale import Linear, day_labels, labelled


@dataclass(frozen=True)
class Mark:
    """A reading on the chart."""

    x: float
    y: float
    is_over: bool = False
    """Whether before and after are at the same point."""
    is_other: bool = False
    """Whether somebody else measured it, or with another device, than the first reading."""


@dataclass(frozen=True)
class Stem:
    """An upright line: from a session's reading before to the one after, or from low to high."""

    x: float
    y1: float
    y2: float


@dataclass(frozen=True)
class Label:
    """A text beside a line of the chart, or under its axis."""

    x: float
    y: float
    text: str
    note: str = ""
    """A second line, muted."""


@dataclass(frozen=True)
class Series:
    """The readings before, or after, as they are drawn."""

    name: str
    marks: tuple[Mark, ...]
    lines: tuple[str, ...]
    """The points of each line in SVG's notation; a missing reading breaks the line."""
    label: Label | None


def x_positions(days: Sequence[date], left: float, right: float) -> list[float]:
    """Return the x of each session by its day; those of one day share its width, in order."""
    moments = []
    for day, group in groupby(days):
        count = len(list(group))
        moments += [day.toordinal() + nth / count for nth in range(count)]
    along = Linear(moments[0], moments[-1], left, right)
    return [along(moment) for moment in moments]


def marks_of(
    points: Sequence[Point],
    xs: Sequence[float],
    height: Linear,
    end: Callable[[Point], Decimal | None],
) -> list[Mark | None]:
    """Return the mark of each point's reading before, or after; None where there is no number."""
    return [
        None
        if value is None
        else Mark(x, height(float(value)), point.before == point.after, point.is_other)
        for point, x in zip(points, xs, strict=True)
        for value in (end(point),)
    ]


def spreads_of(points: Sequence[Point], xs: Sequence[float], height: Linear) -> tuple[Stem, ...]:
    """Return a line from the lowest to the highest of each point that stands for several."""
    return tuple(
        Stem(x, height(float(point.spread[0])), height(float(point.spread[1])))
        for point, x in zip(points, xs, strict=True)
        if point.spread and point.spread[0] != point.spread[1]
    )


def series_of(name: str, marks: Sequence[Mark | None], label: Label | None) -> Series:
    """Return the marks and the lines between those that follow one another."""
    stretches = [list(run) for is_there, run in groupby(marks, key=bool) if is_there]
    return Series(
        name=name,
        marks=tuple(mark for mark in marks if mark),
        lines=tuple(
            " ".join(f"{mark.x},{mark.y}" for mark in run if mark)
            for run in stretches
            if len(run) > 1
        ),
        label=label,
    )


def stems_between(before: Sequence[Mark | None], after: Sequence[Mark | None]) -> tuple[Stem, ...]:
    """Return a line from before to after of each session whose readings differ."""
    pairs = [(one, two) for one, two in zip(before, after, strict=True) if one and two]
    return tuple(Stem(one.x, one.y, two.y) for one, two in pairs if one.y != two.y)


def labels_of_days(days: Sequence[date], xs: Sequence[float], y: float) -> tuple[Label, ...]:
    """Return the labels under the axis that fit beside each other."""
    labels = day_labels(days)
    return tuple(Label(xs[number], y, labels[number]) for number in labelled(xs, labels))
