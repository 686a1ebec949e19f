"""The last answer to each safety question, in one statement for the page of the form."""

from typing import Any

from sqlalchemy import Date, Integer, Select, bindparam, func, select

from clinic_notes.charting.history import Earlier
from clinic_notes.charting.models import ScreeningAnswer, Visit
from clinic_notes.clinical.screening import Asked
from clinic_notes.core.db import db
from clinic_notes.reference.terms import Answer


def last_answers(earlier: Earlier) -> tuple[Asked, ...]:
    """Return the last answer to each item in these visits, with where it was about.

    Without what was written beside it: the record of answers has that for every "yes".
    """
    asked = {"patient_id": earlier.patient_id, "until": earlier.until}
    return tuple(
        Asked(row.item, row.answer, row.served_on, asked_about=earlier.about(row.visit_id))
        for row in db.session.execute(_LAST, asked)
    )


def _statement() -> Select[Any]:
    newest_first = (Visit.served_on.desc(), Visit.start_time.desc().nulls_last(), Visit.id.desc())
    ranked = (
        select(
            ScreeningAnswer.item,
            ScreeningAnswer.answer,
            ScreeningAnswer.visit_id,
            Visit.served_on,
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
    last = (ranked.c.item, ranked.c.answer, ranked.c.visit_id, ranked.c.served_on)
    return select(*last).where(ranked.c.nth == 1).order_by(ranked.c.item)


_LAST = _statement()
