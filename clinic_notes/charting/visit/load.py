"""A stored visit read as a draft: the shape the rules, the form and the note all know."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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
from clinic_notes.clinical.drafts import (
    AnswerDraft,
    InterventionDraft,
    MeasureDraft,
    PainDraft,
    RomDraft,
    Site,
    StrengthDraft,
    UseDraft,
    VisitDraft,
)
from clinic_notes.clinical.repeat.treatment import PastTreatment
from clinic_notes.core.bulk import read_rows
from clinic_notes.equipment.models import InstrumentSummary, LubricantSummary
from clinic_notes.equipment.queries import instruments_named, lubricants_named


@dataclass(frozen=True)
class Supplies:
    """The tools and products a visit names, by id."""

    instruments: Mapping[int, InstrumentSummary] = field(default_factory=dict)
    lubricants: Mapping[int, LubricantSummary] = field(default_factory=dict)

    @classmethod
    def of(
        cls, tools: Iterable[InstrumentSummary], products: Iterable[LubricantSummary]
    ) -> "Supplies":
        """Return a shelf with these tools and products."""
        return cls({tool.id: tool for tool in tools}, {product.id: product for product in products})

    def beside(self, other: "Supplies") -> "Supplies":
        """Return one shelf with what lies on either."""
        return Supplies(
            instruments={**other.instruments, **self.instruments},
            lubricants={**other.lubricants, **self.lubricants},
        )

    def has_all_of(self, uses: Iterable[UseDraft]) -> bool:
        """Say whether everything that these rows name lies here."""
        return all(
            use.instrument_id in self.instruments
            and (not use.lubricant_id or use.lubricant_id in self.lubricants)
            for use in uses
        )

    @property
    def tool_names(self) -> dict[int, str]:
        """Return each tool in words."""
        return {key: tool.in_words for key, tool in self.instruments.items()}

    @property
    def product_names(self) -> dict[int, str]:
        """Return each product's name."""
        return {key: product.name for key, product in self.lubricants.items()}


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
    readings = [columns.reading_of(row) for row in _rows(Reading, columns.READING, visit)]
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
        effects=tuple(columns.effect_of(row) for row in _rows(Effect, columns.EFFECT, visit)),
    )
    tools = {past_sessions.tool_of(row) for row, _ in uses}
    products = {past_sessions.product_of(row) for row, _ in uses}
    supplies = Supplies.of(tools, filter(None, products))
    return LoadedVisit(draft, supplies, {answer.item: words for answer, words in answers}, sources)


def shelf_for(uses: Sequence[UseDraft]) -> Supplies:
    """Return the tools and products these rows name, as far as they are the clinic's."""
    return Supplies.of(
        instruments_named({use.instrument_id for use in uses}),
        lubricants_named({use.lubricant_id for use in uses if use.lubricant_id}),
    )


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
