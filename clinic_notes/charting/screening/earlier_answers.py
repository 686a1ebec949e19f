"""Safety answers of earlier signed visits that may still count today."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    Integer,
    Select,
    and_,
    bindparam,
    func,
    or_,
    select,
)

from clinic_notes.charting.models import InstrumentUse, ScreeningAnswer, ScreeningSite, Visit
from clinic_notes.charting.models.visit import newest_first, session_order
from clinic_notes.clinical.drafts import Site
from clinic_notes.clinical.screening import ASK_AGAIN_AFTER, PriorAnswer
from clinic_notes.core.bulk import read_rows
from clinic_notes.patients.models import Episode
from clinic_notes.reference.contraindications import checklist
from clinic_notes.reference.terms import Answer, Side

EVERY_SESSION = frozenset(item.key for item in checklist if item.every_session)
"""Items that are due in any case: their earlier "no" says nothing, unless there was a yes."""


@dataclass(frozen=True)
class EarlierVisits:
    """A patient's signed visits up to a day, with the keys of what was answered in each."""

    patient_id: int
    until: date
    visits: tuple[Any, ...]
    sites: Mapping[int, tuple[Site, ...]]
    """The places each visit's safety check was about, by its id."""

    @cached_property
    def ever_yes(self) -> frozenset[str]:
        """The items that were ever answered yes."""
        return frozenset(item for visit in self.visits for item in _words(visit.yes_items))

    @property
    def parameters(self) -> dict[str, Any]:
        """What a statement about these visits' answers needs."""
        return {
            "patient_id": self.patient_id,
            "until": self.until,
            "items": sorted(self.ever_yes),
        }

    def with_recent_no(self, answers: Iterable[PriorAnswer]) -> tuple[PriorAnswer, ...]:
        """Return these answers and every recent "no" to another item, oldest first."""
        others = EVERY_SESSION | self.ever_yes
        recent_no = (
            PriorAnswer(item, Answer.NO, visit.served_on, asked_about=self.sites[visit.id])
            for visit in self.visits
            for item in _words(visit.recent_no_items)
            if item not in others
        )
        return tuple(sorted([*recent_no, *answers], key=attrgetter("asked_on")))


class Answers(NamedTuple):
    """What earlier visits say to the safety questions."""

    record: tuple[PriorAnswer, ...]
    """As `record_of_answers` returns it."""
    last: tuple[PriorAnswer, ...]
    """The last answer to each item, without what was written beside it: the record has that."""


def earlier_visits(patient_id: int, until: date) -> EarlierVisits:
    """Return the patient's signed visits up to a day, in one statement."""
    values = {"patient_id": patient_id, "until": until, "since": until - ASK_AGAIN_AFTER}
    visits = tuple(read_rows(_VISITS, values))
    return EarlierVisits(patient_id, until, visits, {visit.id: _sites(visit) for visit in visits})


def record_of_answers(patient_id: int, until: date) -> tuple[PriorAnswer, ...]:
    """Return what earlier signed visits say, oldest first, in two statements at most.

    Every answer to an item that was ever answered yes; of the others, those given within the
    time after which they are asked again.
    """
    earlier = earlier_visits(patient_id, until)
    rows = read_rows(_ANSWERS, earlier.parameters) if earlier.ever_yes else ()
    return earlier.with_recent_no(_full_answers(rows, earlier))


def answers_and_last(earlier: EarlierVisits) -> Answers:
    """Return the record of answers in these visits, and the last answer to each item."""
    rows = read_rows(_ANSWERS_AND_LAST, earlier.parameters).all()
    full = _full_answers((row for row in rows if row.item in earlier.ever_yes), earlier)
    last = {row.item: row for row in rows if row.rank == 1 and row.answer != Answer.NOT_ASKED}
    return Answers(
        record=earlier.with_recent_no(full),
        last=tuple(
            PriorAnswer(
                item, row.answer, row.served_on, asked_about=earlier.sites.get(row.visit_id, ())
            )
            for item, row in last.items()
        ),
    )


