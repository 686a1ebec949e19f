"""The statements that find what a patient's earlier visits say to the safety questions."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    ScalarSelect,
    Select,
    String,
    and_,
    bindparam,
    case,
    func,
    literal,
    null,
    or_,
    select,
    true,
    type_coerce,
    union_all,
)

from clinic_notes.charting.models import (
    Correction,
    InstrumentUse,
    Reading,
    ScreeningAnswer,
    ScreeningSite,
    Visit,
)
from clinic_notes.charting.models.visit import newest_first
from clinic_notes.charting.models.void import counts
from clinic_notes.patients.models import Episode, EpisodePlace
from clinic_notes.reference.terms import Answer

LATEST = 20
"""The visits whose every answer is read, besides those of the last 30 days."""

# Made once: to build a statement costs more than the database takes to answer it.
_OF_PATIENT = (
    Visit.patient_id == bindparam("patient_id", type_=Integer),
    counts(Visit),
    Visit.served_on <= bindparam("until", type_=Date),
)


def _text_of(values: Any) -> Any:
    # Both stores know it by this name; SQLAlchemy's own would be compiled anew for each request.
    return func.string_agg(values, " ", type_=String)


def _together(text: Any, visits: Any, of: Any, *conditions: Any) -> ScalarSelect[str]:
    """Return these texts of a visit's rows, or of an answer's, as one text."""
    rows = select(_text_of(text)).where(*conditions)
    return rows.where(of == visits).correlate_except(of.table).scalar_subquery()


def _treated_in(visits: Any) -> ScalarSelect[str]:
    row = InstrumentUse.region + ":" + InstrumentUse.side + ":" + InstrumentUse.stroke
    return _together(row, visits.c.id, InstrumentUse.visit_id)


def _keys(visits: Any, answer: Answer) -> ScalarSelect[str]:
    """Return the keys of a visit's items with this answer."""
    is_given = ScreeningAnswer.answer == answer
    return _together(ScreeningAnswer.item, visits.c.id, ScreeningAnswer.visit_id, is_given)


def _at_signature(column: str) -> Any:
    """Return where a visit's episode was when it was signed: its place may be corrected since."""
    then = (
        select(getattr(EpisodePlace, column))
        .where(
            EpisodePlace.clinic_id == Visit.clinic_id,
            EpisodePlace.episode_id == Visit.episode_id,
            EpisodePlace.until > Visit.signed_at,
        )
        .order_by(EpisodePlace.until)
        .limit(1)
        .correlate(Visit)
        .scalar_subquery()
    )
    return func.coalesce(then, getattr(Episode, column)).label(column)


# A long treatment has a hundred thousand "no": they are read where they may count.
_ALL = (
    select(
        Visit.id,
        Visit.episode_id,
        _at_signature("region"),
        _at_signature("side"),
        Visit.served_on,
        Visit.consent_by,
        func.row_number().over(order_by=newest_first()).label("number"),
        func.count().over().label("number_of_visits"),
        func.max(case((Visit.consent_by.is_not(None), Visit.served_on)))
        .over()
        .label("consented_on"),
    )
    .join(Episode, Episode.id == Visit.episode_id)
    .where(*_OF_PATIENT)
    .cte("earlier")
)
_PAIN = (
    select(
        type_coerce(
            case((Correction.id.is_not(None), Correction.number), else_=Reading.before_number),
            Integer,
        )
    )
    .select_from(Reading)
    .outerjoin(Correction, and_(Correction.reading_id == Reading.id, Correction.which == "before"))
    .where(Reading.visit_id == _ALL.c.id, Reading.kind == "pain", Reading.key == "now")
    .order_by(Reading.row_order, Correction.id.desc())
    .limit(1)
    .correlate(_ALL)
    .scalar_subquery()
)
"""Pain now before treatment, as the last addendum about it left it."""
_EVER_YES = (
    select(ScreeningAnswer.item)
    .distinct()
    .select_from(Visit)
    .outerjoin(ScreeningAnswer, ScreeningAnswer.visit_id == Visit.id)
    .where(*_OF_PATIENT, ScreeningAnswer.answer == Answer.YES)
    .cte("ever_yes")
)
_VISITS = (
    select(
        *_ALL.c,
        select(_text_of(_EVER_YES.c.item)).scalar_subquery().label("ever_yes"),
        _keys(_ALL, Answer.YES).label("yes_items"),
        _keys(_ALL, Answer.NO).label("no_items"),
        _treated_in(_ALL).label("treated"),
        _PAIN.label("pain_hundredths"),
    )
    .where(or_(_ALL.c.number <= LATEST, _ALL.c.served_on >= bindparam("since", type_=Date)))
    .subquery()
)


