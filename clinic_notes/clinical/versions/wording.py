"""The differences between two versions of a visit, in words.

Every field of a draft has words: a value that is no key, reading or name is shown unchanged.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import Any

from clinic_notes.clinical.drafts import (
    AnswerDraft,
    EffectDraft,
    InterventionDraft,
    Measured,
    MeasureDraft,
    PainDraft,
    RomDraft,
    Site,
    StrengthDraft,
    UseDraft,
    VisitDraft,
)
from clinic_notes.clinical.readings import reading_text, unit_of
from clinic_notes.clinical.versions.merge import Difference
from clinic_notes.clinical.wording import (
    capitalized,
    day,
    in_sentence,
    joined,
    listed,
    site_text,
    with_unit,
)
from clinic_notes.reference.catalogue import Catalogue
from clinic_notes.reference.contraindications import checklist
from clinic_notes.reference.effects import effects, grades, onsets, skin_responses
from clinic_notes.reference.interventions import interventions
from clinic_notes.reference.measures import measures
from clinic_notes.reference.movements import devices, joint_positions, movements
from clinic_notes.reference.pain import pain_contexts
from clinic_notes.reference.regions import regions, tissues
from clinic_notes.reference.techniques import directions, motions, positions, strokes
from clinic_notes.reference.terms import Side
from clinic_notes.reference.timed_codes import timed_codes

LABELS: Mapping[str, str] = {
    "served_on": "Date", "start_time": "Start", "end_time": "End",
    "not_treated_reason": "Why not treated", "referral": "Referred to",
    "patient_informed": "The patient was informed and agreed", "measured_by_id": "Measured by",
    "position_detail": "Position, in words", "skin_response": "Skin",
    "sites": "Where", "reason": "Why you go on", "mitigation": "What you do about it",
    "mode": "Active or passive", "device": "Measured with", "method": "Tested",
    "instrument_id": "Instrument", "lubricant_id": "Lubricant", "angle_degrees": "Angle",
    "newtons": "Force", "newtons_source": "Force is", "note": "Remark",
    "kind": "What", "place": "Where exactly", "size_cm": "Size", "lasted": "Lasted",
    "is_confirmed": "Checked, as last time", "copied_from_id": "Copied from",
    "repeated_from_id": "Repeated from", "onset": "Began", "context": "Pain", "measure": "Test",
    "action": "What was done about it", "consent_by": "Informed consent given by",
    "consent_about": "What was explained, if more", "answered_by": "Questions answered by",
    "lasted_unit": "Unit of duration", "onset_after": "Time after treatment",
    "onset_unit": "Unit of that time", "outcome": "What became of it",
    "resolved_on": "Gone on", "earlier_effects": "How was it?",
    "earlier_effects_detail": "In words",
    "earlier_effects_resolved_on": "Gone on", "minutes_reason": "Why the minutes differ",
}  # fmt: skip
"""The form's label of a field, where it is not simply the field's name."""

OWN_LABELS: Mapping[tuple[type, str], str] = {
    (RomDraft, "position"): "Joint position",
    (PainDraft, "detail"): "What brings it on",
    (MeasureDraft, "detail"): "Which, where",
    (AnswerDraft, "detail"): "What exactly",
    (InterventionDraft, "detail"): "How, how often",
    (EffectDraft, "detail"): "What was seen",
}
"""The form's label of a field of one kind of row."""

KEYS: Mapping[str, Catalogue[Any]] = {
    "skin_response": skin_responses, "item": checklist, "context": pain_contexts,
    "movement": movements, "device": devices, "measure": measures, "region": regions,
    "stroke": strokes, "direction": directions, "motion": motions, "effect": effects,
    "onset": onsets, "kind": interventions, "billed_as": timed_codes, "tissues": tissues,
}  # fmt: skip
"""The catalogue of each field that holds keys."""

IN_TITLE: Mapping[type, tuple[str, ...]] = {
    AnswerDraft: ("item",), PainDraft: ("context", "detail"),
    RomDraft: ("movement", "side", "mode"), StrengthDraft: ("movement", "side"),
    MeasureDraft: ("measure", "side", "detail"), UseDraft: ("region", "side", "instrument_id"),
    InterventionDraft: ("kind",), EffectDraft: ("effect",),
}  # fmt: skip
"""The fields that a row's title already shows."""

UNITS: Mapping[str, str] = {
    "angle_degrees": "°", "newtons": "N", "minutes": "min", "timed_minutes": "min",
    "total_minutes": "min", "size_cm": "cm", "discomfort": "of 10",
    "tenderness": "of 10", "systolic": "mmHg", "diastolic": "mmHg",
}  # fmt: skip


