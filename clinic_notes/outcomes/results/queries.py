"""Queries of the results: counts by group from the facts, a few rows whatever the period.

Each begins at the days of the facts; what belongs to them comes by an outer join, as given the
choice SQLite would begin with all rows of the clinic.
"""

from collections import Counter
from typing import Any

from sqlalchemy import Select, and_, distinct, exists, extract, func, select

from clinic_notes.charting.models import InstrumentUse
from clinic_notes.charting.models.correction import is_withdrawn
from clinic_notes.clinical.change import Response
from clinic_notes.core.db import db
from clinic_notes.equipment.models import Instrument, Lubricant
from clinic_notes.outcomes.facts.models import EpisodeFact, MeasureFact, Pairing, VisitFact
from clinic_notes.outcomes.results.dimensions import DIMENSIONS, Dimension
from clinic_notes.outcomes.results.question import Question
from clinic_notes.patients.models import Episode, Patient

KINDS = {"pain": "Pain", "rom": "Motion", "strength": "Strength", "score": "Scores"}


def responses(question: Question) -> dict[Any, Counter[Response]]:
    """Return how the pain of the episodes closed in the period responded, by the split."""
    counted = func.count(distinct(EpisodeFact.episode_id))
    rows = db.session.execute(
        closed(question, question.by.column, MeasureFact.response, counted)
        .outerjoin(*MAIN)
        .group_by(question.by.column, MeasureFact.response)
    )
    found: dict[Any, Counter[Response]] = {}
    for value, response, count in rows:
        found.setdefault(value, Counter())[response or Response.UNPAIRED] += count
    return found


def all_responses(question: Question) -> Counter[Response]:
    """Return the same of all episodes of the question, each once."""
    rows = db.session.execute(
        closed(question, MeasureFact.response, func.count(), by_split=False)
        .outerjoin(*MAIN)
        .group_by(MeasureFact.response)
    )
    found: Counter[Response] = Counter()
    for response, count in rows:
        found[response or Response.UNPAIRED] += count
    return found


def monthly(question: Question) -> dict[tuple[int, int], Counter[Response]]:
    """Return the same by the month in which the episode was closed."""
    month = (extract("year", EpisodeFact.closed_on), extract("month", EpisodeFact.closed_on))
    rows = db.session.execute(
        closed(question, *month, MeasureFact.response, func.count(), by_split=False)
        .outerjoin(*MAIN)
        .group_by(*month, MeasureFact.response)
    )
    found: dict[tuple[int, int], Counter[Response]] = {}
    for year, number, response, count in rows:
        key = (int(year), int(number))
        found.setdefault(key, Counter())[response or Response.UNPAIRED] += count
    return found


def monthly_pairings(question: Question) -> dict[tuple[int, int], Counter[Pairing]]:
    """Return the sessions by month and by the pairing of their pain, whatever the filters."""
    month = (extract("year", VisitFact.served_on), extract("month", VisitFact.served_on))
    rows = db.session.execute(
        select(*month, VisitFact.pain, func.count())
        .where(VisitFact.served_on.between(question.start, question.end))
        .group_by(*month, VisitFact.pain)
    )
    found: dict[tuple[int, int], Counter[Pairing]] = {}
    for year, number, pairing, count in rows:
        found.setdefault((int(year), int(number)), Counter())[pairing] += count
    return found


def monthly_pain(question: Question) -> dict[tuple[int, int], list[float]]:
    """Return the changes in pain of closed episodes by the month of closing."""
    month = (extract("year", EpisodeFact.closed_on), extract("month", EpisodeFact.closed_on))
    what = (*month, MeasureFact.first_value, MeasureFact.last_value)
    rows = db.session.execute(
        closed(question, *what, func.count(), by_split=False)
        .outerjoin(*MAIN)
        .where(*IS_PAIR)
        .group_by(*what)
    )
    found: dict[tuple[int, int], list[float]] = {}
    for year, number, first, last, count in rows:
        changes = found.setdefault((int(year), int(number)), [])
        changes.extend([float(last) - float(first)] * count)
    return found


def verdicts(question: Question) -> dict[tuple[str, str], Counter[Any]]:
    """Return how many series of each thing measured have which verdict, by kind and key."""
    what = (MeasureFact.kind, MeasureFact.key, MeasureFact.verdict)
    rows = db.session.execute(
        closed(question, *what, func.count(), by_split=False)
        .outerjoin(MeasureFact, MeasureFact.episode_id == EpisodeFact.episode_id)
        .group_by(*what)
    )
    found: dict[tuple[str, str], Counter[Any]] = {}
    for kind, key, verdict, count in rows:
        if kind is not None:
            found.setdefault((kind, key), Counter())[verdict] += count
    return found


def most_frequent(question: Question, dimension: Dimension, most: int) -> list[str]:
    """Return the values of a dimension in the period, whatever the filters, the commonest first."""
    everything = Question(question.start, question.end, dimension)
    rows = db.session.execute(
        closed(everything, dimension.column)
        .where(dimension.column != "")
        .group_by(dimension.column)
        .order_by(func.count().desc(), dimension.column)
        .limit(most)
    )
    return [value for (value,) in rows]


