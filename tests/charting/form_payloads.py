"""A session as a browser sends it."""

from datetime import time
from typing import Any

from clinic_notes.clinical.drafts import AnswerDraft, Measured, StrengthDraft, VisitDraft
from clinic_notes.reference.terms import Answer, ReadingState, TimeUnit

Sent = dict[str, Any]

ROWS = ("pains", "roms", "strengths", "measures", "uses", "interventions", "effects")


def sent(draft: VisitDraft, **more: Any) -> Sent:
    """Return what the page of a visit would send for this draft."""
    data = {
        name: _typed(value)
        for name, value in vars(draft).items()
        if name not in (*ROWS, "answers", "patient_informed")
    }
    if draft.patient_informed:
        data["patient_informed"] = "y"
    for given in draft.answers:
        data |= {f"answers-{given.item}-{name}": value for name, value in _answer(given).items()}
    for name in ROWS:
        for number, row in enumerate(getattr(draft, name)):
            data |= row_sent(f"{name}-{number}", row)
    return data | more


def row_sent(prefix: str, row: Any) -> Sent:
    """Return what one row of the page would send, under the prefix ``uses-3``."""
    data: Sent = {}
    for name, value in vars(row).items():
        if isinstance(value, Measured):
            data |= _end(f"{prefix}-{name}", value, has_grade=isinstance(row, StrengthDraft))
        else:
            # Days are the unit that nobody has to choose.
            is_usual = name == "lasted_unit" and value is TimeUnit.DAYS
            data[f"{prefix}-{name}"] = "" if is_usual else _typed(value)
    return data


def _answer(given: AnswerDraft) -> Sent:
    return {
        "answer": "" if given.answer is Answer.NOT_ASKED else given.answer.value,
        "places": [f"{site.region}:{site.side}" for site in given.sites],
        "detail": given.detail,
        "reason": given.reason,
        "mitigation": _typed(given.mitigation),
    }


def _end(name: str, end: Measured, *, has_grade: bool) -> Sent:
    state = "" if end.state in (None, ReadingState.MEASURED) else str(end.state)
    grade = {f"{name}_grade": end.grade} if has_grade else {}
    return {name: _typed(end.number), f"{name}_state": state, **grade}


def _typed(value: Any) -> Any:
    if value is None or value is False:
        return ""
    if isinstance(value, tuple):
        return list(value)
    return value.strftime("%H:%M") if isinstance(value, time) else str(value)