def _full_answers(rows: Iterable[Any], earlier: EarlierVisits) -> Iterator[PriorAnswer]:
    """Yield each answer with all that was said: its rows, one a site, follow one another."""
    for _, group in groupby(rows, key=attrgetter("answer_id")):
        first, *more = group
        yield PriorAnswer(
            item=first.item,
            answer=first.answer,
            asked_on=first.served_on,
            sites=_unique(
                Site(row.region, row.side) for row in (first, *more) if row.region is not None
            ),
            reason=first.reason,
            mitigation=first.mitigation,
            # A visit that was signed only just now is not among the earlier ones.
            asked_about=earlier.sites.get(first.visit_id, ()),
            detail=first.detail,
        )


def _sites(visit: Any) -> tuple[Site, ...]:
    """Return the places a visit's safety check was about: its episode's, and those treated."""
    treated = (place.split(":") for place in _words(visit.treated))
    return _unique(
        (Site(visit.region, visit.side), *(Site(region, Side(side)) for region, side in treated))
    )


def _words(text: str | None) -> list[str]:
    return text.split() if text else []


def _unique(sites: Iterable[Site]) -> tuple[Site, ...]:
    return tuple(dict.fromkeys(sites))


# Made once: to build a statement costs more than the database takes to answer it.
_OF_PATIENT = (
    Visit.patient_id == bindparam("patient_id", type_=Integer),
    Visit.signed_at.is_not(None),
    Visit.served_on <= bindparam("until", type_=Date),
)


def _keys(*which: ColumnElement[bool]) -> ColumnElement[str]:
    """Return the keys of a visit's items with such an answer, as one text."""
    return func.aggregate_strings(ScreeningAnswer.item, " ").filter(*which)


# Goes through the answers of each visit once. As a subquery over all visits of the patient,
# SQLite looked through every answer of the clinic to find one patient's.
_VISITS = (
    select(
        Visit.id,
        Episode.region,
        Episode.side,
        Visit.served_on,
        _keys(ScreeningAnswer.answer == Answer.YES).label("yes_items"),
        _keys(
            Visit.served_on >= bindparam("since", type_=Date),
            ScreeningAnswer.answer == Answer.NO,
        ).label("recent_no_items"),
        select(func.aggregate_strings(InstrumentUse.region + ":" + InstrumentUse.side, " "))
        .where(InstrumentUse.visit_id == Visit.id)
        .correlate(Visit)
        .scalar_subquery()
        .label("treated"),
    )
    .join(Episode, Episode.id == Visit.episode_id)
    .outerjoin(ScreeningAnswer, ScreeningAnswer.visit_id == Visit.id)
    .where(*_OF_PATIENT)
    .group_by(Visit.id, Episode.region, Episode.side, Visit.served_on)
)

_ANSWER = (
    ScreeningAnswer.id.label("answer_id"),
    ScreeningAnswer.item,
    ScreeningAnswer.answer,
    ScreeningAnswer.detail,
    ScreeningAnswer.reason,
    ScreeningAnswer.mitigation,
    ScreeningAnswer.visit_id,
    Visit.served_on,
)
_EVER_YES: BindParameter[Any] = bindparam("items", expanding=True)
_ANSWERS = (
    select(*_ANSWER, ScreeningSite.region, ScreeningSite.side)
    .join(Visit, Visit.id == ScreeningAnswer.visit_id)
    .outerjoin(ScreeningSite, ScreeningSite.screening_answer_id == ScreeningAnswer.id)
    .where(*_OF_PATIENT, ScreeningAnswer.item.in_(_EVER_YES))
    .order_by(*session_order(), ScreeningAnswer.id)
)


def _answers_and_last() -> Select[Any]:
    was_asked = ScreeningAnswer.answer != Answer.NOT_ASKED
    rank = func.row_number().over(
        partition_by=(ScreeningAnswer.item, was_asked), order_by=newest_first()
    )
    ranked = (
        select(*_ANSWER, Visit.id, Visit.start_time, rank.label("rank"))
        .join(Visit, Visit.id == ScreeningAnswer.visit_id)
        .where(*_OF_PATIENT)
        .subquery()
    )
    was_yes = ranked.c.item.in_(_EVER_YES)
    of_answer = and_(ScreeningSite.screening_answer_id == ranked.c.answer_id, was_yes)
    return (
        select(ranked, ScreeningSite.region, ScreeningSite.side)
        .outerjoin(ScreeningSite, of_answer)
        .where(or_(was_yes, ranked.c.rank == 1))
        .order_by(*session_order(ranked.c), ranked.c.answer_id)
    )


_ANSWERS_AND_LAST = _answers_and_last()
