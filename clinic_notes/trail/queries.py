"""Queries of the audit trail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, select

from clinic_notes.accounts.models import User
from clinic_notes.core.audit import AuditEntry
from clinic_notes.core.db import db
from clinic_notes.patients.models import Patient
from clinic_notes.trail.wording import actions_of


@dataclass(frozen=True)
class Question:
    """What a reader asks the trail; an empty field asks for all."""

    actor_id: int | None = None
    patient_id: int | None = None
    kind: str = ""
    since: date | None = None
    until: date | None = None
    before: int | None = None
    """Only entries of a lower number: the next page."""


def entries(question: Question, *, time_zone: str, most: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the newest entries that answer the question, with the names of actor and patient."""
    found = (
        select(
            AuditEntry.number,
            AuditEntry.at,
            AuditEntry.action,
            AuditEntry.actor_id,
            AuditEntry.patient_id,
            AuditEntry.subject,
            AuditEntry.facts,
            AuditEntry.origin,
            User.name.label("actor"),
            Patient.given_name,
            Patient.family_name,
            Patient.mrn,
        )
        .outerjoin(User, User.id == AuditEntry.actor_id)
        .outerjoin(Patient, Patient.id == AuditEntry.patient_id)
        .where(*_conditions(question, ZoneInfo(time_zone)))
        .order_by(AuditEntry.number.desc())
        .limit(most)
    )
    return db.session.execute(found).all()


def people() -> dict[str, str]:
    """Return the names of everybody who has or had an account here, by id, in their order."""
    found = db.session.execute(select(User.id, User.name).order_by(User.name, User.id))
    return {str(person.id): person.name for person in found}


def patient_id_of(mrn: str) -> int | None:
    """Return the id of the patient with this number, None where there is none."""
    return db.session.scalar(select(Patient.id).where(Patient.mrn == mrn))


def _conditions(question: Question, zone: ZoneInfo) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = []
    if question.before is not None:
        asked.append(AuditEntry.number < question.before)
    if question.actor_id is not None:
        asked.append(AuditEntry.actor_id == question.actor_id)
    if question.patient_id is not None:
        asked.append(AuditEntry.patient_id == question.patient_id)
    if question.kind:
        asked.append(AuditEntry.action.in_(actions_of(question.kind)))
    if question.since is not None:
        asked.append(AuditEntry.at >= _begin(question.since, zone))
    if question.until is not None:
        asked.append(AuditEntry.at < _begin(question.until + timedelta(days=1), zone))
    return asked


def _begin(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)
