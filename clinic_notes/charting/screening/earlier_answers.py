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
    Date,
    Integer,
    ScalarSelect,
    and_,
    bindparam,
    case,
    func,
    select,
)

from clinic_notes.charting.models import InstrumentUse, ScreeningAnswer, ScreeningSite, Visit
from clinic_notes.charting.models.visit import newest_first
from clinic_notes.clinical.drafts import Site
from clinic_notes.clinical.screening import ASK_AGAIN_AFTER, LatestAnswers, PriorAnswer
from clinic_notes.clinical.screening.consent import PriorConsent
from clinic_notes.core.bulk import read_rows
from clinic_notes.patients.models import Episode
from clinic_notes.reference.contraindications import checklist, questions
from clinic_notes.reference.terms import Answer, Side

EVERY_SESSION = frozenset(item.key for item in checklist if item.every_session)
"""Items that are due in any case: their earlier "no" says nothing, unless there was a yes."""
LATEST = 20
"""The visits whose every answer is read, besides those of the last 30 days."""


@dataclass(frozen=True)
class EarlierVisits:
    """A patient's signed visits up to a day, with the keys of what was answered in each."""

    patient_id: int
    until: date
    visits: tuple[Any, ...]
    """The latest first."""
    sites: Mapping[int, tuple[Site, ...]]
    """The places each visit's safety check was about, by its id."""

    @property
    def consents(self) -> tuple[PriorConsent, ...]:
        """The informed consents given in these visits."""
        return tuple(
            PriorConsent(
                visit.served_on, tuple(_treated(visit)), frozenset(stroke for *_, stroke in rows)
            )
            for visit in self.visits
            if visit.consent_by is not None
            for rows in (_rows(visit),)
        )

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
            for visit in reversed(self.visits)
            if visit.served_on >= self.until - ASK_AGAIN_AFTER
            for item in _words(visit.no_items)
            if item not in others
        )
        return tuple(sorted([*recent_no, *answers], key=attrgetter("asked_on")))


class Answers(NamedTuple):
    """What earlier visits say to the safety questions."""

    record: tuple[PriorAnswer, ...]
    """As `record_of_answers` returns it."""
    last: tuple[PriorAnswer, ...]
    """The last answer to each current item, without what was written beside it."""
    consents: tuple[PriorConsent, ...] = ()
    """The informed consents given in earlier sessions."""


def earlier_visits(patient_id: int, until: date) -> EarlierVisits:
    """Return the patient's signed visits up to a day, in one statement."""
    values = {"patient_id": patient_id, "until": until, "since": until - ASK_AGAIN_AFTER}
    visits = tuple(read_rows(_VISITS, values))
    return EarlierVisits(patient_id, until, visits, {visit.id: _sites(visit) for visit in visits})


def record_of_answers(patient_id: int, until: date) -> tuple[PriorAnswer, ...]:
    """Return what earlier signed visits say, oldest first, in two statements at most.

    Of items ever answered yes, the answers that can still count; of the others, those given within
    the time after which they are asked again.
    """
    return _record(earlier_visits(patient_id, until))


def answers_and_last(earlier: EarlierVisits) -> Answers:
    """Return the record of answers in these visits, and the last answer to each current item."""
    last = tuple(_last_answers(earlier).values())
    return Answers(_record(earlier), last, earlier.consents)


def _record(earlier: EarlierVisits) -> tuple[PriorAnswer, ...]:
    rows = read_rows(_ANSWERS, earlier.parameters) if earlier.ever_yes else ()
    return record_from(earlier, rows)


def record_from(earlier: EarlierVisits, rows: Iterable[Any]) -> tuple[PriorAnswer, ...]:
    """Return the record of answers in these visits, oldest first.

    ``rows`` are the answers to items ever answered yes, the latest first, one for each site.
    """
    return earlier.with_recent_no(reversed([*_full_answers(earlier, rows)]))


def _last_answers(earlier: EarlierVisits) -> dict[str, PriorAnswer]:
    """Return the last answer to each item: as a rule, one of the latest visits has it."""
    last: dict[str, PriorAnswer] = {}

    def add(visit: Any, items: Iterable[str], answer: Answer) -> None:
        # A visit that was signed only just now is not among the earlier ones.
        sites = earlier.sites.get(visit.id, ())
        for item in items:
            last.setdefault(item, PriorAnswer(item, answer, visit.served_on, asked_about=sites))

    for visit in earlier.visits:
        if visit.is_older:
            break
        add(visit, _words(visit.yes_items), Answer.YES)
        add(visit, _words(visit.no_items), Answer.NO)
    missing = sorted(_asked_anywhere(earlier.until) - last.keys())
    if missing and earlier.visits and earlier.visits[-1].is_older:
        for row in read_rows(_ANSWERS_OF_ITEMS, earlier.parameters | {"items": missing}):
            add(row, [row.item], row.answer)
    return last


