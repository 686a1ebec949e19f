"""The trends that a report draws: what was measured at least twice, as numbers over days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clinic_notes.clinical.change import SessionRow, by_measured_thing, is_rating_of_change
from clinic_notes.clinical.drafts import PainDraft
from clinic_notes.clinical.goals import measured_row
from clinic_notes.clinical.goals.measure import is_same_thing
from clinic_notes.clinical.readings import unit_of
from clinic_notes.clinical.reports.model import GoalFacts
from clinic_notes.clinical.versions.wording import DisplayNames, row_title
from clinic_notes.clinical.wording import day, with_unit
from clinic_notes.reference.terms import ReadingState

MOST = 3
"""Trends that fit beside each other on a sheet."""
MOST_LISTED = 24
"""Readings that are named one by one: more, nobody reads."""
_NO_NAMES = DisplayNames({}, {}, {}, {}, {})


@dataclass(frozen=True)
class TrendPoint:
    """A reading before treatment, on its day."""

    on: date
    number: Decimal


@dataclass(frozen=True)
class Trend:
    """One measured thing over the sessions, with the target of its goal."""

    title: str
    unit: str
    points: tuple[TrendPoint, ...]
    target: Decimal | None = None

    @property
    def sentence(self) -> str:
        """The same in words: "Pain right now: 8 on 4 Mar 2026, 3 on 12 Apr 2026; goal 2"."""
        if len(self.points) <= MOST_LISTED:
            read = ", ".join(map(self._read, self.points))
        else:
            numbers = [point.number for point in self.points]
            least, most = (with_unit(end, self.unit) for end in (min(numbers), max(numbers)))
            read = (
                f"{len(numbers)} readings, the first {self._read(self.points[0])}, the latest "
                f"{self._read(self.points[-1])}, all between {least} and {most}"
            )
        goal = f"; goal {with_unit(self.target, self.unit)}" if self.target is not None else ""
        return f"{self.title}: {read}{goal}"

    def _read(self, point: TrendPoint) -> str:
        return f"{with_unit(point.number, self.unit)} on {day(point.on)}"


def report_trends(
    rows: Iterable[SessionRow], goals: Sequence[GoalFacts], until: date
) -> tuple[Trend, ...]:
    """Return the trends up to a day: first what a goal measures, then pain, then the rest."""
    known = [row for row in rows if row.on <= until and not is_rating_of_change(row.row)]
    found = [
        (target is None, not isinstance(series[-1].row, PainDraft), trend)
        for series in by_measured_thing(known)
        for target in (_target(series[-1], goals),)
        if len((trend := _trend(series, target)).points) > 1
    ]
    return tuple(trend for *_, trend in sorted(found, key=lambda each: each[:2]))[:MOST]


def _trend(series: Sequence[SessionRow], target: Decimal | None) -> Trend:
    row = series[-1].row
    points = tuple(
        TrendPoint(one.on, one.row.before.number)
        for one in series
        if one.row.before.state is ReadingState.MEASURED and one.row.before.number is not None
    )
    return Trend(row_title(row, _NO_NAMES), unit_of(row), points, target)


def _target(one: SessionRow, goals: Sequence[GoalFacts]) -> Decimal | None:
    for goal in goals:
        row = measured_row(goal.measure, goal.detail) if goal.measure else None
        if row is not None and is_same_thing(row, one.row):
            return goal.target
    return None
