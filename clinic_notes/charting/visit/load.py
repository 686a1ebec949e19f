"""Loads a stored visit as a draft, which rules, form and note all read."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Integer, Select, bindparam, select

from clinic_notes.charting.models import (
    Effect,
    Intervention,
    Reading,
    ScreeningAnswer,
    ScreeningSite,
    Visit,
    columns,
)
from clinic_notes.charting.treatment.past_sessions import uses_with_sources
from clinic_notes.charting.treatment.supplies import Supplies
from clinic_notes.clinical.drafts import (
    AnswerDraft,
    EffectDraft,
    InterventionDraft,
    MeasureDraft,
    PainDraft,
    RomDraft,
    Site,
    StrengthDraft,
    VisitDraft,
)
from clinic_notes.clinical.repeat.treatment import PastTreatment
from clinic_notes.core.bulk import read_rows


@dataclass(frozen=True)
class LoadedVisit:
    """A visit as it is stored, with what its rows name."""

    draft: VisitDraft
    supplies: Supplies
    questions: Mapping[str, str]
    """The safety questions in the words they were asked, by item."""
    sources: tuple[PastTreatment, ...] = ()
    """The past sessions its treatment was repeated from."""


def load_visit(visit: Visit) -> LoadedVisit:
    """Return all that is stored of a visit, in four statements whatever its size."""
    this = {"visit_id": visit.id}
    readings = [columns.reading_draft(row) for row in read_rows(_READINGS, this)]
    uses, sources = uses_with_sources(visit)
    answers = list(_answers(read_rows(_ANSWERS, this)))
    interventions, effects = _after(read_rows(_AFTER, this).all())
    draft = VisitDraft(
        **{name: getattr(visit, name) for name in columns.VISIT},
        answers=tuple(answer for answer, _ in answers),
        pains=tuple(row for row in readings if isinstance(row, PainDraft)),
        roms=tuple(row for row in readings if isinstance(row, RomDraft)),
        strengths=tuple(row for row in readings if isinstance(row, StrengthDraft)),
        measures=tuple(row for row in readings if isinstance(row, MeasureDraft)),
        uses=tuple(use.draft for use in uses),
        interventions=interventions,
        effects=effects,
    )
    supplies = Supplies.of(
        {use.instrument for use in uses},
        {use.lubricant for use in uses if use.lubricant is not None},
    )
    questions = {answer.item: question for answer, question in answers}
    return LoadedVisit(draft, supplies, questions, sources)


def _answers(rows: Iterable[Any]) -> Iterator[tuple[AnswerDraft, str]]:
    """Yield each answer with the question as it was asked; it has a row for each of its sites."""
    for _, group in groupby(rows, key=attrgetter("id")):
        first, *more = group
        sites = (Site(row.region, row.side) for row in (first, *more) if row.region is not None)
        answer = {name: getattr(first, name) for name in columns.ANSWER}
        yield AnswerDraft(sites=tuple(sites), **answer), first.question


def _after(
    rows: Sequence[Any],
) -> tuple[tuple[InterventionDraft, ...], tuple[EffectDraft, ...]]:
    """Return a visit's interventions and effects; each row has one of either, in their order."""
    parts = len(columns.INTERVENTION)
    interventions = dict.fromkeys(row[:parts] for row in rows if row.intervention_id is not None)
    effects = {row.id: row for row in rows if row.id is not None}
    return (
        tuple(
            InterventionDraft(**dict(zip(columns.INTERVENTION, one, strict=True)))
            for one in interventions
        ),
        tuple(map(columns.effect_draft, effects.values())),
    )


# Made once: to build a statement costs more than the database takes to answer it.
_VISIT_ID = bindparam("visit_id", type_=Integer)


def _in_order(table: Any, names: tuple[str, ...]) -> Select[Any]:
    selected = select(*(getattr(table, name) for name in names))
    return selected.where(table.visit_id == _VISIT_ID).order_by(table.row_order)


_READINGS = _in_order(Reading, columns.READING)
# A handful of rows of both: one statement costs less than two.
_AFTER = (
    select(
        *(getattr(Intervention, n).label(f"intervention_{n}") for n in columns.INTERVENTION),
        *(getattr(Effect, name) for name in columns.EFFECT),
    )
    .select_from(Visit)
    .outerjoin(Intervention, Intervention.visit_id == Visit.id)
    .outerjoin(Effect, Effect.visit_id == Visit.id)
    .where(Visit.id == _VISIT_ID)
    .order_by(Intervention.row_order, Effect.row_order)
)
_ANSWERS = (
    select(
        *(getattr(ScreeningAnswer, name) for name in columns.ANSWER),
        ScreeningAnswer.question,
        ScreeningSite.region,
        ScreeningSite.side,
    )
    .outerjoin(ScreeningSite, ScreeningSite.screening_answer_id == ScreeningAnswer.id)
    .where(ScreeningAnswer.visit_id == _VISIT_ID)
    .order_by(ScreeningAnswer.row_order, ScreeningSite.row_order)
)
