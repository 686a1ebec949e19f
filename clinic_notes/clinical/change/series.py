"""The three comparisons of a measured thing over the sessions of an episode."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time

from clinic_notes.clinical.change.comparable import has_value, identity
from clinic_notes.clinical.change.model import Basis, Comparison, JudgedChange, Reading, Row
from clinic_notes.clinical.change.verdict import judge_change


@dataclass(frozen=True)
class SessionRow:
    """A row of one session, with when it was and who measured."""

    row: Row
    on: date
    start_time: time | None = None
    rater: int | None = None
    corrected: frozenset[str] = frozenset()
    """Which ends an addendum corrected or withdrew: ``before``, ``after``."""

    @property
    def before(self) -> Reading:
        """Return the reading before treatment."""
        return Reading(self.row, self.row.before, self.rater, "before" in self.corrected)

    @property
    def after(self) -> Reading:
        """Return the reading after treatment."""
        return Reading(self.row, self.row.after, self.rater, "after" in self.corrected)


def by_measured_thing(rows: Iterable[SessionRow]) -> tuple[tuple[SessionRow, ...], ...]:
    """Return the rows of each measured thing, the earliest first, whatever order they come in.

    Sessions of the same day and start time stay in the order given. A row without any value is
    left out: a blank is never a 0.
    """
    series: dict[tuple[str, ...], list[SessionRow]] = {}
    for row in sorted(rows, key=lambda row: (row.on, row.start_time or time.min)):
        if has_value(row.row.before) or has_value(row.row.after):
            series.setdefault(identity(row.row), []).append(row)
    return tuple(map(tuple, series.values()))


def judged_changes(
    series: Sequence[SessionRow], basis: Basis | None = None
) -> tuple[JudgedChange, ...]:
    """Return within session, since last measured and since the start, of one measured thing.

    ``series`` is one of ``by_measured_thing``. Over sessions the readings before treatment are
    compared: they show what lasted. A comparison without a latest reading is left out.
    """
    found = []
    latest = series[-1]
    if has_value(latest.row.before) and not latest.row.after.is_blank:
        found.append(judge_change(latest.before, latest.after, Comparison.WITHIN_SESSION, basis))
    lasting = [row.before for row in series if has_value(row.row.before)]
    if lasting:
        last = lasting[-2] if len(lasting) > 1 else None
        first = lasting[0] if len(lasting) > 1 else None
        found.append(judge_change(last, lasting[-1], Comparison.SINCE_LAST, basis))
        found.append(judge_change(first, lasting[-1], Comparison.SINCE_START, basis))
    return tuple(found)
