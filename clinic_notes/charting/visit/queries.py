"""What is read of visits: one to work on, the course before it, the lists of the day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Date, Integer, and_, bindparam, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload
from sqlalchemy.orm.interfaces import ORMOption

from clinic_notes.accounts.models import User, signed_name
from clinic_notes.charting.models import Visit
from clinic_notes.core.audit import AuditEntry
from clinic_notes.core.bulk import read_rows
from clinic_notes.core.db import db
from clinic_notes.core.permissions import ROLES, Permission
from clinic_notes.patients.models import Patient
from clinic_notes.reference.terms import Decision

WHO: tuple[ORMOption, ...] = (
    joinedload(Visit.patient).joinedload(Patient.allergies),
    joinedload(Visit.patient).joinedload(Patient.conditions),
    joinedload(Visit.episode),
    joinedload(Visit.author),
    joinedload(Visit.measured_by),
)
"""The patient with her allergies and conditions, the episode and the author, in one statement."""


# Statements of every save and every note are put together once: doing so costs more than
# the database takes to answer them.
_VISIT_ID = bindparam("visit_id", type_=Integer)
_SERVED_ON = bindparam("served_on", type_=Date)
_EARLIER = select(
    func.count(Visit.id),
    func.count(Visit.id).filter(
        and_(Visit.decision == Decision.TREATED, Visit.signed_at.is_not(None))
    ),
).where(
    Visit.episode_id == bindparam("episode_id", type_=Integer),
    or_(
        Visit.served_on < _SERVED_ON,
        and_(Visit.served_on == _SERVED_ON, Visit.id < _VISIT_ID),
    ),
)
_TREATING = [role for role, allowed in ROLES.items() if Permission.CHART_WRITE in allowed]
_CLINICIANS = (
    select(User.id, User.name, User.credentials)
    .where(
        or_(
            and_(User.role.in_(_TREATING), User.enabled),
            User.id == bindparam("also", type_=Integer),
        )
    )
    .order_by(User.name)
)


def last_saved_by(visit: Visit) -> User | None:
    """Return who saved the visit last, as the trail says; None where that is not known."""
    saved = (
        select(User)
        .join(AuditEntry, AuditEntry.actor_id == User.id)
        .where(
            AuditEntry.patient_id == visit.patient_id,
            AuditEntry.subject == f"visit:{visit.id}",
            AuditEntry.action.in_(("visit.opened", "visit.recorded")),
        )
        .order_by(AuditEntry.number.desc())
        .limit(1)
    )
    return db.session.scalars(saved).first()


@dataclass(frozen=True)
class EpisodePosition:
    """Where a session stands in its episode, by the day it took place."""

    number: int
    is_first: bool
    """Whether no treated session that is signed came before it."""


def episode_position(episode_id: int, on: date, visit_id: int | None = None) -> EpisodePosition:
    """Return where a session of that day stands; without an id, one that is about to begin."""
    this = {"episode_id": episode_id, "served_on": on, "visit_id": visit_id or 2**31 - 1}
    sessions, treatments = read_rows(_EARLIER, this).one()
    return EpisodePosition(number=sessions + 1, is_first=not treatments)


def drafts_by(author: User) -> Sequence[Visit]:
    """Return the notes this person has begun and not signed, the oldest first."""
    mine = (
        select(Visit)
        .join(Visit.patient)
        .options(contains_eager(Visit.patient), joinedload(Visit.episode))
        .where(Visit.author_id == author.id, Visit.signed_at.is_(None))
        .order_by(Visit.served_on, Visit.id)
    )
    return db.session.scalars(mine).all()


def clinicians(also: int | None) -> list[tuple[int, str]]:
    """Return the people of the clinic who treat, and the one of that id, as they sign, by name."""
    found = read_rows(_CLINICIANS, {"also": also})
    return [(row.id, signed_name(row.name, row.credentials)) for row in found]


def signed_lately(by: User) -> Sequence[Visit]:
    """Return the last ten notes this person signed."""
    statement = (
        select(Visit)
        .options(joinedload(Visit.patient), joinedload(Visit.episode))
        .where(Visit.signed_by_id == by.id)
        .order_by(Visit.signed_at.desc())
        .limit(10)
    )
    return db.session.scalars(statement).all()
