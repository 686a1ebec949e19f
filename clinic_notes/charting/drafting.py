"""Stored rows read as a draft: the shape the rules, the form and the note all know."""

from clinic_notes.charting.models import (
    Effect,
    InstrumentUse,
    Intervention,
    Reading,
    ScreeningAnswer,
    Visit,
)
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
from clinic_notes.reference.terms import Mode, Side, StrengthMethod

VISIT_COLUMNS = (
    "served_on", "start_time", "end_time", "decision", "not_treated_reason", "referral",
    "patient_informed", "measured_by_id", "position", "position_detail", "skin_response",
    "subjective", "assessment", "plan", "timed_minutes", "total_minutes",
)  # fmt: skip
USE_COLUMNS = (
    "instrument_id", "region", "side", "stroke", "direction", "angle_degrees", "pressure",
    "newtons", "newtons_source", "minutes", "motion", "lubricant_id", "discomfort", "note",
)  # fmt: skip
INTERVENTION_COLUMNS = ("kind", "detail", "minutes")
EFFECT_COLUMNS = (
    "effect", "grade", "region", "side", "size_cm", "lasted_days", "tenderness", "onset",
    "detail", "action",
)  # fmt: skip


def draft_of(visit: Visit) -> VisitDraft:
    """Return the visit as stored; its rows must be loaded."""
    return VisitDraft(
        **{name: getattr(visit, name) for name in VISIT_COLUMNS},
        answers=tuple(_answer(row) for row in visit.answers),
        pains=tuple(_pain(row) for row in visit.readings if row.kind == "pain"),
        roms=tuple(_rom(row) for row in visit.readings if row.kind == "rom"),
        strengths=tuple(_strength(row) for row in visit.readings if row.kind == "strength"),
        measures=tuple(_measure(row) for row in visit.readings if row.kind == "measure"),
        uses=tuple(_use(row) for row in visit.uses),
        interventions=tuple(_intervention(row) for row in visit.interventions),
        effects=tuple(effect_of(row) for row in visit.effects),
    )


def effect_of(row: Effect) -> EffectDraft:
    """Return an effect as stored, of a visit or of an addendum."""
    columns = {name: getattr(row, name) for name in EFFECT_COLUMNS}
    return EffectDraft(id=row.id, place=row.place_detail, **columns)


def _answer(row: ScreeningAnswer) -> AnswerDraft:
    return AnswerDraft(
        item=row.item,
        answer=row.answer,
        sites=tuple(Site(site.region, site.side) for site in row.sites),
        detail=row.detail,
        reason=row.reason,
        mitigation=row.mitigation,
    )


def _ends(row: Reading) -> dict[str, Measured]:
    return {
        "before": Measured(row.before_state, row.before_number, row.before_grade),
        "after": Measured(row.after_state, row.after_number, row.after_grade),
    }


def _pain(row: Reading) -> PainDraft:
    return PainDraft(id=row.id, context=row.key, detail=row.detail, **_ends(row))


def _rom(row: Reading) -> RomDraft:
    return RomDraft(
        id=row.id,
        movement=row.key,
        side=Side(row.side),
        mode=Mode(row.mode),
        position=row.position,
        device=row.device,
        **_ends(row),
    )


def _strength(row: Reading) -> StrengthDraft:
    return StrengthDraft(
        id=row.id,
        movement=row.key,
        side=Side(row.side),
        method=StrengthMethod(row.method),
        **_ends(row),
    )


def _measure(row: Reading) -> MeasureDraft:
    return MeasureDraft(id=row.id, measure=row.key, side=row.side, detail=row.detail, **_ends(row))


def _use(row: InstrumentUse) -> UseDraft:
    columns = {name: getattr(row, name) for name in USE_COLUMNS}
    return UseDraft(id=row.id, tissues=tuple(part.tissue for part in row.tissues), **columns)


def _intervention(row: Intervention) -> InterventionDraft:
    return InterventionDraft(
        id=row.id, **{name: getattr(row, name) for name in INTERVENTION_COLUMNS}
    )