@dataclass(frozen=True)
class DisplayNames:
    """The names that a comparison shows, each by its id."""

    instruments: Mapping[int, str]
    lubricants: Mapping[int, str]
    people: Mapping[int, str]
    sessions: Mapping[int, str]
    """The day of a past session, by the id of its visit."""
    copied_rows: Mapping[int, str]
    """The day of the session a row was copied from, by the id of the row copied."""


def field_label(part: str, row: Any) -> str:
    """Return the form's label of a field of a row, or of the visit."""
    label = OWN_LABELS.get((type(row), part)) or LABELS.get(part)
    return label or capitalized(part.removesuffix("_id").replace("_", " "))


def heading(difference: Difference, names: DisplayNames) -> tuple[str, str]:
    """Return the titles of (its row, its field); "" for no row, or for a whole row."""
    row = difference.typed if difference.typed is not None else difference.stored
    part = field_label(difference.parts[0], row) if difference.parts else ""
    return (row_title(row, names) if difference.rows else ""), part


def row_title(row: Any, names: DisplayNames) -> str:
    """Return what a row asks, measures, treats or records, as a title."""
    match row:
        case AnswerDraft():
            return f"Safety check, {in_sentence(checklist.label(row.item))}"
        case PainDraft():
            return joined(pain_contexts.label(row.context), row.detail)
        case RomDraft():
            return joined(_sided(movements.label(row.movement), row.side), str(row.mode))
        case StrengthDraft():
            return f"Strength of {in_sentence(_sided(movements.label(row.movement), row.side))}"
        case MeasureDraft():
            return joined(_sided(measures.label(row.measure), row.side), row.detail)
        case UseDraft():
            tool = names.instruments.get(row.instrument_id, "")
            return joined(capitalized(site_text(row.site)), tool)
        case InterventionDraft():
            return f"Other intervention, {in_sentence(interventions.label(row.kind))}"
        case _:
            return f"Effect, {in_sentence(effects.label(row.effect))}"


def display_text(difference: Difference, row: Any, names: DisplayNames) -> str:
    """Return one version of a difference in words; a whole row is a line for each field.

    ``row`` is the difference's ``stored``, ``typed`` or ``base``. "" where nothing was entered.
    """
    if row is None:
        return ""
    if difference.parts:
        texts = (value_text(part, row, names) for part in difference.parts)
        return " ".join(filter(None, texts))
    # Where both versions have the row, they differ in what its title shows: it is repeated here.
    is_alone = difference.stored is None or difference.typed is None
    hidden = IN_TITLE[type(row)] if is_alone else ("item",)
    compared = (part.name for part in fields(row) if part.compare)
    shown = (name for name in compared if name not in ("id", *hidden))
    parts = (name for name in shown if getattr(row, name) is not False)
    lines = ((field_label(part, row), value_text(part, row, names)) for part in parts)
    return "\n".join(f"{label}: {text}" for label, text in lines if text)


def value_text(part: str, row: Any, names: DisplayNames) -> str:
    """Return the value of one field in words, with its unit; "" where nothing was entered."""
    value = getattr(row, part)
    match value:
        case None | "" | ():
            return ""
        case Measured():
            return reading_text(value, unit_of(row), signed=_is_signed(row))
        case bool():
            return "Yes" if value else "No"
        case time():
            return f"{value:%H:%M}"
        case date():
            return day(value)
        case StrEnum():
            return capitalized(value.value.replace("_", " "))
        case tuple():
            return capitalized(listed([_member_text(part, each) for each in value]))
    return _other_text(part, row, names)


def _other_text(part: str, row: Any, names: DisplayNames) -> str:
    value = getattr(row, part)
    if part == "position":
        return (positions if isinstance(row, VisitDraft) else joint_positions).label(value)
    if part == "grade":
        return f"{value} ({in_sentence(grades.label(str(value)))})"
    if part in KEYS:
        return KEYS[part].label(value)
    by_id = {
        "instrument_id": names.instruments,
        "lubricant_id": names.lubricants,
        "measured_by_id": names.people,
        "repeated_from_id": names.sessions,
        "copied_from_id": names.copied_rows,
    }
    if part in by_id:
        return by_id[part].get(value, "no longer on the list")
    return with_unit(value, UNITS.get(part, "")) if isinstance(value, int | Decimal) else str(value)


def _member_text(part: str, value: Any) -> str:
    if isinstance(value, Site):
        return site_text(value)
    return in_sentence(KEYS[part].label(value)) if part in KEYS else str(value)


def _is_signed(row: Any) -> bool:
    measure = measures.find(row.measure) if isinstance(row, MeasureDraft) else None
    return measure is not None and measure.is_change


def _sided(name: str, side: Side | None) -> str:
    return f"{name}, {side}" if side in (Side.LEFT, Side.RIGHT) else name
