"""Make a visit's rows say what a draft says."""

from collections.abc import Iterable
from typing import Any

from clinic_notes.charting.drafting import (
    EFFECT_COLUMNS,
    INTERVENTION_COLUMNS,
    USE_COLUMNS,
    VISIT_COLUMNS,
)
from clinic_notes.charting.models import (
    Effect,
    InstrumentUse,
    Intervention,
    MeasureReading,
    PainReading,
    Reading,
    RomReading,
    ScreeningAnswer,
    ScreeningSite,
    StrengthReading,
    UseTissue,
    Visit,
)
from clinic_notes.clinical.drafts import (
    AnswerDraft,
    EffectDraft,
    InterventionDraft,
    MeasureDraft,
    PainDraft,
    RomDraft,
    StrengthDraft,
    UseDraft,
    VisitDraft,
)
from clinic_notes.core.rows import match_rows
from clinic_notes.reference.contraindications import checklist

AnyReading = PainDraft | RomDraft | StrengthDraft | MeasureDraft


def write_visit(visit: Visit, draft: VisitDraft) -> None:
    """Write a draft into a visit; its rows must be loaded. RowGone for a row of another visit."""
    _copy(visit, draft, VISIT_COLUMNS)
    _write_answers(visit, draft.answers)
    _write_readings(visit, draft)
    match_rows(visit.uses, draft.uses, lambda: InstrumentUse(tissues=[]), _write_use)
    match_rows(visit.interventions, draft.interventions, Intervention, _write_intervention)
    match_rows(visit.effects, draft.effects, Effect, write_effect)


def write_effect(row: Effect, draft: EffectDraft) -> None:
    """Write an effect, of a visit or of an addendum."""
    _copy(row, draft, EFFECT_COLUMNS)
    row.place_detail = draft.place


def _copy(row: Any, draft: Any, names: Iterable[str]) -> None:
    for name in names:
        setattr(row, name, getattr(draft, name))


def _write_answers(visit: Visit, drafts: Iterable[AnswerDraft]) -> None:
    # An item is asked once a visit, so its key finds the row; no id needs to travel.
    held = {row.item: row for row in visit.answers}
    kept = []
    for place, draft in enumerate(drafts):
        row = held.get(draft.item) or ScreeningAnswer(item=draft.item, sites=[])
        row.place = place
        # The words as asked that day: the note must read the same in ten years.
        row.question = row.question or checklist[draft.item].question
        _copy(row, draft, ("answer", "detail", "reason", "mitigation"))
        _write_places(row, draft)
        kept.append(row)
    visit.answers[:] = kept


def _write_places(row: ScreeningAnswer, draft: AnswerDraft) -> None:
    held = {(site.region, site.side): site for site in row.sites}
    kept = []
    for place, wanted in enumerate(draft.sites):
        site = held.get((wanted.region, wanted.side)) or ScreeningSite(
            region=wanted.region, side=wanted.side
        )
        site.place = place
        kept.append(site)
    row.sites[:] = kept


def _write_readings(visit: Visit, draft: VisitDraft) -> None:
    written: list[Reading] = []
    for kind, drafts, new in (
        ("pain", draft.pains, PainReading),
        ("rom", draft.roms, RomReading),
        ("strength", draft.strengths, StrengthReading),
        ("measure", draft.measures, MeasureReading),
    ):
        rows = [row for row in visit.readings if row.kind == kind]
        match_rows(rows, drafts, new, _write_reading)
        written += rows
    visit.readings[:] = written


def _write_reading(row: Reading, draft: AnyReading) -> None:
    match draft:
        case PainDraft():
            row.key, row.detail = draft.context, draft.detail
        case RomDraft():
            row.key, row.side, row.mode = draft.movement, draft.side, draft.mode
            row.position, row.device = draft.position, draft.device
        case StrengthDraft():
            row.key, row.side, row.method = draft.movement, draft.side, draft.method
        case MeasureDraft():
            row.key, row.side, row.detail = draft.measure, draft.side, draft.detail
    row.before_state, row.before_number = draft.before.state, draft.before.number
    row.before_grade = draft.before.grade
    row.after_state, row.after_number = draft.after.state, draft.after.number
    row.after_grade = draft.after.grade


def _write_use(row: InstrumentUse, draft: UseDraft) -> None:
    _copy(row, draft, USE_COLUMNS)
    held = {part.tissue: part for part in row.tissues}
    parts = [held.get(tissue) or UseTissue(tissue=tissue) for tissue in draft.tissues]
    for place, part in enumerate(parts):
        part.place = place
    row.tissues[:] = parts


def _write_intervention(row: Intervention, draft: InterventionDraft) -> None:
    _copy(row, draft, INTERVENTION_COLUMNS)
