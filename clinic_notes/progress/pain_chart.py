"""The coordinates of the chart of a pain trend."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from clinic_notes.clinical.wording import number_text
from clinic_notes.progress.chart_parts import (
    Label,
    Series,
    Stem,
    labels_of_days,
    marks_of,
    series_of,
    spreads_of,
    stems_between,
    x_positions,
)
from clinic_notes.progress.pain_trend import PainTrend, trend_text
from clinic_notes.progress.points import Point, drawn_points
from clinic_notes.progress.scale import Linear, day_labels, spread, ticks
from clinic_notes.progress.targets import Target

WIDTH, HEIGHT = 760, 268
LEFT, RIGHT, TOP, BOTTOM = 36, 668, 12, 232
"""The edges of the plot inside the drawing; the labels of the lines are right of it."""
LABEL_GAP, NOTE_HEIGHT = 18.0, 15.0
"""The height of a label and of its second line."""
BESIDE = 14
"""From the last reading to its label."""


@dataclass(frozen=True)
class Chart:
    """A chart of pain before and after, 0 to 10."""

    title: str
    description: str
    before: Series
    after: Series
    stems: tuple[Stem, ...]
    spreads: tuple[Stem, ...]
    points: tuple[Point, ...]
    """What is drawn, for the table that stands for the chart."""
    put_together: str
    """In words, which points stand for several sessions; "" where none does."""
    goal: Label | None
    levels: tuple[Label, ...]
    days: tuple[Label, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT


def pain_chart(trend: PainTrend, target: Target | None = None) -> Chart:
    """Return the chart of a trend, which needs at least one number, with the target of its goal."""
    points, put_together = drawn_points(trend.measured)
    days = [point.served_on for point in points]
    xs, height = x_positions(days, LEFT, RIGHT), Linear(0, 10, BOTTOM, TOP)
    before = marks_of(points, xs, height, lambda point: point.before)
    after = marks_of(points, xs, height, lambda point: point.after)
    ends = _end_labels(trend.measured, xs[-1], height)
    return Chart(
        title=f"{trend.label}, before and after each session",
        description=trend_text(trend),
        before=series_of("before", before, ends[0]),
        after=series_of("after", after, ends[1]),
        stems=stems_between(before, after),
        spreads=spreads_of(points, xs, height),
        points=points,
        put_together=put_together,
        goal=Label(RIGHT, height(float(target.value)), target.text) if target else None,
        levels=tuple(Label(LEFT - 14, height(level), str(level)) for level in ticks(0, 10, 2)),
        days=labels_of_days(days, xs, HEIGHT - 8),
    )


def _end_labels(
    points: Sequence[Point], last: float, height: Linear
) -> tuple[Label | None, Label | None]:
    """Return the labels of both lines, right of the last session and apart from each other."""
    before = _end_label("before", [(p.served_on, p.before) for p in points], last, height)
    after = _end_label("after", [(p.served_on, p.after) for p in points], last, height)
    if before is None or after is None:
        return before, after
    upper, lower = (before, after) if before.y <= after.y else (after, before)
    gap = LABEL_GAP + (NOTE_HEIGHT if upper.note else 0)
    y_before, y_after = spread(before.y, after.y, gap, TOP, _lowest(lower.note))
    return replace(before, y=y_before), replace(after, y=y_after)


def _end_label(
    word: str, readings: Sequence[tuple[date, Decimal | None]], last: float, height: Linear
) -> Label | None:
    """Return the latest reading; where it is not of the last session, with its day."""
    measured = [(on, value) for on, value in readings if value is not None]
    if not measured:
        return None
    on, value = measured[-1]
    is_older = readings[-1][1] is None
    note = day_labels([on, readings[-1][0]])[0] if is_older else ""
    y = min(height(float(value)), _lowest(note))
    return Label(last + BESIDE, y, f"{word} {number_text(value)}", note)


def _lowest(note: str) -> float:
    """Return the lowest y of a label: its second line must not reach the days under the axis."""
    return BOTTOM - (NOTE_HEIGHT if note else 0)
