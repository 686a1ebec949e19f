"""What became of answers that were already given, while the note was not signed yet.

A draft's answers are written over: it is its author's working paper. So that none of them goes
without a trace (clinical.md 4.1), each that was given and then changed is named in the trail.
"""

from collections.abc import Iterable
from dataclasses import replace

from clinic_notes.clinical.drafts import AnswerDraft
from clinic_notes.reference.terms import Answer


def answers_changed(held: Iterable[AnswerDraft], wanted: Iterable[AnswerDraft]) -> str:
    """Return what was given and is changed, by keys alone: ``pregnancy:no>yes,diabetes:yes``.

    A key without an arrow means that the answer stands, with other places, words or decision.
    """
    now = {row.item: row for row in wanted}
    return ",".join(
        _change(old, new)
        for old in held
        if old.answer is not Answer.NOT_ASKED
        and replace(new := now.get(old.item, AnswerDraft(old.item)), id=old.id) != old
    )


def _change(old: AnswerDraft, new: AnswerDraft) -> str:
    arrow = f"{old.answer}>{new.answer}" if old.answer is not new.answer else str(old.answer)
    return f"{old.item}:{arrow}"
