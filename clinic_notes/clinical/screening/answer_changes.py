"""Answers changed before the note was signed, for the audit trail.

A draft's answers are overwritten: it is a working paper. Each answer that was given and then
changed is therefore named in the trail, so that none is lost without a trace (clinical.md 4.1).
"""

from collections.abc import Iterable
from dataclasses import replace

from clinic_notes.clinical.drafts import AnswerDraft
from clinic_notes.reference.terms import Answer


def answers_changed(old: Iterable[AnswerDraft], new: Iterable[AnswerDraft]) -> str:
    """Return the answers that were changed, by keys alone: ``pregnancy:no>yes,diabetes:yes``.

    A key without an arrow means the answer is the same, with other sites, words or decision.
    """
    now = {answer.item: answer for answer in new}
    return ",".join(
        _change(before, after)
        for before in old
        if before.answer is not Answer.NOT_ASKED
        and replace(after := now.get(before.item, AnswerDraft(before.item)), id=before.id) != before
    )


def _change(before: AnswerDraft, after: AnswerDraft) -> str:
    is_same = before.answer is after.answer
    arrow = str(before.answer) if is_same else f"{before.answer}>{after.answer}"
    return f"{before.item}:{arrow}"
