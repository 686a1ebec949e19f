"""Today's answers that contradict the patient's record (clinical.md 4.1)."""

from collections.abc import Collection, Iterable, Iterator

from clinic_notes.clinical.drafts import AnswerDraft
from clinic_notes.clinical.findings import Finding, Level
from clinic_notes.clinical.screening.rulings import LEAST_REASON
from clinic_notes.clinical.wording import in_sentence
from clinic_notes.reference.contraindications import checklist
from clinic_notes.reference.terms import Answer


def contradictions(
    answers: Iterable[AnswerDraft], on_record: Collection[str]
) -> tuple[Finding, ...]:
    """Return a caution for each "no" to a condition on the patient's record.

    ``on_record`` are the checklist keys of those conditions.
    """
    return tuple(
        Finding(
            Level.CAUTION,
            f"{_recorded(given)}; today's answer is no. Find out which is right.",
            f"answers-{given.item}-answer",
            given.item,
        )
        for given in _contradicting(answers, on_record)
    )


def unexplained_contradictions(
    answers: Iterable[AnswerDraft], on_record: Collection[str]
) -> tuple[Finding, ...]:
    """Return a refusal for each "no" against the record without a reason of 10 characters.

    ``on_record`` are the checklist keys of the conditions on record.
    """
    return tuple(
        Finding(
            Level.REFUSE,
            f"{_recorded(given)}. Answer yes, correct the record, or write why the answer is no, "
            f"in at least {LEAST_REASON} characters.",
            f"answers-{given.item}-reason",
            given.item,
        )
        for given in _contradicting(answers, on_record)
        if len(given.reason.strip()) < LEAST_REASON
    )


def _recorded(given: AnswerDraft) -> str:
    return f"The patient's record says {in_sentence(checklist.label(given.item))}"


def _contradicting(
    answers: Iterable[AnswerDraft], on_record: Collection[str]
) -> Iterator[AnswerDraft]:
    return (a for a in answers if a.answer is Answer.NO and a.item in on_record)
