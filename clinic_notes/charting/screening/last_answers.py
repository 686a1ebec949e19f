"""The record of answers and the last one to each question, in one statement for the form's page."""

from typing import Any, NamedTuple

from sqlalchemy import Date, Integer, Select, and_, bindparam, func, or_, select

from clinic_notes.charting.models import ScreeningAnswer, ScreeningSite, Visit
from clinic_notes.charting.screening.earlier_answers import EarlierVisits, in_order, whole_answers
from clinic_notes.clinical.screening import PriorAnswer
from clinic_notes.core.bulk import read_rows
from clinic_notes.reference.terms import Answer


class Answers(NamedTuple):
    """What earlier visits say to the safety questions."""

    record: tuple[PriorAnswer, ...]
    """As `history.answers_in` returns it."""
    last: tuple[PriorAnswer, ...]
    """The last answer to each item, without what was written beside it: the record has that."""


def answers_and_last(earlier: EarlierVisits) -> Answers:
    """Return the record of answers in these visits, and the last answer to each item."""
    rows = read_rows(_ANSWERS, {**earlier.asked, "items": earlier.ever_yes}).all()
    ever_yes = set(earlier.ever_yes)
    whole = whole_answers((row for row in rows if row.item in ever_yes), earlier)
    latest = {row.item: row for row in rows if row.nth == 1 and row.answer != Answer.NOT_ASKED}
    last = (
        PriorAnswer(item, row.answer, row.served_on, asked_about=earlier.about(row.visit_id))
        for item, row in latest.items()
    )
    return Answers(in_order(earlier, whole), tuple(last))


def _statement() -> Select[Any]:
    was_asked = ScreeningAnswer.answer != Answer.NOT_ASKED
    newest_first = (Visit.served_on.desc(), Visit.start_time.desc().nulls_last(), Visit.id.desc())
    ranked = (
        select(
            *(ScreeningAnswer.id, ScreeningAnswer.item, ScreeningAnswer.answer),
            *(ScreeningAnswer.detail, ScreeningAnswer.reason, ScreeningAnswer.mitigation),
            ScreeningAnswer.visit_id,
            Visit.served_on,
            Visit.start_time,
            func.row_number()
            .over(partition_by=(ScreeningAnswer.item, was_asked), order_by=newest_first)
            .label("nth"),
        )
        .join(Visit, Visit.id == ScreeningAnswer.visit_id)
        .where(
            Visit.patient_id == bindparam("patient_id", type_=Integer),
            Visit.signed_at.is_not(None),
            Visit.served_on <= bindparam("until", type_=Date),
        )
        .subquery()
    )
    was_yes = ranked.c.item.in_(bindparam("items", expanding=True))
    return (
        select(ranked, ScreeningSite.region, ScreeningSite.side)
        .outerjoin(ScreeningSite, and_(ScreeningSite.screening_answer_id == ranked.c.id, was_yes))
        .where(or_(was_yes, ranked.c.nth == 1))
        .order_by(
            ranked.c.served_on,
            ranked.c.start_time.asc().nulls_first(),
            ranked.c.visit_id,
            ranked.c.id,
        )
    )


_ANSWERS = _statement()
