"""A stored visit read as a draft: the shape the rules, the form and the note all know."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Integer, Row, Select, bindparam, select

from clinic_notes.charting.models import (
    Effect,
    Intervention,
    Reading,
    ScreeningAnswer,
    ScreeningSite,
    Visit,
    columns,
)
from clinic_notes.charting.treatment import past_sessions
from clinic_notes.charting.treatment.supplies import Supplies
from clinic_notes.clinical.drafts import (
    AnswerDraft,
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
    """Return all that is stored of a visit, in five statements whatever its size."""
    readings = [columns.reading_draft(row) for row in _rows(Reading, columns.READING, visit)]
    uses, sources = past_sessions.uses_with_sources(visit)
    answers = list(_answers(visit))
    draft = VisitDraft(
        **{name: getattr(visit, name) for name in columns.VISIT},
        answers=tuple(answer for answer, _ in answers),
        pains=tuple(row for row in readings if isinstance(row, PainDraft)),
        roms=tuple(row for row in readings if isinstance(row, RomDraft)),
        strengths=tuple(row for row in readings if isinstance(row, StrengthDraft)),
        measures=tuple(row for row in readings if isinstance(row, MeasureDraft)),
        uses=tuple(use for _, use in uses),
        interventions=tuple(
            InterventionDraft(**row._asdict())
            for row in _rows(Intervention, columns.INTERVENTION, visit)
        ),
        effects=tuple(columns.effect_draft(row) for row in _rows(Effect, columns.EFFECT, visit)),
    )
    tools = {past_sessions.tool_of(row) for row, _ in uses}
    products = {past_sessions.product_of(row) for row, _ in uses}
    supplies = Supplies.of(tools, filter(None, products))
    return LoadedVisit(draft, supplies, {answer.item: words for answer, words in answers}, sources)


def _rows(table: Any, names: tuple[str, ...], visit: Visit) -> Sequence[Row[Any]]:
    return read_rows(_in_order(table, names), {"visit_id": visit.id}).all()


# Statements are put together once: doing so costs more than the database takes to answer them.
@cache
def _in_order(table: Any, names: tuple[str, ...]) -> Select[Any]:
    picked = [getattr(table, name) for name in names]
    return select(*picked).where(table.visit_id == _VISIT_ID).order_by(table.row_order)


_VISIT_ID = bindparam("visit_id", type_=Integer)
_ANSWERS = (
    select(
        *(getattr(ScreeningAnswer, name) for name in columns.ANSWER),
        ScreeningAnswer.question,
        ScreeningSite.region.label("site_region"),
        ScreeningSite.side.label("site_side"),
    )
    .outerjoin(ScreeningSite, ScreeningSite.screening_answer_id == ScreeningAnswer.id)
    .where(ScreeningAnswer.visit_id == _VISIT_ID)
    .order_by(ScreeningAnswer.row_order, ScreeningSite.row_order)
)


def _answers(visit: Visit) -> Iterator[tuple[AnswerDraft, str]]:
    found = read_rows(_ANSWERS, {"visit_id": visit.id})
    for _, group in groupby(found, key=itemgetter(0)):
        (*said, question, region, side), *more = group
        places = [(region, side), *(row[-2:] for row in more)] if region else ()
        sites = tuple(Site(*place) for place in places)
        yield AnswerDraft(sites=sites, **dict(zip(columns.ANSWER, said, strict=True))), question
