"""The chart of one measured thing over an episode: motion, strength, a test or a score.

The band says what the change is judged by: inside it, the reading differs from the first by no more
than measurement error, or by less than matters to a patient.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from clinic_notes.clinical.change import (
    Comparison,
    JudgedChange,
    SessionRow,
    is_rating_of_change,
)
from clinic_notes.clinical.drafts import MeasureDraft, PainDraft, RomDraft
from clinic_notes.clinical.readings import marked_text, reading_text, unit_of
from clinic_notes.clinical.wording import number_text
from clinic_notes.progress.changes import ChangeLine
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
from clinic_notes.progress.points import Point, drawn_points
from clinic_notes.progress.scale import Linear, round_ticks
from clinic_notes.progress.targets import Target, target_for
from clinic_notes.reference.movements import movements
from clinic_notes.reference.thresholds import ThresholdKind

WIDTH, HEIGHT = 460, 214
LEFT, RIGHT, TOP, BOTTOM = 44, 376, 22, 178
"""The edges of the plot inside the drawing; the labels of the lines are right of it."""
BESIDE = 12
"""From the last reading to its label."""


@dataclass(frozen=True)
class Band:
    """What lies within error of the first reading, or nearer to it than matters."""

    y: float
    height: float
    text: str


@dataclass(frozen=True)
class MeasureChart:
    """A chart and its table; ``label`` names what was measured and ``how`` the way."""

    label: str
    how: str
    description: str
    before: Series
    after: Series
    stems: tuple[Stem, ...]
    spreads: tuple[Stem, ...]
    band: Band | None
    norm: Label | None
    goal: Label | None
    levels: tuple[Label, ...]
    days: tuple[Label, ...]
    points: tuple[Point, ...]
    """What is drawn, for the table that stands for the chart."""
    put_together: str
    """In words, which points stand for several sessions; "" where none does."""
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT

    @property
    def has_other(self) -> bool:
        """Say whether somebody else, or another device, measured some of it."""
        return any(point.is_other for point in self.points)


def measure_charts(
    lines: Sequence[ChangeLine], targets: Sequence[Target] = ()
) -> list[MeasureChart]:
    """Return a chart of each thing but pain that was measured in numbers at least twice."""
    return [
        _chart(line, target_for(line.series[-1].row, targets))
        for line in lines
        if _is_drawn(line.series)
    ]


def _is_drawn(series: Sequence[SessionRow]) -> bool:
    row = series[0].row
    # Pain has a chart of its own; a rating of change is itself a change.
    if isinstance(row, PainDraft) or (isinstance(row, MeasureDraft) and is_rating_of_change(row)):
        return False
    return sum(one.row.before.number is not None for one in series) > 1


def _chart(line: ChangeLine, target: Target | None) -> MeasureChart:
    series = line.series
    befores = [one.row.before.number for one in series]
    afters = [one.row.after.number for one in series]
    numbers = [float(n) for n in (*befores, *afters) if n is not None]
    around = _around(line)
    norm = _norm(series[-1], numbers)
    goal = [float(target.value)] if target else []
    enclosed = [*numbers, *(around[:2] if around else ()), *norm, *goal]
    levels = round_ticks(min(enclosed), max(enclosed))
    height = Linear(levels[0], levels[-1], BOTTOM, TOP)
    unit = unit_of(series[-1].row)
    points, put_together = drawn_points([_point(one, series[0], unit) for one in series], unit)
    days = [point.served_on for point in points]
    xs = x_positions(days, LEFT, RIGHT)
    before = marks_of(points, xs, height, lambda point: point.before)
    after = marks_of(points, xs, height, lambda point: point.after)
    return MeasureChart(
        label=line.label,
        how=line.how,
        description=_description(line, befores, unit),
        before=series_of("before", before, _end_label("before", points, xs, height, unit)),
        after=series_of("after", after, None),
        stems=stems_between(before, after),
        spreads=spreads_of(points, xs, height),
        band=_band(around, height),
        norm=Label(RIGHT, height(norm[0]), f"usual {number_text(Decimal(str(norm[0])))}{unit}")
        if norm
        else None,
        goal=Label(RIGHT, height(goal[0]), target.text) if target else None,
        levels=tuple(Label(LEFT - 12, height(n), f"{n:g}") for n in levels),
        days=labels_of_days(days, xs, HEIGHT - 8),
        points=points,
        put_together=put_together,
    )


def _point(one: SessionRow, first: SessionRow, unit: str) -> Point:
    before, after = one.row.before, one.row.after
    return Point(
        one.on,
        before.number,
        after.number,
        marked_text(
            reading_text(before, unit),
            is_corrected=one.before.is_corrected,
            by_patient=before.by_patient,
        ),
        marked_text(reading_text(after, unit), is_corrected=one.after.is_corrected),
        _is_other(one, first),
    )


def _is_other(one: SessionRow, first: SessionRow) -> bool:
    def device(row: object) -> str:
        return row.device if isinstance(row, RomDraft) else ""

    return one.rater != first.rater or device(one.row) != device(first.row)


def _around(line: ChangeLine) -> tuple[float, float, str] | None:
    """Return the ends of the band and what it is; None where nothing was judged."""
    judged: JudgedChange | None = line.judged.get(Comparison.SINCE_START)
    if judged is None or judged.criterion is None or judged.before is None:
        return None
    start = judged.before.value.number
    if start is None:
        return None
    amount = judged.criterion.amount
    is_error = judged.criterion.kind != ThresholdKind.MCID
    text = "within measurement error of the start" if is_error else "less than matters"
    return float(start - amount), float(start + amount), text


def _norm(one: SessionRow, numbers: Sequence[float]) -> list[float]:
    """Return the norm, where it is near enough to the readings not to flatten them."""
    movement = movements.find(one.row.movement) if isinstance(one.row, RomDraft) else None
    if movement is None or not movement.norms:
        return []
    norm = float(movement.norms[0].high)
    room = max(max(numbers) - min(numbers), 10)
    return [norm] if min(numbers) - room <= norm <= max(numbers) + room else []


def _end_label(
    word: str, points: Sequence[Point], xs: Sequence[float], height: Linear, unit: str
) -> Label | None:
    measured = [(x, p.before) for x, p in zip(xs, points, strict=True) if p.before is not None]
    if not measured:
        return None
    x, value = measured[-1]
    return Label(x + BESIDE, height(float(value)), f"{word} {number_text(value)}{unit}")


def _band(around: tuple[float, float, str] | None, height: Linear) -> Band | None:
    if around is None:
        return None
    low, high, text = around
    top, bottom = height(high), height(low)
    return Band(top, round(bottom - top, 1), text)


def _description(line: ChangeLine, befores: Sequence[Decimal | None], unit: str) -> str:
    numbers = [number for number in befores if number is not None]
    since = line.since_start
    verdict = f": {since.verdict}, {since.why}" if since and since.tone else ""
    first, last = f"{number_text(numbers[0])}{unit}", f"{number_text(numbers[-1])}{unit}"
    return f"Before treatment from {first} to {last} in {len(numbers)} sessions{verdict}."
