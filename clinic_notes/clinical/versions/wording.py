"""Where two versions of a visit differ, and what each says there, in the clinic's words.

Every part of a draft can be told: what is not a key, a reading or a name reads as it stands.
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
from clinic_notes.clinical.readings import reading_text
from clinic_notes.clinical.versions.merge import Difference
from clinic_notes.clinical.wording import day, listed, opening, place, with_unit, within
from clinic_notes.reference.catalogue import Catalogue
from clinic_notes.reference.contraindications import checklist
from clinic_notes.reference.effects import effects, grades, onsets, skin_responses
from clinic_notes.reference.interventions import interventions
from clinic_notes.reference.measures import measures
from clinic_notes.reference.movements import devices, joint_positions, movements
from clinic_notes.reference.pain import pain_contexts
from clinic_notes.reference.regions import regions, tissues
from clinic_notes.reference.techniques import directions, motions, positions, strokes
from clinic_notes.reference.terms import Side, StrengthMethod

LABELS: Mapping[str, str] = {
    "served_on": "Date", "start_time": "Start", "end_time": "End",
    "not_treated_reason": "Why not treated", "referral": "Referred to",
    "patient_informed": "The patient was informed and agreed", "measured_by_id": "Measured by",
    "position_detail": "Position, in words", "skin_response": "Skin",
    "sites": "Where", "reason": "Why you go on", "mitigation": "What you do about it",
    "mode": "Active or passive", "device": "Measured with", "method": "Tested",
    "instrument_id": "Instrument", "lubricant_id": "Lubricant", "angle_degrees": "Angle",
    "newtons": "Force", "newtons_source": "Force is", "note": "Remark",
    "kind": "What", "place": "Where exactly", "size_cm": "Size", "lasted_days": "Lasted",
    "is_confirmed": "Checked, as last time", "copied_from_id": "Copied from",
    "repeated_from_id": "Repeated from", "onset": "Began", "context": "Pain", "measure": "Test",
    "action": "What was done about it",
}  # fmt: skip
"""What the form calls a part, where that is not simply its name."""

OWN_LABELS: Mapping[tuple[type, str], str] = {
    (RomDraft, "position"): "Joint position",
    (PainDraft, "detail"): "What brings it on",
    (MeasureDraft, "detail"): "Which, where",
    (AnswerDraft, "detail"): "What exactly",
    (InterventionDraft, "detail"): "How, how often",
    (EffectDraft, "detail"): "What was seen",
}
"""What the form calls a part of one kind of row."""

KEYS: Mapping[str, Catalogue[Any]] = {
    "skin_response": skin_responses, "item": checklist, "context": pain_contexts,
    "movement": movements, "device": devices, "measure": measures, "region": regions,
    "stroke": strokes, "direction": directions, "motion": motions, "effect": effects,
    "onset": onsets, "kind": interventions, "tissues": tissues,
}  # fmt: skip
"""The catalogue a part's keys are from."""

IN_TITLE: Mapping[type, tuple[str, ...]] = {
    AnswerDraft: ("item",), PainDraft: ("context", "detail"),
    RomDraft: ("movement", "side", "mode"), StrengthDraft: ("movement", "side"),
    MeasureDraft: ("measure", "side", "detail"), UseDraft: ("region", "side", "instrument_id"),
    InterventionDraft: ("kind",), EffectDraft: ("effect",),
}  # fmt: skip
"""What the title of a row says already."""

UNITS: Mapping[str, str] = {
    "angle_degrees": "°", "newtons": "N", "minutes": "min", "timed_minutes": "min",
    "total_minutes": "min", "size_cm": "cm", "lasted_days": "days", "discomfort": "of 10",
    "tenderness": "of 10",
}  # fmt: skip


@dataclass(frozen=True)
class DisplayNames:
    """The names a comparison needs: of tools, products and people, and the days of sessions."""

    instruments: Mapping[int, str]
    lubricants: Mapping[int, str]
    people: Mapping[int, str]
    sessions: Mapping[int, str]
    """The day of a past session, by the id of its visit."""
    copied_rows: Mapping[int, str]
    """The day a row was copied from, by the id of that row."""


def label(part: str, row: Any) -> str:
    """Return what the form calls a part of a row, or of the visit."""
    said = OWN_LABELS.get((type(row), part)) or LABELS.get(part)
    return said or opening(part.removesuffix("_id").replace("_", " "))


