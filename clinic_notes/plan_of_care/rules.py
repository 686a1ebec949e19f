"""Checks of what was done when it was due, and of the closing of an episode."""

from collections.abc import Iterator
from datetime import date

from clinic_notes.clinical.due import DueKind
from clinic_notes.clinical.findings import Finding, Level
from clinic_notes.clinical.wording import day
from clinic_notes.core.permissions import Role
from clinic_notes.plan_of_care.drafts import ClosingDraft, DischargeFacts, DoneDraft
from clinic_notes.reference.plan_of_care import closing_reasons


def check_done(
    draft: DoneDraft, *, first_treatment_on: date | None, role: Role, today: date
) -> Iterator[Finding]:
    """Yield what cannot be right in a record that something due was done."""
    if draft.kind is DueKind.CERTIFICATION:
        yield _refuse("done_on", "A certification is recorded with the plan of care.")
    elif draft.kind is DueKind.PROGRESS_REPORT and role is not Role.THERAPIST:
        # Medicare Benefit Policy Manual, chapter 15, 220.3 D: an assistant's is no progress report.
        yield _refuse("done_on", "A progress report is a therapist's: ask one to record it.")
    if draft.done_on > today:
        yield _refuse("done_on", "What is done was not done in the future.")
    elif first_treatment_on is None:
        yield _refuse("done_on", "This episode has no signed session with a treatment yet.")
    elif draft.done_on < first_treatment_on:
        yield _refuse("done_on", f"The first treatment was on {day(first_treatment_on)}.")


def check_closing(
    draft: ClosingDraft, facts: DischargeFacts, *, opened_on: date, today: date
) -> Iterator[Finding]:
    """Yield what cannot be right in the closing of an episode."""
    if not closing_reasons.is_current(draft.reason, today):
        yield _refuse("reason", "Say why the episode closes: choose from the list.")
    elif closing_reasons[draft.reason].needs_detail and not draft.detail:
        yield _refuse("detail", "Say in words why the episode closes.")
    last = facts.last_session_on
    if draft.closed_on > today:
        yield _refuse("closed_on", "The closing is in the future.")
    elif draft.closed_on < opened_on:
        yield _refuse("closed_on", "The episode cannot close before it opened.")
    elif last is not None and draft.closed_on < last:
        yield _refuse("closed_on", f"The last session was on {day(last)}.")


def _refuse(about: str, message: str) -> Finding:
    return Finding(Level.REFUSE, message, about)
