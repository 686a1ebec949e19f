"""What was asked in earlier signed visits, and may still speak today, in two statements."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Date, Integer, Select, and_, bindparam, or_, select

from clinic_notes.charting.models import InstrumentUse, ScreeningAnswer, ScreeningSite, Visit
from clinic_notes.clinical.drafts import Site
from clinic_notes.clinical.screening import ASK_AGAIN_AFTER, Asked
from clinic_notes.core.db import db
from clinic_notes.patients.models import Episode
from clinic_notes.reference.contraindications import checklist
from clinic_notes.reference.terms import Answer

ASKED_ANYWAY = tuple(item.key for item in checklist if item.every_session)
"""Items whose earlier "no" says nothing, unless there was a yes: they are due again in any case."""


def record_of_answers(patient_id: int, on: date) -> tuple[Asked, ...]:
    """Return what earlier signed visits say up to a day, oldest first.

    Every answer to an item that was ever answered yes; of the others, those given within the
    time after which they are asked again.
    """
    answers: dict[int, list[Any]] = defaultdict(list)
    for row in _answers(patient_id, on):
        answers[row.id].append(row)
    places = _places(patient_id, on)
    return tuple(_asked(rows, places) for rows in answers.values())


# Put together once: doing so costs more than the database takes to answer.
_PATIENT_ID = bindparam("patient_id", type_=Integer)
_THEIRS = (
    Visit.patient_id == _PATIENT_ID,
    Visit.signed_at.is_not(None),
    Visit.served_on <= bindparam("until", type_=Date),
)


def _history_of_answers() -> Select[*tuple[Any, ...]]:
    # The patient's visits are the clinic's, and so are their answers. Asked for the clinic's
    # answers besides, SQLite looked through all of them to find one patient's.
    every = ScreeningAnswer.__table__
    hers = select(Visit.id).where(Visit.patient_id == _PATIENT_ID)
    said_yes = select(every.c.item).where(every.c.visit_id.in_(hers), every.c.answer == Answer.YES)
    lately = and_(
        Visit.served_on >= bindparam("since", type_=Date),
        ScreeningAnswer.item.not_in(ASKED_ANYWAY),
    )
    return (
        select(
            ScreeningAnswer.id,
            ScreeningAnswer.visit_id,
            ScreeningAnswer.item,
            ScreeningAnswer.answer,
            ScreeningAnswer.reason,
            ScreeningAnswer.mitigation,
            Visit.served_on,
            ScreeningSite.region,
            ScreeningSite.side,
        )
        .join(Visit, Visit.id == ScreeningAnswer.visit_id)
        .outerjoin(ScreeningSite, ScreeningSite.screening_answer_id == ScreeningAnswer.id)
        .where(*_THEIRS, or_(lately, ScreeningAnswer.item.in_(said_yes)))
        .order_by(
            Visit.served_on, Visit.start_time.asc().nulls_first(), Visit.id, ScreeningAnswer.id
        )
    )


_ANSWERS = _history_of_answers()
_PLACES = (
    select(Visit.id, Episode.region, Episode.side, InstrumentUse.region, InstrumentUse.side)
    .join(Episode, Episode.id == Visit.episode_id)
    .outerjoin(InstrumentUse, InstrumentUse.visit_id == Visit.id)
    .where(*_THEIRS)
    .distinct()
)


def _answers(patient_id: int, on: date) -> Sequence[Any]:
    asked = {"patient_id": patient_id, "until": on, "since": on - ASK_AGAIN_AFTER}
    return db.session.execute(_ANSWERS, asked).all()


def _places(patient_id: int, on: date) -> Mapping[int, tuple[Site, ...]]:
    """Return the places each visit's safety check was about: its episode's, and those treated."""
    places: dict[int, list[Site]] = defaultdict(list)
    asked = {"patient_id": patient_id, "until": on}
    for visit_id, region, side, treated, treated_side in db.session.execute(_PLACES, asked):
        places[visit_id].append(Site(region, side))
        if treated is not None:
            places[visit_id].append(Site(treated, treated_side))
    return {visit_id: _each_once(found) for visit_id, found in places.items()}


def _asked(rows: Sequence[Any], places: Mapping[int, tuple[Site, ...]]) -> Asked:
    first = rows[0]
    return Asked(
        item=first.item,
        answer=first.answer,
        asked_on=first.served_on,
        sites=_each_once(Site(row.region, row.side) for row in rows if row.region is not None),
        reason=first.reason,
        mitigation=first.mitigation,
        asked_about=places[first.visit_id],
    )


def _each_once(sites: Iterable[Site]) -> tuple[Site, ...]:
    return tuple(dict.fromkeys(sites))