def where(found: Difference, called: DisplayNames) -> tuple[str, str]:
    """Return (which row, which part of it); the first is "" for a part of the visit itself."""
    row = found.typed if found.typed is not None else found.stored
    part = label(found.parts[0], row) if found.parts else ""
    return (title(row, called) if found.rows else ""), part


def title(row: Any, called: DisplayNames) -> str:
    """Return what a row is known by: what it asks, measures, treats or tells of."""
    match row:
        case AnswerDraft():
            return f"Safety check, {within(checklist.label(row.item))}"
        case PainDraft():
            return _joined(pain_contexts.label(row.context), row.detail)
        case RomDraft():
            return _joined(_sided(movements.label(row.movement), row.side), str(row.mode))
        case StrengthDraft():
            return f"Strength of {within(_sided(movements.label(row.movement), row.side))}"
        case MeasureDraft():
            return _joined(_sided(measures.label(row.measure), row.side), row.detail)
        case UseDraft():
            tool = called.instruments.get(row.instrument_id, "")
            return _joined(opening(place(row.site)), tool)
        case InterventionDraft():
            return f"Also done, {within(interventions.label(row.kind))}"
        case _:
            return f"Effect, {within(effects.label(row.effect))}"


def display_text(found: Difference, row: Any, called: DisplayNames) -> str:
    """Return what one version says there, a line for each part where it is a whole row.

    ``row`` is the difference's ``stored``, ``typed`` or ``base``. "" where nothing was entered.
    """
    if row is None:
        return ""
    if found.parts:
        return " ".join(filter(None, (value(part, row, called) for part in found.parts)))
    # Where both have the row, they differ in what it is about: then each says that as well.
    is_alone = found.stored is None or found.typed is None
    hidden = IN_TITLE[type(row)] if is_alone else ("item",)
    said = (part.name for part in fields(row) if part.compare)
    names = (name for name in said if name not in ("id", *hidden))
    parts = (name for name in names if getattr(row, name) is not False)
    lines = ((label(part, row), value(part, row, called)) for part in parts)
    return "\n".join(f"{name}: {text}" for name, text in lines if text)


def value(part: str, row: Any, called: DisplayNames) -> str:
    """Return one part in words, with its unit; "" where nothing was entered."""
    held = getattr(row, part)
    match held:
        case None | "" | ():
            return ""
        case Measured():
            return reading_text(held, _unit(row), signed=_is_signed(row))
        case bool():
            return "Yes" if held else "No"
        case time():
            return f"{held:%H:%M}"
        case date():
            return day(held)
        case StrEnum():
            return opening(held.value.replace("_", " "))
        case tuple():
            return opening(listed([_one_of(part, each) for each in held]))
    return _named(part, row, called)


def _named(part: str, row: Any, called: DisplayNames) -> str:
    held = getattr(row, part)
    if part == "position":
        return (positions if isinstance(row, VisitDraft) else joint_positions).label(held)
    if part == "grade":
        return f"{held} ({within(grades.label(str(held)))})"
    if part in KEYS:
        return KEYS[part].label(held)
    names = {
        "instrument_id": called.instruments,
        "lubricant_id": called.lubricants,
        "measured_by_id": called.people,
        "repeated_from_id": called.sessions,
        "copied_from_id": called.copied_rows,
    }
    if part in names:
        return names[part].get(held, "no longer on the list")
    return with_unit(held, UNITS.get(part, "")) if isinstance(held, int | Decimal) else str(held)


def _one_of(part: str, held: Any) -> str:
    if isinstance(held, Site):
        return place(held)
    return within(KEYS[part].label(held)) if part in KEYS else str(held)


def _unit(row: Any) -> str:
    match row:
        case RomDraft():
            return "°"
        case StrengthDraft(method=StrengthMethod.DYNAMOMETER):
            return "N"
        case MeasureDraft() if row.measure in measures:
            return measures[row.measure].unit
        case _:
            return ""


def _is_signed(row: Any) -> bool:
    measure = measures.find(row.measure) if isinstance(row, MeasureDraft) else None
    return measure is not None and measure.is_change


def _sided(name: str, side: Side | None) -> str:
    return f"{name}, {side}" if side in (Side.LEFT, Side.RIGHT) else name


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
