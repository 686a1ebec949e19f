"""The sessions behind a figure of the results, with their patients."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select

from clinic_notes.charting.models import Visit
from clinic_notes.core.db import db
from clinic_notes.outcomes.behind.arguments import Behind
from clinic_notes.outcomes.behind.episodes import LISTED
from clinic_notes.outcomes.facts.models import VisitFact
from clinic_notes.outcomes.patient_names import patient_names
from clinic_notes.outcomes.results.dimensions import DIMENSIONS
from clinic_notes.outcomes.results.page import ADVERSE
from clinic_notes.outcomes.results.queries import of_use, uses
from clinic_notes.reference.effects import skin_responses


@dataclass(frozen=True)
class SessionBehind:
    """A signed, treated session behind a figure, with its patient."""

    visit_id: int
    patient_id: int
    patient: str
    therapist: str
    served_on: date
    skin_response: str
    worst_grade: int | None


def sessions(asked: Behind) -> list[SessionBehind]:
    """Return the sessions behind a figure, the latest first."""
    statement = _of_period(asked)
    for is_asked, condition in (
        (asked.kind and asked.pairing, getattr(VisitFact, asked.kind or "pain") == asked.pairing),
        (asked.skin == ADVERSE, VisitFact.worst_grade >= 1),
        (asked.skin and asked.skin != ADVERSE, VisitFact.skin_response == asked.skin),
    ):
        if is_asked:
            statement = statement.where(condition)
    order = (VisitFact.served_on.desc(), VisitFact.visit_id.desc())
    rows = db.session.execute(statement.order_by(*order).limit(LISTED)).all()
    names, name = patient_names({row.patient_id for row in rows}), DIMENSIONS["therapist"].labels()
    return [
        SessionBehind(
            visit_id=row.visit_id,
            patient_id=row.patient_id,
            patient=names[row.patient_id],
            therapist=name(row.therapist_id),
            served_on=row.served_on,
            skin_response=skin_responses.label(row.skin_response) if row.skin_response else "",
            worst_grade=row.worst_grade,
        )
        for row in rows
    ]


def _of_period(asked: Behind) -> Select[Any]:
    """Return the sessions of the period, those with the value of the split."""
    columns: tuple[Any, ...] = (
        VisitFact.visit_id,
        Visit.patient_id,
        VisitFact.therapist_id,
        VisitFact.served_on,
        VisitFact.skin_response,
        VisitFact.worst_grade,
    )
    statement = (
        select(*columns)
        .select_from(VisitFact)
        .outerjoin(Visit, Visit.id == VisitFact.visit_id)
        .where(VisitFact.served_on.between(asked.question.start, asked.question.end))
    )
    if asked.value is None:
        return statement
    if asked.question.by.key == "therapist":
        return statement.where(VisitFact.therapist_id == asked.value)
    return uses(statement).where(of_use(asked.question.by) == asked.value).distinct()
