"""Queries of what waits for the manager: notes and sessions of the whole clinic.

Each begins at an index, the drafts of each author or the notes signed since a day, and reads no
more than a list shows.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import String, cast, literal, select

from clinic_notes.accounts.models import User
from clinic_notes.charting.models import Effect, Visit
from clinic_notes.core.db import db
from clinic_notes.patients.models import Patient
from clinic_notes.reference.effects import effects
from clinic_notes.reference.terms import Decision

MOST = 100
"""Lines of one list; whoever has more begins with these."""
MOST_NOTES = 5000
SERIOUS = 2
"""The grade from which an effect is told to the manager: it limits activity (clinical.md 5)."""


@dataclass(frozen=True)
class Waiting:
    """A visit that waits for somebody, or that the manager should know of."""

    visit_id: int
    patient: str
    served_on: date
    created_at: datetime
    clinician: str
    is_active: bool
    """Whether the clinician may still sign in."""
    what: str = ""


def unsigned(before: datetime) -> list[Waiting]:
    """Return the drafts begun before a moment, the oldest first; a statement for each user."""
    # Asked author by author: over all of them PostgreSQL goes through every note of the clinic.
    drafts = select(*_VISIT, Visit.author_id.label("clinician_id"), literal("").label("what"))
    drafts = drafts.where(Visit.signed_at.is_(None), Visit.created_at < before).limit(MOST)
    authors = db.session.scalars(select(User.id)).all()
    found = [
        row
        for author_id in authors
        for row in db.session.execute(drafts.where(Visit.author_id == author_id))
    ]
    return _with_names(sorted(found, key=lambda row: (row.created_at, row.id))[:MOST])


def not_treated(since: datetime) -> list[Waiting]:
    """Return the visits signed since then as screened and not treated, the latest first."""
    reason = Visit.not_treated_reason.label("what")
    return _listed(_signed(since, reason).where(Visit.decision == Decision.NOT_TREATED))


def serious_effects(since: datetime) -> list[Waiting]:
    """Return the effects of grade 2 or more in notes signed since then, the latest first.

    Of the latest 5,000 notes: their ids lead to their effects, a join to all of the clinic.
    """
    notes = _signed(since, literal("").label("what")).with_only_columns(Visit.id).limit(MOST_NOTES)
    ids = db.session.scalars(notes).all()
    effect = (Effect.effect + ":" + cast(Effect.grade, String)).label("what")
    found = _signed(since, effect).join(Effect, Effect.visit_id == Visit.id)
    return [
        replace(row, what=_effect_text(*row.what.split(":")))
        for row in _listed(found.where(Effect.visit_id.in_(ids), Effect.grade >= SERIOUS))
    ]


def signed_since(since: datetime) -> list[Waiting]:
    """Return the visits signed since then, the latest first."""
    return _listed(_signed(since, literal("").label("what")))


_VISIT = (Visit.id, Visit.served_on, Visit.created_at, Visit.patient_id)


def _signed(since: datetime, what: Any) -> Any:
    return (
        select(*_VISIT, Visit.signed_by_id.label("clinician_id"), what)
        .where(Visit.signed_at >= since)
        .order_by(Visit.signed_at.desc(), Visit.id.desc())
    )


def _listed(visits: Any) -> list[Waiting]:
    """Return the first of these visits, with the names of patient and clinician."""
    return _with_names(db.session.execute(visits.limit(MOST)).all())


def _with_names(shown: Sequence[Any]) -> list[Waiting]:
    # The names are looked up for the lines that are shown, not for all that qualify.
    patients = _by_id(
        select(Patient.id, Patient.given_name, Patient.family_name).where(
            Patient.id.in_({row.patient_id for row in shown})
        )
    )
    users = _by_id(
        select(User.id, User.name, User.enabled).where(
            User.id.in_({row.clinician_id for row in shown})
        )
    )
    return [_waiting(row, patients[row.patient_id], users[row.clinician_id]) for row in shown]


def _by_id(statement: Any) -> dict[int, Any]:
    return {row.id: row for row in db.session.execute(statement)}


def _waiting(row: Any, patient: Any, user: Any) -> Waiting:
    return Waiting(
        visit_id=row.id,
        patient=f"{patient.given_name} {patient.family_name}",
        served_on=row.served_on,
        created_at=row.created_at,
        clinician=user.name,
        is_active=user.enabled,
        what=row.what,
    )


def _effect_text(key: str, grade: str) -> str:
    return f"{effects.label(key)}, grade {grade}"