def pain_pairs(question: Question) -> dict[tuple[float, float], int]:
    """Return how often pain went from which first rating to which last, of closed episodes."""
    what = (MeasureFact.first_value, MeasureFact.last_value)
    rows = db.session.execute(
        closed(question, *what, func.count(), by_split=False)
        .outerjoin(*MAIN)
        .where(*IS_PAIR)
        .group_by(*what)
    )
    return {(float(first), float(last)): count for first, last, count in rows}


def episodes_open(question: Question) -> int:
    """Return how many episodes with a session in the period are not closed."""
    return db.session.scalar(still_open(question, func.count())) or 0


def pairings(question: Question) -> dict[int, dict[str, Counter[Pairing]]]:
    """Return each therapist's sessions of the period by kind of reading and pairing."""
    kinds = [getattr(VisitFact, name) for name in KINDS]
    rows = db.session.execute(
        select(VisitFact.therapist_id, *kinds, func.count())
        .where(VisitFact.served_on.between(question.start, question.end))
        .group_by(VisitFact.therapist_id, *kinds)
    )
    found: dict[int, dict[str, Counter[Pairing]]] = {}
    for therapist_id, *states, count in rows:
        mine = found.setdefault(therapist_id, {kind: Counter() for kind in KINDS})
        for kind, state in zip(KINDS, states, strict=True):
            mine[kind][state] += count
    return found


def skin(question: Question, by: str) -> dict[Any, Counter[str]]:
    """Return the sessions of the period by a split of uses and their skin response.

    Under "any" are all of a value, under "adverse" those with an effect of grade 1 or more.
    """
    column = of_use(DIMENSIONS[by])
    counted = func.count(distinct(VisitFact.visit_id))
    is_adverse = VisitFact.worst_grade >= 1
    rows = db.session.execute(
        uses(select(column, VisitFact.skin_response, is_adverse, counted).select_from(VisitFact))
        .where(VisitFact.served_on.between(question.start, question.end))
        .group_by(column, VisitFact.skin_response, is_adverse)
    )
    found: dict[Any, Counter[str]] = {}
    for value, response, adverse, count in rows:
        mine = found.setdefault(value, Counter())
        mine["any"] += count
        mine[response] += count
        mine["adverse"] += count if adverse else 0
    return found


MAIN: tuple[Any, Any] = (
    MeasureFact,
    (MeasureFact.episode_id == EpisodeFact.episode_id) & MeasureFact.is_main,
)

IS_PAIR = (
    MeasureFact.readings > 1,
    MeasureFact.first_value.is_not(None),
    MeasureFact.last_value.is_not(None),
)


def closed(question: Question, *columns: Any, by_split: bool = True) -> Select[Any]:
    """Return the question's episodes, closed in its period, joined to what the split needs."""
    statement = (
        select(*columns)
        .select_from(EpisodeFact)
        .where(EpisodeFact.closed_on.between(question.start, question.end))
    )
    if by_split and question.by.is_of_uses:
        statement = uses(
            statement.outerjoin(VisitFact, VisitFact.episode_id == EpisodeFact.episode_id)
        )
    return _limited(statement, question, *([question.by] if by_split else []))


def still_open(question: Question, *columns: Any) -> Select[Any]:
    """Return the question's episodes that are not closed, with a session in its period."""
    statement = (
        select(*columns)
        .select_from(EpisodeFact)
        .where(
            EpisodeFact.closed_on.is_(None),
            EpisodeFact.last_on.between(question.start, question.end),
        )
    )
    return _limited(statement, question)


def of_use(dimension: Dimension) -> Any:
    """Return the column of a split of sessions: the region is where an instrument was used."""
    return InstrumentUse.region if dimension.key == "region" else dimension.column


def uses(statement: Select[Any]) -> Select[Any]:
    """Return a statement about sessions joined to what was used in them."""
    return (
        statement.outerjoin(
            InstrumentUse, and_(InstrumentUse.visit_id == VisitFact.visit_id, ~is_withdrawn())
        )
        .outerjoin(Instrument, Instrument.id == InstrumentUse.instrument_id)
        .outerjoin(Lubricant, Lubricant.id == InstrumentUse.lubricant_id)
    )


_JOINS: dict[Any, Any] = {
    Patient: Patient.id == EpisodeFact.patient_id,
    Episode: Episode.id == EpisodeFact.episode_id,
}


def _limited(statement: Select[Any], question: Question, *split: Dimension) -> Select[Any]:
    """Return a statement about episodes limited to the question's filters.

    It is joined to what the filters and the split need beside the facts.
    """
    asked = (*(DIMENSIONS[key] for key in question.only), *split)
    for table in dict.fromkeys(one.table for one in asked if one.table is not None):
        statement = statement.outerjoin(table, _JOINS[table])
    for key, value in question.only.items():
        dimension = DIMENSIONS[key]
        if not dimension.is_of_uses:
            statement = statement.where(dimension.column == value)
            continue
        # Aliases of their own: the split may be of the same tables.
        mine = uses(select(VisitFact.id).select_from(VisitFact)).where(
            dimension.column == value, VisitFact.episode_id == EpisodeFact.episode_id
        )
        statement = statement.where(exists(mine.correlate(EpisodeFact)))
    return statement
