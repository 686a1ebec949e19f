"""When reports, certifications and re-assessments are due (clinical.md 12.2).

Days are calendar days of the clinic; the caller says which day is today.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from clinic_notes.clinical.wording import day

TREATMENT_DAYS_A_REPORT = 10
"""Medicare Benefit Policy Manual, chapter 15, 220.3 D: at least once every 10 treatment days."""
CERTIFIED_DAYS = 90
"""The same, 220: a certification interval "consists of 90 calendar days or less"."""
DAYS_TO_SIGN = 30
"""The same, 220.1.3: dated in the 30 days following the first day of treatment."""
REASSESS_DAYS = 30
"""Proposed; a clinic or a state may ask for another interval."""

LONG_GAP = timedelta(days=21)
"""Without a session for longer, an episode is pointed out (proposed)."""

_SOON_TREATMENT_DAYS = 2
_SOON_DAYS = 14


class DueKind(StrEnum):
    """What may be due in an episode."""

    PROGRESS_REPORT = "progress_report"
    CERTIFICATION = "certification"
    REASSESSMENT = "reassessment"


class DueState(StrEnum):
    """How near a due item is."""

    LATER = "later"
    SOON = "soon"
    DUE = "due"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class Due:
    """One clock: how near, until which day (None where treatment days count), in a sentence."""

    state: DueState
    until: date | None
    sentence: str


@dataclass(frozen=True)
class EpisodeDays:
    """The days of an episode that its clocks count from."""

    treatment_days: frozenset[date] = frozenset()
    """Days with a signed session in which the patient was treated."""
    reports: frozenset[date] = frozenset()
    """Days on which a progress report was recorded as done."""
    measured: frozenset[date] = frozenset()
    """Days on which motion, strength or a test was measured, or a re-assessment was recorded."""
    needs_certification: bool = False
    certified_from: date | None = None
    certified_until: date | None = None
    planned_weeks: int | None = None


def due_items(days: EpisodeDays, today: date) -> tuple[tuple[DueKind, Due], ...]:
    """Return each clock of an open episode once, the most urgent first.

    Nothing is due before the first treatment: the clocks count from it.
    """
    if not days.treatment_days:
        return ()
    first = min(days.treatment_days)
    found = [
        (DueKind.PROGRESS_REPORT, progress_report(days.treatment_days, days.reports)),
        (DueKind.REASSESSMENT, reassessment(max(days.measured, default=first), today)),
    ]
    if days.certified_from is not None:
        found.append((DueKind.CERTIFICATION, _certified(days, days.certified_from, today)))
    elif days.needs_certification:
        found.append((DueKind.CERTIFICATION, first_signature(first, today)))
    urgent = list(DueState)[::-1]
    return tuple(sorted(found, key=lambda item: urgent.index(item[1].state)))


def _certified(days: EpisodeDays, begins_on: date, today: date) -> Due:
    if days.certified_until is not None:
        return _by("Certification", days.certified_until, today)
    return certification(begins_on, today, days.planned_weeks and days.planned_weeks * 7)


def progress_report(treatment_days: Iterable[date], reports: Iterable[date] = ()) -> Due:
    """Return when the next progress report is due.

    Each day with treatment counts once; a missed visit is no treatment day. ``reports`` are the
    last days that reports cover: the next treatment day begins the next period.
    """
    covered = max(reports, default=date.min)
    done = len({on for on in treatment_days if on > covered})
    left = TREATMENT_DAYS_A_REPORT - done
    if left < 0:
        state, words = DueState.OVERDUE, "overdue"
    elif left == 0:
        state, words = DueState.DUE, "due now"
    else:
        state = DueState.SOON if left <= _SOON_TREATMENT_DAYS else DueState.LATER
        words = f"due in {_days(left, 'treatment day')}"
    of = f"{done} of {TREATMENT_DAYS_A_REPORT} treatment days"
    return Due(state, None, f"Progress report {words} ({of}).")


def certified_until(begins_on: date, planned_days: int | None = None) -> date:
    """Return the last certified day: the planned duration or 90 days, whichever is shorter.

    The day of the first treatment is the first of them. Raises ValueError for less than a day.
    """
    days = CERTIFIED_DAYS if planned_days is None else min(planned_days, CERTIFIED_DAYS)
    if days < 1:
        raise ValueError(f"A plan of care lasts at least a day, not {planned_days}.")
    return begins_on + timedelta(days - 1)


def certification(begins_on: date, today: date, planned_days: int | None = None) -> Due:
    """Return when the plan of care has to be certified again."""
    return _by("Certification", certified_until(begins_on, planned_days), today)


def first_signature(first_treatment_on: date, today: date) -> Due:
    """Return when the first plan of care has to be signed by the physician."""
    return _by("Signed plan of care", first_treatment_on + timedelta(DAYS_TO_SIGN), today)


def reassessment(last_on: date, today: date, every_days: int = REASSESS_DAYS) -> Due:
    """Return when the patient is to be measured again, ``every_days`` after the last time."""
    return _by("Re-assessment", last_on + timedelta(every_days), today)


def _by(what: str, until: date, today: date) -> Due:
    left = (until - today).days
    if left < 0:
        return Due(DueState.OVERDUE, until, f"{what} overdue since {day(until)}.")
    if left == 0:
        return Due(DueState.DUE, until, f"{what} due today.")
    state = DueState.SOON if left <= _SOON_DAYS else DueState.LATER
    return Due(state, until, f"{what} due by {day(until)}, in {_days(left, 'day')}.")


def _days(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"
