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
    "subjective", "assessment", "plan", "timed_minutes", "total_minutes", "minutes_reason",
    "repeated_from_id",
    "consent_by", "consent_about", "answered_by", "systolic", "diastolic",
    "earlier_effects", "earlier_effects_detail", "earlier_effects_resolved_on",
)  # fmt: skip
ANSWER = (
    "id", "item", "answer", "detail", "reason", "mitigation", "answered_at", "how_asked",
    "unchanged_since",
)  # fmt: skip
READING = (
    "id", "kind", "key", "side", "detail", "mode", "position", "device", "method",
    "before_state", "before_number", "before_grade", "after_state", "after_number", "after_grade",
    "before_by_patient",
)  # fmt: skip
USE = (
    "id", "instrument_id", "region", "side", "stroke", "direction", "angle_degrees", "pressure",
    "newtons", "newtons_source", "minutes", "motion", "lubricant_id", "discomfort", "note",
    "copied_from_id", "is_confirmed",
)  # fmt: skip
INTERVENTION = ("id", "kind", "detail", "minutes", "billed_as")
EFFECT = (
    "id", "effect", "grade", "region", "side", "place_detail", "size_cm", "lasted",
    "lasted_unit", "tenderness", "onset", "onset_after", "onset_unit", "detail", "action",
    "outcome", "resolved_on",
)  # fmt: skip

AnyReading = PainDraft | RomDraft | StrengthDraft | MeasureDraft
READING_KINDS: dict[str, tuple[Any, dict[str, str]]] = {
    "pain": (PainDraft, {"context": "key", "detail": "detail"}),
    "rom": (
        RomDraft,
        {"movement": "key", **{name: name for name in ("side", "mode", "position", "device")}},
    ),
    "strength": (StrengthDraft, {"movement": "key", "side": "side", "method": "method"}),
    "measure": (MeasureDraft, {"measure": "key", "side": "side", "detail": "detail"}),
}
"""Each kind of reading: its draft, and the column of each part that says what is measured."""
_KINDS = {draft_type: kind for kind, (draft_type, _) in READING_KINDS.items()}


def answer_columns(draft: AnswerDraft) -> dict[str, Any]:
    """Return an answer's columns, with the question in its words of today."""
    return _picked(draft, ANSWER) | {"question": checklist[draft.item].question}


def reading_columns(draft: AnyReading) -> dict[str, Any]:
    """Return the columns of a pair of readings of any kind."""
    kind = _KINDS[type(draft)]
    parts = READING_KINDS[kind][1].items()
    return {
        **_NO_READING,
        "kind": kind,
        **{column: getattr(draft, part) for part, column in parts},
        **_end_columns("before", draft.before),
        **_end_columns("after", draft.after),
        "before_by_patient": draft.before.by_patient,
    }


_NO_READING = dict.fromkeys(READING[1:]) | {"detail": "", "position": "", "device": ""}


def what_is_measured(row: Any) -> dict[str, Any]:
    """Return the parts of a stored pair that say what is measured, by the draft's names."""
    parts = READING_KINDS[row.kind][1].items()
    return {part: getattr(row, column) for part, column in parts}


def reading_draft(row: Any) -> AnyReading:
    """Return a stored pair as the draft of its kind."""
    reading: AnyReading = READING_KINDS[row.kind][0](
        id=row.id,
        before=Measured(
            row.before_state, row.before_number, row.before_grade, row.before_by_patient
        ),
        after=Measured(row.after_state, row.after_number, row.after_grade),
        **what_is_measured(row),
    )
    return reading


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