def _latest_of(
    alike: Sequence[str],
    is_wanted: ColumnElement[bool],
    *more: Any,
    only_if: ColumnElement[bool] | None = None,
) -> Select[Any]:
    """Return the answers that are wanted; of those alike in these columns the latest alone.

    A patient who was treated for years said most things a hundred times.
    """
    visits = (
        select(
            *_ALL.c["id", "region", "side", "served_on", "number"],
            _treated_in(_ALL).label("treated"),
        )
        .select_from(_ALL)
        .where(true() if only_if is None else only_if)
        .cte("visits")
    )
    # From the visits, by an outer join: given the choice, SQLite begins with every answer.
    answers = (
        select(
            visits,
            *(getattr(ScreeningAnswer, name) for name in ("item", "answer")),
            *more,
        )
        .select_from(visits)
        .outerjoin(
            ScreeningAnswer,
            and_(
                ScreeningAnswer.visit_id == visits.c.id,
                is_wanted,
                ScreeningAnswer.answer != Answer.NOT_ASKED,
            ),
        )
        # Else both stores would look up what is in each row once more to put them in order.
        .cte("answers")
        .prefix_with("MATERIALIZED")
    )
    nth = func.row_number().over(
        partition_by=[answers.c[name] for name in alike], order_by=answers.c.number
    )
    numbered = select(answers, nth.label("nth")).subquery()
    return select(numbered).where(numbered.c.nth == 1).order_by(numbered.c.number)


_FLAGGED = _together(
    ScreeningSite.region + ":" + ScreeningSite.side,
    ScreeningAnswer.id,
    ScreeningSite.screening_answer_id,
)
# Answers alike in all of these count once, whatever is treated today (`LatestAnswers`).
_ANSWERS = _latest_of(
    ("item", "answer", "flagged", "region", "side", "treated"),
    # Without the OR, PostgreSQL would begin with all the clinic's answers to these items.
    or_(ScreeningAnswer.item.is_(None), ScreeningAnswer.item.in_(select(_EVER_YES.c.item))),
    ScreeningAnswer.detail,
    ScreeningAnswer.reason,
    ScreeningAnswer.mitigation,
    _FLAGGED.label("flagged"),
    # Nobody looks through the visits for answers to items that nobody has.
    only_if=select(_EVER_YES.c.item).exists(),
).subquery()


def _with_columns_of_both(of: Any, *, is_answer: bool) -> Select[Any]:
    known = {column.name: column for column in (*_VISITS.c, *_ANSWERS.c)}
    shown = (
        of.c.get(name, type_coerce(null(), column.type)).label(name)
        for name, column in known.items()
    )
    return select(literal(is_answer).label("is_answer"), *shown)


_BOTH = union_all(
    _with_columns_of_both(_VISITS, is_answer=False),
    _with_columns_of_both(_ANSWERS, is_answer=True),
).subquery()
VISITS_AND_ANSWERS = select(_BOTH).order_by(_BOTH.c.is_answer, _BOTH.c.number)
"""The latest visits, and the answers to items ever answered yes; the latest first of either."""

LAST_OF_ITEMS = _latest_of(("item",), ScreeningAnswer.item.in_(bindparam("items", expanding=True)))
