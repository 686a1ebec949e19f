"""The rows of a new visit, each with its id, as the actions would write them."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from clinic_notes.charting.models import (
    Effect,
    InstrumentUse,
    Intervention,
    Reading,
    ScreeningAnswer,
    ScreeningSite,
    UseTissue,
    Visit,
    columns,
)
from clinic_notes.charting.visit.save import (
    ColumnsOf,
    dated,
    row_at,
    site_rows,
    tissue_rows,
)
from clinic_notes.clinical.drafts import VisitDraft
from clinic_notes.demo.bulk.rows import NewRows


def add_rows(rows: NewRows, visit: Visit, draft: VisitDraft) -> VisitDraft:
    """Add the rows of a draft; return it as `load_visit` will read it."""
    answers = tuple(
        replace(dated(row, None, visit.changed_at), id=rows.new_id(ScreeningAnswer))
        for row in draft.answers
    )
    _add(rows, visit, ScreeningAnswer, answers, columns.answer_columns)
    uses = _named(rows, InstrumentUse, draft.uses)
    _add(rows, visit, InstrumentUse, uses, columns.use_columns)
    for answer in answers:
        for site in site_rows(answer.id or 0, answer):
            rows.add(ScreeningSite, site)
    for use in uses:
        for tissue in tissue_rows(use.id, use):
            rows.add(UseTissue, tissue)
    kinds = ("pains", "roms", "strengths", "measures")
    readings: dict[str, Any] = {kind: _named(rows, Reading, getattr(draft, kind)) for kind in kinds}
    every = [row for kind in kinds for row in readings[kind]]
    _add(rows, visit, Reading, every, columns.reading_columns)
    interventions = _named(rows, Intervention, draft.interventions)
    _add(rows, visit, Intervention, interventions, columns.intervention_columns)
    effects = _named(rows, Effect, draft.effects)
    _add(rows, visit, Effect, effects, columns.effect_columns)
    return replace(
        draft, answers=answers, uses=uses, interventions=interventions, effects=effects, **readings
    )


def _named(rows: NewRows, table: type[Any], drafts: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(replace(row, id=rows.new_id(table)) for row in drafts)


def _add(
    rows: NewRows, visit: Visit, table: type[Any], drafts: Iterable[Any], columns_of: ColumnsOf
) -> None:
    for position, row in enumerate(drafts):
        known = {"id": row.id, "visit_id": visit.id}
        rows.add(table, row_at(position, row, columns_of) | known)
