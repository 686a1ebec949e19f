"""What was asked in earlier signed visits, and may still speak today, in two statements."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, bindparam, func, select

from clinic_notes.charting.models import InstrumentUse, ScreeningAnswer, ScreeningSite, Visit
from clinic_notes.clinical.drafts import Site
from clinic_notes.clinical.screening import ASK_AGAIN_AFTER, PriorAnswer
from clinic_notes.core.bulk import read_rows
from clinic_notes.patients.models import Episode
from clinic_notes.reference.contraindications import checklist
from clinic_notes.reference.terms import Answer, Side

ASKED_ANYWAY = frozenset(item.key for item in checklist if item.every_session)
"""Items whose earlier "no" says nothing, unless there was a yes: they are due again in any case."""


@dataclass(frozen=True)
class EarlierVisits:
    """A patient's signed visits up to a day: what was answered in short, and about which places."""

    patient_id: int
    until: date
    visits: tuple[Any, ...]
    places: Mapping[int, tuple[Site, ...]]
    """By the visit's id."""

    @property
    def asked(self) -> dict[str, Any]:
        """Return whose visits these are and up to when, as statements ask for them."""
        return {"patient_id": self.patient_id, "until": self.until}

    @cached_property
    def ever_yes(self) -> list[str]:
        """The items that were ever answered yes."""
        return sorted({item for visit in self.visits for item in _listed(visit.yes_items)})

    def about(self, visit_id: int) -> tuple[Site, ...]:
        """Return the places a visit was about, none of one that was signed only just now."""
        return self.places.get(visit_id, ())


def earlier_visits(patient_id: int, until: date) -> EarlierVisits:
    """Return the patient's signed visits up to a day, in one statement."""
    asked = {"patient_id": patient_id, "until": until, "since": until - ASK_AGAIN_AFTER}
    visits = tuple(read_rows(_VISITS, asked))
    return EarlierVisits(patient_id, until, visits, {visit.id: _places(visit) for visit in visits})


def record_of_answers(patient_id: int, on: date) -> tuple[PriorAnswer, ...]:
    """Return what earlier signed visits say up to a day, as `answers_in` does."""
    return answers_in(earlier_visits(patient_id, on))


def answers_in(earlier: EarlierVisits) -> tuple[PriorAnswer, ...]:
    """Return what was answered in these visits, oldest first, in one more statement at most.

    Every answer to an item that was ever answered yes; of the others, those given within the
    time after which they are asked again.
    """
    wanted = {**earlier.asked, "items": earlier.ever_yes}
    rows = read_rows(_ANSWERS, wanted) if earlier.ever_yes else ()
    return in_order(earlier, whole_answers(rows, earlier))


def in_order(earlier: EarlierVisits, whole: Iterable[PriorAnswer]) -> tuple[PriorAnswer, ...]:
    """Return whole answers and the plain ones of these visits together, oldest first."""
    told = ASKED_ANYWAY.union(earlier.ever_yes)
    plain = (
        PriorAnswer(item, Answer.NO, visit.served_on, asked_about=earlier.places[visit.id])
        for visit in earlier.visits
        for item in _listed(visit.lately_no)
        if item not in told
    )
    return tuple(sorted([*plain, *whole], key=attrgetter("asked_on")))


# Put together once: doing so costs more than the database takes to answer.
_PATIENT_ID = bindparam("patient_id", type_=Integer)
_THEIRS = (
    Visit.patient_id == _PATIENT_ID,
    Visit.signed_at.is_not(None),
    Visit.served_on <= bindparam("until", type_=Date),
)


_ANSWERS = (
    select(
        ScreeningAnswer.id,
        ScreeningAnswer.visit_id,
        ScreeningAnswer.item,
        ScreeningAnswer.answer,
        ScreeningAnswer.detail,
        ScreeningAnswer.reason,
        ScreeningAnswer.mitigation,
        Visit.served_on,
        ScreeningSite.region,
        ScreeningSite.side,
    )
    .join(Visit, Visit.id == ScreeningAnswer.visit_id)
    .outerjoin(ScreeningSite, ScreeningSite.screening_answer_id == ScreeningAnswer.id)
    .where(*_THEIRS, ScreeningAnswer.item.in_(bindparam("items", expanding=True)))
    .order_by(Visit.served_on, Visit.start_time.asc().nulls_first(), Visit.id, ScreeningAnswer.id)
)


def _items(*which: ColumnElement[bool]) -> ColumnElement[str]:
    """Return the keys of a visit's items with such an answer, in one text."""
    return func.aggregate_strings(ScreeningAnswer.item, " ").filter(*which)


# The answers of each visit are gone through once. As a subquery over all her visits, SQLite
# looked through every answer of the clinic to find one patient's.
_VISITS = (
    select(
        Visit.id,
        Episode.region,
        Episode.side,
        Visit.served_on,
        _items(ScreeningAnswer.answer == Answer.YES).label("yes_items"),
        _items(
            Visit.served_on >= bindparam("since", type_=Date),
            ScreeningAnswer.answer == Answer.NO,
        ).label("lately_no"),
        select(func.aggregate_strings(InstrumentUse.region + ":" + InstrumentUse.side, " "))
        .where(InstrumentUse.visit_id == Visit.id)
        .correlate(Visit)
        .scalar_subquery()
        .label("treated"),
    )
    .join(Episode, Episode.id == Visit.episode_id)
    .outerjoin(ScreeningAnswer, ScreeningAnswer.visit_id == Visit.id)
    .where(*_THEIRS)
    .group_by(Visit.id, Episode.region, Episode.side, Visit.served_on)
)


def _places(visit: Any) -> tuple[Site, ...]:
    """Return the places a visit's safety check was about: its episode's, and those treated."""
    treated = (place.split(":") for place in _listed(visit.treated))
    sites = (Site(region, Side(side)) for region, side in treated)
    return _each_once((Site(visit.region, visit.side), *sites))


def _listed(words: str | None) -> list[str]:
    return words.split() if words else []


def whole_answers(rows: Iterable[Any], earlier: EarlierVisits) -> Iterator[PriorAnswer]:
    """Yield each answer with all that was said: a row for each of its places, one after another."""
    for _, group in groupby(rows, key=attrgetter("id")):
        yield _asked(list(group), earlier)


def _asked(rows: Sequence[Any], earlier: EarlierVisits) -> PriorAnswer:
    first = rows[0]
    return PriorAnswer(
        item=first.item,
        answer=first.answer,
        asked_on=first.served_on,
        sites=_each_once(Site(row.region, row.side) for row in rows if row.region is not None),
        reason=first.reason,
        mitigation=first.mitigation,
        asked_about=earlier.about(first.visit_id),
        detail=first.detail,
    )


def _each_once(sites: Iterable[Site]) -> tuple[Site, ...]:
    return tuple(dict.fromkeys(sites))
