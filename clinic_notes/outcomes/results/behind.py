"""The records behind a figure of the results, with their patients."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from clinic_notes.clinical.change import Response
from clinic_notes.core.db import db
from clinic_notes.outcomes.facts.models import EpisodeFact, MeasureFact
from clinic_notes.outcomes.results.queries import MAIN, closed
from clinic_notes.outcomes.results.question import Question
from clinic_notes.patients.models import Patient
from clinic_notes.patients.spelling import full_name

LISTED = 200
"""Lines of the list behind a figure."""


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


def behind(question: Question, value: Any, response: Response | None) -> list[Behind]:
    """Return the episodes behind a figure, the latest closed first."""
    columns = (
        EpisodeFact.episode_id, EpisodeFact.patient_id, EpisodeFact.region, EpisodeFact.first_on,
        EpisodeFact.last_on, EpisodeFact.visits, MeasureFact.first_value, MeasureFact.last_value,
        MeasureFact.response, EpisodeFact.closed_on,
    )  # fmt: skip
    statement = closed(question, *columns, by_split=value is not None).outerjoin(*MAIN).distinct()
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
