"""Which columns of a visit's rows are which part of a draft.

A visit's child rows are read and written by column, not as objects: a note has a hundred of them,
and the objects cost several times the database (benchmarks/). The first name of each list is the
row's id: it is read with the others and never written.
"""

from typing import Any

from clinic_notes.clinical.drafts import (
    AnswerDraft,
    EffectDraft,
    InterventionDraft,
    Measured,
    MeasureDraft,
    PainDraft,
    RomDraft,
    StrengthDraft,
    UseDraft,
)
from clinic_notes.reference.contraindications import checklist

VISIT = (
    "served_on", "start_time", "end_time", "decision", "not_treated_reason", "referral",
    "patient_informed", "measured_by_id", "position", "position_detail", "skin_response",
    "subjective", "assessment", "plan", "timed_minutes", "total_minutes", "repeated_from_id",
)  # fmt: skip
ANSWER = ("id", "item", "answer", "detail", "reason", "mitigation", "answered_at")
READING = (
    "id", "kind", "key", "side", "detail", "mode", "position", "device", "method",
    "before_state", "before_number", "before_grade", "after_state", "after_number", "after_grade",
)  # fmt: skip
USE = (
    "id", "instrument_id", "region", "side", "stroke", "direction", "angle_degrees", "pressure",
    "newtons", "newtons_source", "minutes", "motion", "lubricant_id", "discomfort", "note",
    "copied_from_id", "is_confirmed",
)  # fmt: skip
INTERVENTION = ("id", "kind", "detail", "minutes")
EFFECT = (
    "id", "effect", "grade", "region", "side", "place_detail", "size_cm", "lasted_days",
    "tenderness", "onset", "detail", "action",
)  # fmt: skip

AnyReading = PainDraft | RomDraft | StrengthDraft | MeasureDraft


def answer_columns(draft: AnswerDraft) -> dict[str, Any]:
    """Return an answer's columns, with the question in its words of today."""
    return _picked(draft, ANSWER) | {"question": checklist[draft.item].question}


def reading_columns(draft: AnyReading) -> dict[str, Any]:
    """Return the columns of a pair of readings of any kind."""
    return {
        **_NO_READING,
        **_what_is_measured(draft),
        **_end_columns("before", draft.before),
        **_end_columns("after", draft.after),
    }


_NO_READING = dict.fromkeys(READING[1:]) | {"detail": "", "position": "", "device": ""}


def _what_is_measured(draft: AnyReading) -> dict[str, Any]:
    match draft:
        case PainDraft():
            return {"kind": "pain", "key": draft.context, "detail": draft.detail}
        case RomDraft():
            return {
                "kind": "rom",
                "key": draft.movement,
                "side": draft.side,
                "mode": draft.mode,
                "position": draft.position,
                "device": draft.device,
            }
        case StrengthDraft():
            return {
                "kind": "strength",
                "key": draft.movement,
                "side": draft.side,
                "method": draft.method,
            }
        case MeasureDraft():
            return {
                "kind": "measure",
                "key": draft.measure,
                "side": draft.side,
                "detail": draft.detail,
            }


def reading_draft(row: Any) -> AnyReading:
    """Return a stored pair as the draft of its kind."""
    both = {"id": row.id, "before": _end(row, "before"), "after": _end(row, "after")}
    match row.kind:
        case "pain":
            return PainDraft(row.key, row.detail, **both)
        case "rom":
            return RomDraft(row.key, row.side, row.mode, row.position, row.device, **both)
        case "strength":
            return StrengthDraft(row.key, row.side, row.method, **both)
        case _:
            return MeasureDraft(row.key, row.side, row.detail, **both)


def use_columns(draft: UseDraft) -> dict[str, Any]:
    """Return the columns of an instrument use; its tissues are rows of their own."""
    return _picked(draft, USE)


def intervention_columns(draft: InterventionDraft) -> dict[str, Any]:
    """Return the columns of another intervention."""
    return _picked(draft, INTERVENTION)


def effect_columns(draft: EffectDraft) -> dict[str, Any]:
    """Return the columns of an effect of a visit or an addendum."""
    named = (name for name in EFFECT[1:] if name != "place_detail")
    return {name: getattr(draft, name) for name in named} | {"place_detail": draft.place}


def effect_draft(row: Any) -> EffectDraft:
    """Return a stored effect of a visit or an addendum as a draft."""
    columns = {name: getattr(row, name) for name in EFFECT if name != "place_detail"}
    return EffectDraft(place=row.place_detail, **columns)


def _picked(draft: Any, names: tuple[str, ...]) -> dict[str, Any]:
    """Return the columns of these names but the first, the row's id."""
    return {name: getattr(draft, name) for name in names[1:]}


def _end_columns(name: str, end: Measured) -> dict[str, Any]:
    return {f"{name}_state": end.state, f"{name}_number": end.number, f"{name}_grade": end.grade}


def _end(row: Any, name: str) -> Measured:
    parts = (getattr(row, f"{name}_{part}") for part in ("state", "number", "grade"))
    return Measured(*parts)
