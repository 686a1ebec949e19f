"""Taking a session out of the record: a draft is discarded, a signed note voided."""

from collections.abc import Iterator

from clinic_notes.clinical.findings import Finding, Level

LEAST_WHY = 10
"""Characters of a reason, so that it is one (proposed)."""


def void_refusals(
    *, is_signed: bool, is_void: bool, is_own: bool, is_assistant: bool, author_is_active: bool
) -> tuple[Finding, ...]:
    """Return why this person may not take this session out of the record (proposed).

    A signed note is voided by a therapist, or by the assistant who signed it; a draft is discarded
    by its author, and by others only where the author can no longer sign in. ``is_own`` says that
    they signed it or, of a draft, wrote it.
    """
    return tuple(
        Finding(Level.REFUSE, message, "")
        for message in _why_not(is_signed, is_void, is_own, is_assistant, author_is_active)
    )


def _why_not(
    is_signed: bool, is_void: bool, is_own: bool, is_assistant: bool, author_is_active: bool
) -> Iterator[str]:
    if is_void:
        yield "It was voided before." if is_signed else "It was discarded before."
    elif is_signed and is_assistant and not is_own:
        yield "An assistant voids only a note they signed: ask a therapist."
    elif not is_signed and not is_own and author_is_active:
        yield "Only its author discards a draft."


def reason_refusals(reason: str) -> tuple[Finding, ...]:
    """Return what is missing of a reason."""
    if len(reason.strip()) >= LEAST_WHY:
        return ()
    words = f"Write why, in at least {LEAST_WHY} characters."
    return (Finding(Level.REFUSE, words, "reason"),)


def void_text(day: str, name: str, reason: str, *, is_signed: bool) -> str:
    """Return "voided on 4 Mar 2026 by Maya Reyes, PT: wrong patient", of a draft "discarded"."""
    return f"{'voided' if is_signed else 'discarded'} on {day} by {name}: {reason}"
