"""What the patient's record says is so, beside what is answered today (clinical.md 4.1)."""

from collections.abc import Collection, Iterable, Iterator

from clinic_notes.clinical.drafts import AnswerDraft
from clinic_notes.clinical.findings import Finding, Level
from clinic_notes.clinical.screening.rulings import LEAST_REASON
from clinic_notes.clinical.wording import within
from clinic_notes.reference.contraindications import checklist
from clinic_notes.reference.terms import Answer


def contradictions(
    answers: Iterable[AnswerDraft], on_record: Collection[str]
) -> tuple[Finding, ...]:
    """Return a caution for each "no" to what the patient's record says is so.

    ``on_record`` are the checklist keys on the patient's record.
    """
    return tuple(
        Finding(
            Level.CAUTION,
            f"The patient's record says {within(checklist.label(given.item))}; today's answer is "
            "no. Find out which is right.",
            f"answers-{given.item}-answer",
            given.item,
        )
        for given in _against(answers, on_record)
    )


def unexplained(answers: Iterable[AnswerDraft], on_record: Collection[str]) -> tuple[Finding, ...]:
    """Return a refusal for each "no" against the record without a reason of 10 characters."""
    return tuple(
        Finding(
            Level.REFUSE,
            f"The patient's record says {within(checklist.label(given.item))}. Answer yes, correct "
            f"the record, or write why the answer is no, in at least {LEAST_REASON} characters.",
            f"answers-{given.item}-reason",
            given.item,
        )
        for given in _against(answers, on_record)
        if len(given.reason.strip()) < LEAST_REASON
    )


def _against(answers: Iterable[AnswerDraft], on_record: Collection[str]) -> Iterator[AnswerDraft]:
    return (a for a in answers if a.answer is Answer.NO and a.item in on_record)
