"""What was asked in earlier signed visits, and may still speak today.

Two statements, whose rows do not grow with the number of visits but for the items that
were ever answered yes: of a plain "no" only the latest day for each place matters.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Subquery, func, select, union

from clinic_notes.charting.models import InstrumentUse, ScreeningAnswer, ScreeningSite, Visit
from clinic_notes.clinical.drafts import Site
from clinic_notes.clinical.screening import ASK_AGAIN_AFTER, Asked
from clinic_notes.core.db import db
from clinic_notes.patients.models import Episode
from clinic_notes.reference.contraindications import checklist
from clinic_notes.reference.terms import Answer

ASKED_ANYWAY = tuple(item.key for item in checklist if item.every_session)
"""Items whose earlier "no" says nothing: they are due again in any case."""


def record_of_answers(patient_id: int, on: date) -> tuple[Asked, ...]:
    """Return what earlier signed visits say up to a day, oldest first.

    Every answer to an item that was ever answered yes; of the others, the last day each was
    asked about each place, within the time after which it is asked again.
    """
    said_yes = _items_answered_yes(patient_id)
    return (*_plain_noes(patient_id, on, said_yes), *_answers_to(patient_id, on, said_yes))


def _items_answered_yes(patient_id: int) -> Any:
    return (
        select(ScreeningAnswer.item)
        .join(Visit, Visit.id == ScreeningAnswer.visit_id)
        .where(Visit.patient_id == patient_id, ScreeningAnswer.answer == Answer.YES)
    )


def _places(patient_id: int) -> Subquery:
    """Return the places each visit's safety check was about: its episode's, and those treated."""
    episodes = select(Visit.id.label("visit_id"), Episode.region, Episode.side).join(
        Episode, Episode.id == Visit.episode_id
    )
    treated = select(InstrumentUse.visit_id, InstrumentUse.region, InstrumentUse.side).join(
        Visit, Visit.id == InstrumentUse.visit_id
    )
    mine = Visit.patient_id == patient_id
    return union(episodes.where(mine), treated.where(mine)).subquery()


def _of(patient_id: int, on: date) -> tuple[Any, ...]:
    return (Visit.patient_id == patient_id, Visit.signed_at.is_not(None), Visit.served_on <= on)


def _plain_noes(patient_id: int, on: date, said_yes: Any) -> tuple[Asked, ...]:
    place = _places(patient_id)
    last_asked = func.max(Visit.served_on)
    statement = (
        select(ScreeningAnswer.item, place.c.region, place.c.side, last_asked.label("asked_on"))
        .join(Visit, Visit.id == ScreeningAnswer.visit_id)
        .join(place, place.c.visit_id == Visit.id)
        .where(
            *_of(patient_id, on),
            Visit.served_on >= on - ASK_AGAIN_AFTER,
            ScreeningAnswer.answer == Answer.NO,
            ScreeningAnswer.item.not_in(ASKED_ANYWAY),
            ScreeningAnswer.item.not_in(said_yes),
        )
        .group_by(ScreeningAnswer.item, place.c.region, place.c.side)
    )
    return tuple(
        Asked(row.item, Answer.NO, row.asked_on, asked_about=(Site(row.region, row.side),))
        for row in db.session.execute(statement)
    )


def _answers_to(patient_id: int, on: date, items: Any) -> tuple[Asked, ...]:
    place = _places(patient_id)
    statement = (
        select(
            ScreeningAnswer.id,
            ScreeningAnswer.item,
            ScreeningAnswer.answer,
            ScreeningAnswer.reason,
            ScreeningAnswer.mitigation,
            Visit.served_on,
            ScreeningSite.region,
            ScreeningSite.side,
            place.c.region.label("about_region"),
            place.c.side.label("about_side"),
        )
        .join(Visit, Visit.id == ScreeningAnswer.visit_id)
        .join(place, place.c.visit_id == Visit.id)
        .outerjoin(ScreeningSite, ScreeningSite.screening_answer_id == ScreeningAnswer.id)
        .where(*_of(patient_id, on), ScreeningAnswer.item.in_(items))
        .order_by(
            Visit.served_on, Visit.start_time.asc().nulls_first(), Visit.id, ScreeningAnswer.id
        )
    )
    answers: dict[int, list[Any]] = {}
    for row in db.session.execute(statement):
        answers.setdefault(row.id, []).append(row)
    return tuple(_asked(rows) for rows in answers.values())


def _asked(rows: Sequence[Any]) -> Asked:
    first = rows[0]
    return Asked(
        item=first.item,
        answer=first.answer,
        asked_on=first.served_on,
        sites=_each_once(Site(row.region, row.side) for row in rows if row.region is not None),
        reason=first.reason,
        mitigation=first.mitigation,
        asked_about=_each_once(Site(row.about_region, row.about_side) for row in rows),
    )


def _each_once(sites: Iterable[Site]) -> tuple[Site, ...]:
    return tuple(dict.fromkeys(sites))
