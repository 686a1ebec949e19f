"""Queries of the results: counts by group from the facts, a few rows whatever the period.

Each begins at the days of the facts; what belongs to them comes by an outer join, as given the
choice SQLite would begin with all rows of the clinic.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, distinct, exists, extract, func, select

from clinic_notes.charting.models import InstrumentUse
from clinic_notes.clinical.change import Response
from clinic_notes.core.db import db
from clinic_notes.equipment.models import Instrument, Lubricant
from clinic_notes.outcomes.facts.models import EpisodeFact, MeasureFact, Pairing, VisitFact
from clinic_notes.outcomes.results.dimensions import DIMENSIONS, Dimension
from clinic_notes.outcomes.results.question import Question
from clinic_notes.patients.models import Episode, Patient
from clinic_notes.patients.spelling import full_name

KINDS = {"pain": "Pain", "rom": "Motion", "strength": "Strength", "score": "Scores"}
LISTED = 200
"""Episodes of the list behind a figure."""


@dataclass(frozen=True)
class Behind:
    """An episode behind a figure, with its patient."""

    episode_id: int
    patient_id: int
    patient: str
    region: str
    first_on: Any
    last_on: Any
    visits: int
    first_value: Any
    last_value: Any
    response: Response | None


def responses(question: Question) -> dict[Any, Counter[Response]]:
    """Return how the pain of the episodes closed in the period responded, by the split."""
    counted = func.count(distinct(EpisodeFact.episode_id))
    rows = db.session.execute(
        _closed(question, question.by.column, MeasureFact.response, counted)
        .outerjoin(*_MAIN)
        .group_by(question.by.column, MeasureFact.response)
    )
    found: dict[Any, Counter[Response]] = {}
    for value, response, count in rows:
        found.setdefault(value, Counter())[response or Response.UNPAIRED] += count
    return found


def all_responses(question: Question) -> Counter[Response]:
    """Return the same of all episodes of the question, each once."""
    rows = db.session.execute(
        _closed(question, MeasureFact.response, func.count(), by_split=False)
        .outerjoin(*_MAIN)
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
        _closed(question, *month, MeasureFact.response, func.count(), by_split=False)
        .outerjoin(*_MAIN)
        .group_by(*month, MeasureFact.response)
    )
    found: dict[tuple[int, int], Counter[Response]] = {}
    for year, number, response, count in rows:
        key = (int(year), int(number))
        found.setdefault(key, Counter())[response or Response.UNPAIRED] += count
    return found


def verdicts(question: Question) -> dict[tuple[str, str], Counter[Any]]:
    """Return how many series of each thing measured have which verdict, by kind and key."""
    what = (MeasureFact.kind, MeasureFact.key, MeasureFact.verdict)
    rows = db.session.execute(
        _closed(question, *what, func.count(), by_split=False)
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
        _closed(everything, dimension.column)
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
        _closed(question, *what, func.count(), by_split=False)
        .outerjoin(*_MAIN)
        .where(MeasureFact.readings > 1, *(one.is_not(None) for one in what))
        .group_by(*what)
    )
    return {(float(first), float(last)): count for first, last, count in rows}


def episodes_open(question: Question) -> int:
    """Return how many episodes with a session in the period are not closed."""
    return (
        db.session.scalar(
            _limited(
                select(func.count())
                .select_from(EpisodeFact)
                .where(
                    EpisodeFact.closed_on.is_(None),
                    EpisodeFact.last_on.between(question.start, question.end),
                ),
                question,
            )
        )
        or 0
    )


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
    column = DIMENSIONS[by].column if by != "region" else InstrumentUse.region
    counted = func.count(distinct(VisitFact.visit_id))
    is_adverse = VisitFact.worst_grade >= 1
    rows = db.session.execute(
        _uses(select(column, VisitFact.skin_response, is_adverse, counted).select_from(VisitFact))
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


def behind(question: Question, value: Any, response: Response | None) -> list[Behind]:
    """Return the episodes behind a figure, the latest closed first."""
    columns = (
        EpisodeFact.episode_id, EpisodeFact.patient_id, EpisodeFact.region, EpisodeFact.first_on,
        EpisodeFact.last_on, EpisodeFact.visits, MeasureFact.first_value, MeasureFact.last_value,
        MeasureFact.response, EpisodeFact.closed_on,
    )  # fmt: skip
    statement = _closed(question, *columns, by_split=value is not None).outerjoin(*_MAIN).distinct()
    if value is not None:
        statement = statement.where(question.by.column == value)
    if response is not None:
        statement = statement.where(MeasureFact.response == response)
    order = (EpisodeFact.closed_on.desc(), EpisodeFact.episode_id.desc())
    rows = db.session.execute(statement.order_by(*order).limit(LISTED)).all()
    named = select(Patient.id, Patient.given_name, Patient.family_name).where(
        Patient.id.in_({row.patient_id for row in rows})
    )
    names = {
        row.id: full_name(row.given_name, row.family_name) for row in db.session.execute(named)
    }
    return [
        Behind(
            patient=names[row.patient_id],
            **{k: v for k, v in row._asdict().items() if k != "closed_on"},
        )
        for row in rows
    ]


_MAIN: tuple[Any, Any] = (
    MeasureFact,
    (MeasureFact.episode_id == EpisodeFact.episode_id) & MeasureFact.is_main,
)


def _closed(question: Question, *columns: Any, by_split: bool = True) -> Select[Any]:
    """Return the question's episodes, closed in its period, joined to what the split needs."""
    statement = (
        select(*columns)
        .select_from(EpisodeFact)
        .where(EpisodeFact.closed_on.between(question.start, question.end))
    )
    if by_split and question.by.is_of_uses:
        statement = _uses(
            statement.outerjoin(VisitFact, VisitFact.episode_id == EpisodeFact.episode_id)
        )
    return _limited(statement, question, *([question.by] if by_split else []))


def _uses(statement: Select[Any]) -> Select[Any]:
    return (
        statement.outerjoin(InstrumentUse, InstrumentUse.visit_id == VisitFact.visit_id)
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
        mine = _uses(select(VisitFact.id).select_from(VisitFact)).where(
            dimension.column == value, VisitFact.episode_id == EpisodeFact.episode_id
        )
        statement = statement.where(exists(mine.correlate(EpisodeFact)))
    return statement
