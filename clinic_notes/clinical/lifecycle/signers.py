"""Who may sign a note, and what a signature under it means."""

from collections.abc import Iterator, Sequence

from clinic_notes.clinical.findings import Finding, Level

AUTHOR = "author"
FOR_THE_AUTHOR = "for the author"
COSIGNATURE = "co-signature"
AWAITS = ", awaiting co-signature"
AWAITING = (f"{AUTHOR}{AWAITS}", f"{FOR_THE_AUTHOR}{AWAITS}")
"""The meanings after which a therapist signs too; the second only under notes of before."""


def meaning_of_signature(*, is_author: bool, is_assistant: bool) -> str:
    """Return what a signature means: only who wrote the note signs as its author."""
    return f"{AUTHOR if is_author else FOR_THE_AUTHOR}{AWAITS if is_assistant else ''}"


def meaning_in_words(meaning: str, *, is_cosigned: bool) -> str:
    """Return a meaning as it is shown: a note that is co-signed awaits nothing any more."""
    return meaning.removesuffix(AWAITS) if is_cosigned else meaning


def signer_refusals(*, is_assistant: bool, is_author: bool, is_first: bool) -> tuple[Finding, ...]:
    """Return why a person may not sign this note at all.

    An assistant treats under a plan that a therapist made (Medicare Benefit Policy Manual ch. 15,
    230.1 and 230.2), so the first session of an episode, its evaluation, is a therapist's
    (proposed), and nobody's note becomes an assistant's by being signed.
    """
    return tuple(_refused_to_assistant(is_author, is_first)) if is_assistant else ()


def _refused_to_assistant(is_author: bool, is_first: bool) -> Iterator[Finding]:
    if not is_author:
        yield _refuse("An assistant signs only the notes they wrote: a therapist signs this one.")
    if is_first:
        yield _refuse(
            "The first session of an episode is its evaluation: a therapist signs it. Your draft "
            "stays as it is."
        )


def cosigner_refusals(meanings: Sequence[str], *, is_signer: bool) -> tuple[Finding, ...]:
    """Return why a therapist may not co-sign a note with signatures of these meanings."""
    if not meanings or meanings[-1] not in AWAITING:
        return (_refuse("This note awaits no co-signature."),)
    if is_signer:
        return (_refuse("You signed this note yourself: another therapist co-signs it."),)
    return ()


def _refuse(message: str) -> Finding:
    return Finding(Level.REFUSE, message, "")
