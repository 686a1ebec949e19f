"""What was asked in earlier signed visits, and may still speak today, in two statements."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Date, Integer, and_, bindparam, func, or_, select

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
    hers = {"patient_id": patient_id, "until": on}
    visits = db.session.execute(_VISITS, hers).all()
    ever_yes = {item for visit in visits for item in (visit.yes_items or "").split()}
    of_interest = hers | {"since": on - ASK_AGAIN_AFTER, "ever_yes": sorted(ever_yes)}
    answers: dict[int, list[Any]] = defaultdict(list)
    for row in db.session.execute(_ANSWERS, of_interest):
        answers[row.id].append(row)
    places = _places(visits)
    return tuple(_asked(rows, places) for rows in answers.values())


# Put together once: doing so costs more than the database takes to answer.
_PATIENT_ID = bindparam("patient_id", type_=Integer)
_THEIRS = (
    Visit.patient_id == _PATIENT_ID,
    Visit.signed_at.is_not(None),
    Visit.served_on <= bindparam("until", type_=Date),
)


_LATELY = and_(
    Visit.served_on >= bindparam("since", type_=Date),
    ScreeningAnswer.item.not_in(ASKED_ANYWAY),
)
_EVER_YES = ScreeningAnswer.item.in_(bindparam("ever_yes", expanding=True))
_ANSWERS = (
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
    .where(*_THEIRS, or_(_LATELY, _EVER_YES))
    .order_by(Visit.served_on, Visit.start_time.asc().nulls_first(), Visit.id, ScreeningAnswer.id)
)
# Asked visit by visit: as a subquery over all her visits, SQLite looked through every answer of
# the clinic to find one patient's.
_YES_ITEMS = (
    select(func.aggregate_strings(ScreeningAnswer.item, " "))
    .where(ScreeningAnswer.visit_id == Visit.id, ScreeningAnswer.answer == Answer.YES)
    .correlate(Visit)
    .scalar_subquery()
)
_VISITS = (
    select(
        Visit.id,
        Episode.region,
        Episode.side,
        InstrumentUse.region.label("treated"),
        InstrumentUse.side.label("treated_side"),
        _YES_ITEMS.label("yes_items"),
    )
    .join(Episode, Episode.id == Visit.episode_id)
    .outerjoin(InstrumentUse, InstrumentUse.visit_id == Visit.id)
    .where(*_THEIRS)
    .distinct()
)


def _places(visits: Iterable[Any]) -> Mapping[int, tuple[Site, ...]]:
    """Return the places each visit's safety check was about: its episode's, and those treated."""
    places: dict[int, list[Site]] = defaultdict(list)
    for visit in visits:
        places[visit.id].append(Site(visit.region, visit.side))
        if visit.treated is not None:
            places[visit.id].append(Site(visit.treated, visit.treated_side))
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
