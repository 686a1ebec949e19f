"""Queries about how long notes took: an author's own, or all of a clinic."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect, and_, exists, or_, select
from sqlalchemy.orm import aliased

from clinic_notes.accounts.models import User
from clinic_notes.charting.models import DocumentationTime, Reading, Visit
from clinic_notes.charting.models.visit import is_earlier, session_order
from clinic_notes.clinical.documentation_time import NoteTime
from clinic_notes.core.db import db
from clinic_notes.patients.models import Patient
from clinic_notes.patients.spelling import full_name
from clinic_notes.reference.terms import Decision

LATEST = 30


@dataclass(frozen=True)
class OwnNote:
    """A note its author signed, and what it took them."""

    visit_id: int
    patient: str
    signed_at: datetime
    opened_at: datetime | None
    first_input_at: datetime | None
    keystrokes: int | None
    time: NoteTime

    @property
    def is_counted(self) -> bool:
        """Say whether a script counted the work on it."""
        return self.time.interactions is not None


def notes_of(author: User) -> list[OwnNote]:
    """Return the notes this user signed last, with what each took."""
    statement = (
        _signed_notes(Visit.id, Visit.signed_at, Patient.given_name, Patient.family_name, *_OWN)
        .join(Patient, Patient.id == Visit.patient_id)
        .where(Visit.signed_by_id == author.id)
        .order_by(Visit.signed_at.desc(), Visit.id.desc())
        .limit(LATEST)
    )
    return [
        OwnNote(
            visit_id=row.id,
            patient=full_name(row.given_name, row.family_name),
            signed_at=row.signed_at,
            opened_at=row.opened_at,
            first_input_at=row.first_input_at,
            keystrokes=row.keystrokes,
            time=_note_time(row),
        )
        for row in db.session.execute(statement)
    ]


def notes_of_clinic(since: datetime) -> list[NoteTime]:
    """Return what each note signed since then took; nothing of the note, nor of the patient."""
    statement = _signed_notes().where(Visit.signed_at >= since)
    return [_note_time(row) for row in db.session.execute(statement)]


_OWN = (DocumentationTime.opened_at, DocumentationTime.first_input_at, DocumentationTime.keystrokes)


def _signed_notes(*columns: Any) -> Any:
    earlier = aliased(Visit)
    is_later = exists().where(
        earlier.episode_id == Visit.episode_id,
        earlier.decision == Decision.TREATED,
        earlier.signed_at.is_not(None),
        is_earlier(earlier, session_order()),
    )
    return (
        select(
            Visit.signed_by_id,
            Visit.decision,
            is_later.label("is_later"),
            _a_reading().is_not(None).label("has_reading"),
            DocumentationTime.active_ms,
            DocumentationTime.interactions,
            DocumentationTime.refused,
            *columns,
        )
        .outerjoin(
            DocumentationTime,
            and_(
                DocumentationTime.visit_id == Visit.id,
                DocumentationTime.person_id == Visit.signed_by_id,
            ),
        )
        .where(Visit.signed_at.is_not(None))
    )


def _a_reading() -> ScalarSelect[int]:
    """Return the id of a reading of the visit that holds something, if there is one."""
    # An end that was left blank has no number, and "" for a grade.
    numbers: Sequence[Any] = (Reading.before_number, Reading.after_number)
    grades: Sequence[Any] = (Reading.before_grade, Reading.after_grade)
    is_measured = or_(*(end.is_not(None) for end in numbers), *(end != "" for end in grades))
    # Of an EXISTS, PostgreSQL may make a list of every reading of the clinic.
    one = select(Reading.id).where(Reading.visit_id == Visit.id, is_measured).limit(1)
    return one.correlate(Visit).scalar_subquery()


def _note_time(row: Any) -> NoteTime:
    return NoteTime(
        author_id=row.signed_by_id,
        is_first=not row.is_later,
        is_treated=row.decision is Decision.TREATED,
        has_reading=row.has_reading,
        active_seconds=row.active_ms / 1000 if row.interactions else None,
        interactions=row.interactions or None,
        refused=tuple((row.refused or "").split()),
    )