def _asked_anywhere(on: date) -> set[str]:
    """Return the items that are asked whatever is treated: any long treatment has their answers."""
    return {item.key for item in questions.current(on) if not item.asked_before}


def _full_answers(earlier: EarlierVisits, rows: Iterable[Any]) -> Iterator[PriorAnswer]:
    """Yield what was said to items ever answered yes and can still count, the latest first."""
    latest = LatestAnswers()
    # The rows of an answer, one a site, follow one another.
    for _, group in groupby(rows, key=attrgetter("answer_id")):
        first, *more = group
        sites = _unique(
            Site(row.region, row.side) for row in (first, *more) if row.region is not None
        )
        # A visit that was signed only just now is not among the earlier ones.
        asked_about = earlier.sites.get(first.visit_id, ())
        if latest.counts(first.item, first.answer, sites, asked_about):
            yield PriorAnswer(
                item=first.item,
                answer=first.answer,
                asked_on=first.served_on,
                sites=sites,
                reason=first.reason,
                mitigation=first.mitigation,
                asked_about=asked_about,
                detail=first.detail,
            )


def _sites(visit: Any) -> tuple[Site, ...]:
    """Return the places a visit's safety check was about: its episode's, and those treated."""
    return _unique((Site(visit.region, visit.side), *_treated(visit)))


def _treated(visit: Any) -> Iterator[Site]:
    return (Site(region, Side(side)) for region, side, _ in _rows(visit))


def _rows(visit: Any) -> list[list[str]]:
    """Return region, side and stroke of each treatment row."""
    return [row.split(":") for row in _words(visit.treated)]


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


def _keys(answer: Answer) -> ScalarSelect[str]:
    """Return the keys of a visit's items with this answer, as one text."""
    items = select(func.aggregate_strings(ScreeningAnswer.item, " "))
    given = items.where(ScreeningAnswer.visit_id == Visit.id, ScreeningAnswer.answer == answer)
    return given.correlate(Visit).scalar_subquery()


# A long treatment has a hundred thousand "no": they are read where they may count.
_NUMBER = func.row_number().over(order_by=newest_first())
_IS_OLDER = and_(_NUMBER > LATEST, Visit.served_on < bindparam("since", type_=Date))
_ROW = InstrumentUse.region + ":" + InstrumentUse.side + ":" + InstrumentUse.stroke
_VISITS = (
    select(
        Visit.id,
        Episode.region,
        Episode.side,
        Visit.served_on,
        _IS_OLDER.label("is_older"),
        _keys(Answer.YES).label("yes_items"),
        case((_IS_OLDER, None), else_=_keys(Answer.NO)).label("no_items"),
        Visit.consent_by,
        select(func.aggregate_strings(_ROW, " "))
        .where(InstrumentUse.visit_id == Visit.id)
        .correlate(Visit)
        .scalar_subquery()
        .label("treated"),
    )
    .join(Episode, Episode.id == Visit.episode_id)
    .where(*_OF_PATIENT)
    .order_by(*newest_first())
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
_ITEMS: BindParameter[Any] = bindparam("items", expanding=True)
_ANSWERS = (
    select(*_ANSWER, ScreeningSite.region, ScreeningSite.side)
    .join(Visit, Visit.id == ScreeningAnswer.visit_id)
    .outerjoin(ScreeningSite, ScreeningSite.screening_answer_id == ScreeningAnswer.id)
    .where(*_OF_PATIENT, ScreeningAnswer.item.in_(_ITEMS))
    .order_by(*newest_first(), ScreeningAnswer.id)
)
_ANSWERS_OF_ITEMS = (
    select(Visit.id, Visit.served_on, ScreeningAnswer.item, ScreeningAnswer.answer)
    .join(ScreeningAnswer, ScreeningAnswer.visit_id == Visit.id)
    .where(
        *_OF_PATIENT,
        ScreeningAnswer.item.in_(_ITEMS),
        ScreeningAnswer.answer != Answer.NOT_ASKED,
    )
    .order_by(*newest_first())
)
