"""What may not be in a report, what is missing before it is signed, and whose it is."""

from collections.abc import Iterator
from datetime import date

from clinic_notes.clinical.findings import Finding, Level
from clinic_notes.clinical.reports.kinds import KINDS, ReportKind
from clinic_notes.clinical.reports.model import EpisodeFacts, ReportDraft
from clinic_notes.clinical.wording import day


def author_refusals(*, is_therapist: bool) -> Iterator[Finding]:
    """Yield why a person may not write reports.

    Medicare Benefit Policy Manual, chapter 15, 220.3 D: an assistant's is no progress report; the
    same holds of plans and discharges. That it holds of letters too is proposed.
    """
    if not is_therapist:
        yield _refuse("", "A therapist writes and signs reports: ask one to do it.")


def episode_refusals(kind: ReportKind, facts: EpisodeFacts) -> Iterator[Finding]:
    """Yield why there is nothing yet that a report could be about."""
    if not facts.sessions:
        yield _refuse("", "This episode has no signed session yet: sign its first note before.")
    elif KINDS[kind].needs_treatment and not facts.treated:
        yield _refuse("", "This episode has no signed session with a treatment yet.")


def draft_refusals(kind: ReportKind, draft: ReportDraft, *, today: date) -> Iterator[Finding]:
    """Yield what cannot be, in a draft too."""
    if draft.period_until < draft.period_from:
        yield _refuse("period_until", f"It ends before it begins, on {day(draft.period_from)}.")
    elif draft.period_until > today and not KINDS[kind].is_certified:
        yield _refuse("period_until", "It covers days that are still to come.")


def missing_parts(kind: ReportKind, draft: ReportDraft, facts: EpisodeFacts) -> Iterator[Finding]:
    """Yield what is missing before the report can be signed, each beside its field."""
    if KINDS[kind].has_recipient and not draft.recipient:
        yield _refuse("recipient", "Say to whom the letter goes.")
    for part in KINDS[kind].parts:
        if part.is_needed and not getattr(draft, part.name):
            yield _refuse(part.name, f"{part.title} is empty.")
    covered = facts.between(draft.period_from, draft.period_until)
    if KINDS[kind].covers_sessions and not covered:
        yield _refuse("period_until", "No signed session is in these days.")


def _refuse(about: str, message: str) -> Finding:
    return Finding(Level.REFUSE, message, about)
