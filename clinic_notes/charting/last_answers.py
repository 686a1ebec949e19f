"""The last answer to each safety question, in one statement for the page of the form."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Date, Integer, Select, bindparam, func, select

from clinic_notes.charting.models import InstrumentUse, ScreeningAnswer, Visit
from clinic_notes.clinical.drafts import Site
from clinic_notes.clinical.screening import Asked
from clinic_notes.core.db import db
from clinic_notes.patients.models import Episode
from clinic_notes.reference.terms import Answer


def last_answers(patient_id: int, on: date) -> tuple[Asked, ...]:
    """Return the last answer to each item in signed visits up to a day, with where it was about.

    Without what was written beside it: the record of answers has that for every "yes".
    """
    asked = {"patient_id": patient_id, "until": on}
    rows = db.session.execute(_LAST, asked)
    return tuple(_asked(list(group)) for _, group in groupby(rows, key=attrgetter("item")))


def _statement() -> Select[Any]:
    newest_first = (Visit.served_on.desc(), Visit.start_time.desc().nulls_last(), Visit.id.desc())
    ranked = (
        select(
            ScreeningAnswer.item,
            ScreeningAnswer.answer,
            ScreeningAnswer.visit_id,
            Visit.served_on,
            Visit.episode_id,
            func.row_number()
            .over(partition_by=ScreeningAnswer.item, order_by=newest_first)
            .label("nth"),
        )
        .join(Visit, Visit.id == ScreeningAnswer.visit_id)
        .where(
            Visit.patient_id == bindparam("patient_id", type_=Integer),
            Visit.signed_at.is_not(None),
            Visit.served_on <= bindparam("until", type_=Date),
            ScreeningAnswer.answer != Answer.NOT_ASKED,
        )
        .subquery()
    )
    return (
        select(
            ranked.c.item,
            ranked.c.answer,
            ranked.c.served_on,
            Episode.region,
            Episode.side,
            InstrumentUse.region.label("treated"),
            InstrumentUse.side.label("treated_side"),
        )
        .join(Episode, Episode.id == ranked.c.episode_id)
        .outerjoin(InstrumentUse, InstrumentUse.visit_id == ranked.c.visit_id)
        .where(ranked.c.nth == 1)
        .order_by(ranked.c.item)
    )


_LAST = _statement()


def _asked(rows: Sequence[Any]) -> Asked:
    first = rows[0]
    treated = [Site(row.treated, row.treated_side) for row in rows if row.treated is not None]
    return Asked(
        item=first.item,
        answer=first.answer,
        asked_on=first.served_on,
        asked_about=tuple(dict.fromkeys([Site(first.region, first.side), *treated])),
    )
