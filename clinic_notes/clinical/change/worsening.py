"""Pain that got worse, in words: in the session, or since the sessions before (proposed)."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from clinic_notes.clinical.drafts import VisitDraft
from clinic_notes.clinical.findings import Finding, Level
from clinic_notes.clinical.wording import in_sentence, number_text
from clinic_notes.reference.pain import pain_contexts

PAIN_RISE = 2
"""Points of pain more after a session than before that are an adverse effect (clinical.md 5)."""
SESSIONS_BEFORE = 2
"""Sessions that pain is compared with: one alone may have been a good day (proposed)."""
NOW = "now"


def worsening(draft: VisitDraft, before: Sequence[Decimal]) -> tuple[str, ...]:
    """Return what got worse, in words; ``before`` as in `pain_since`."""
    return (*pain_in_session(draft), *pain_since(draft, before))


def pain_in_session(draft: VisitDraft) -> Iterator[str]:
    """Yield each pain that rose by 2 or more from before to after treatment."""
    for pain in draft.pains:
        before, after = pain.before.number, pain.after.number
        if before is not None and after is not None and after - before >= PAIN_RISE:
            named = "" if pain.context == NOW else f" ({_named(pain.context, pain.detail)})"
            yield f"Pain{named} rose from {number_text(before)} to {number_text(after)}"


def pain_since(draft: VisitDraft, before: Sequence[Decimal]) -> Iterator[str]:
    """Yield that pain now is higher than at each of the last two sessions.

    ``before`` is pain now before treatment in earlier sessions of the episode, the latest first.
    """
    last = before[:SESSIONS_BEFORE]
    rated = (pain.before.number for pain in draft.pains if pain.context == NOW)
    today = next((number for number in rated if number is not None), None)
    if today is None or len(last) < SESSIONS_BEFORE or today <= max(last):
        return
    earlier = " and ".join(number_text(number) for number in reversed(last))
    yield (
        f"Pain before treatment is {number_text(today)}, higher than at the last two sessions "
        f"({earlier})"
    )


def assessment_needed(draft: VisitDraft, before: Sequence[Decimal]) -> Iterator[Finding]:
    """Refuse a signature where something got worse and nothing is assessed of it."""
    if not draft.assessment.strip():
        for what in worsening(draft, before):
            yield Finding(Level.REFUSE, f"{what}: write the assessment.", "assessment")


def worsening_seen(draft: VisitDraft, before: Sequence[Decimal]) -> Iterator[Finding]:
    """Yield what got worse, to be seen on the form."""
    for what in worsening(draft, before):
        yield Finding(Level.CAUTION, f"{what}.", "assessment")


def _named(context: str, detail: str) -> str:
    return ", ".join(filter(None, (in_sentence(pain_contexts.label(context)), detail)))
