"""The episodes behind a figure of the results, with their patients."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from clinic_notes.clinical.change import Response, Verdict
from clinic_notes.core.db import db
from clinic_notes.outcomes.behind.arguments import Behind
from clinic_notes.outcomes.facts.models import EpisodeFact, MeasureFact
from clinic_notes.outcomes.patient_names import patient_names
from clinic_notes.outcomes.results.queries import IS_PAIR, MAIN, closed, still_open

LISTED = 200
"""Lines of the list behind a figure."""


@dataclass(frozen=True)
class EpisodeBehind:
    """An episode behind a figure, with its patient."""

    episode_id: int
    patient_id: int
    patient: str
    first_on: date
    last_on: date
    visits: int
    first_value: Decimal | None
    last_value: Decimal | None
    verdict: Verdict | None
    response: Response | None


def episodes(asked: Behind) -> list[EpisodeBehind]:
    """Return the episodes behind a figure, those with the latest session first."""
    columns = (
        EpisodeFact.episode_id, EpisodeFact.patient_id, EpisodeFact.first_on, EpisodeFact.last_on,
        EpisodeFact.visits, MeasureFact.first_value, MeasureFact.last_value, MeasureFact.verdict,
        MeasureFact.response,
    )  # fmt: skip
    question = asked.question
    if asked.is_open:
        statement = still_open(question, *columns)
    else:
        statement = closed(question, *columns, by_split=asked.value is not None)
    statement = statement.outerjoin(*_measured(asked)).distinct()
    conditions = [
        condition
        for is_asked, condition in (
            (asked.value is not None, question.by.column == asked.value),
            (asked.response is not None, MeasureFact.response == asked.response),
            (asked.measure is not None, MeasureFact.id.is_not(None)),
            (asked.verdict is not None, MeasureFact.verdict == asked.verdict),
        )
        if is_asked
    ]
    if asked.has_pair:
        conditions.extend(IS_PAIR)
    order = (EpisodeFact.last_on.desc(), EpisodeFact.episode_id.desc())
    rows = db.session.execute(statement.where(*conditions).order_by(*order).limit(LISTED)).all()
    names = patient_names({row.patient_id for row in rows})
    return [EpisodeBehind(patient=names[row.patient_id], **row._asdict()) for row in rows]


def _measured(asked: Behind) -> tuple[Any, Any]:
    if asked.measure is None:
        return MAIN
    kind, key = asked.measure
    return (
        MeasureFact,
        (MeasureFact.episode_id == EpisodeFact.episode_id)
        & (MeasureFact.kind == kind)
        & (MeasureFact.key == key),
    )
