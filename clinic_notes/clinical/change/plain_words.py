"""A judged change as a patient reads it: short words, short sentences (proposed).

No session is quoted, no figure of a study: the therapist's page has them.
"""

from clinic_notes.clinical.change.comparable import is_rating_of_change
from clinic_notes.clinical.change.model import JudgedChange, Row, Verdict
from clinic_notes.clinical.drafts import Measured, PainDraft, RomDraft, StrengthDraft
from clinic_notes.clinical.readings import unit_of
from clinic_notes.clinical.wording import number_text, with_unit
from clinic_notes.reference.measures import measures, mmt_grades
from clinic_notes.reference.movements import movements
from clinic_notes.reference.pain import pain_contexts
from clinic_notes.reference.terms import Side

_VERDICTS = {
    Verdict.WORSE: "That is worse. Please talk with us about it.",
    Verdict.WITHIN_ERROR: "This may be chance. We will check it again.",
    Verdict.SMALL: "That is a bit better.",
    Verdict.REAL: "That is better, and not by chance.",
    Verdict.MEANINGFUL: "That is better. Most people can feel such a change.",
    Verdict.NOT_COMPARABLE: "It was checked in a new way, so we can not compare it yet.",
    Verdict.NOT_JUDGED: "",
}


def plain_sentences(judged: JudgedChange) -> str:
    """Return what was measured, from where to where, and what that means."""
    after = judged.after
    name, now = plain_name(after.row), _value(after.row, after.value)
    if judged.before is None or is_rating_of_change(after.row):
        return f"{name}: {now}."
    start = _value(after.row, judged.before.value)
    if start == now:
        return f"{name}: still {now}."
    return f"{name}: from {start} to {now}. {_VERDICTS[judged.verdict]}".strip()


def plain_name(row: Row) -> str:
    """Return what was measured as the patient would say it."""
    match row:
        case PainDraft():
            name = pain_contexts[row.context].plain
            return f"{name} ({row.detail})" if row.detail else name
        case RomDraft():
            return f"How far you can {_with_side(movements[row.movement].plain, row.side)}"
        case StrengthDraft():
            plain = _with_side(movements[row.movement].plain, row.side)
            return f"How strong you are when you {plain}"
        case _:
            label = measures[row.measure].label
            return f"{label}, {row.detail}" if row.detail else label


def _with_side(plain: str, side: Side) -> str:
    if side in (Side.LEFT, Side.RIGHT):
        return plain.format(side=side.value)
    words = plain.replace(" {side}", "")
    return f"{words} on both sides" if side is Side.BILATERAL else words


def _value(row: Row, value: Measured) -> str:
    if value.number is None:
        return mmt_grades.label(value.grade) if value.grade else "not tested"
    if isinstance(row, PainDraft):
        return f"{number_text(value.number)} out of 10"
    return with_unit(value.number, unit_of(row))
