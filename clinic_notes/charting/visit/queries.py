"""Queries about visits: a visit's number in its episode, a clinician's notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any, NamedTuple

from sqlalchemy import (
    Date,
    Integer,
    Time,
    and_,
    bindparam,
    case,
    func,
    literal,
    not_,
    or_,
    select,
    true,
)
from sqlalchemy.orm import contains_eager, joinedload
from sqlalchemy.orm.interfaces import ORMOption

from clinic_notes.accounts.models import User, signed_name
from clinic_notes.charting.models import Reading, Visit, columns
from clinic_notes.charting.models.correction import as_corrected, with_corrections
from clinic_notes.charting.models.visit import is_earlier, newest_first, session_order
from clinic_notes.charting.models.void import counts, is_draft
from clinic_notes.charting.readings.last_session import LATEST, LastSession
from clinic_notes.core.audit import AuditEntry
from clinic_notes.core.bulk import read_rows
from clinic_notes.core.db import db
from clinic_notes.core.lookup import LARGEST
from clinic_notes.core.permissions import ROLES, Permission
from clinic_notes.patients.models import Patient
from clinic_notes.plan_of_care.models import Goal
from clinic_notes.plan_of_care.queries import goal_order
from clinic_notes.reference.terms import Decision

WHO: tuple[ORMOption, ...] = (
    joinedload(Visit.patient).joinedload(Patient.allergies),
    joinedload(Visit.patient).joinedload(Patient.conditions),
    joinedload(Visit.episode),
    joinedload(Visit.author),
    joinedload(Visit.measured_by),
    joinedload(Visit.void),
)
"""Loads patient, allergies, conditions, episode, author, measurer and what voided it
with a visit, at once."""


# Made once: to build a statement costs more than the database takes to answer it.
_VISIT_ID = bindparam("visit_id", type_=Integer)
_EARLIER_IN_EPISODE = select(
    func.count(Visit.id).label("sessions"),
    func.count(Visit.id).filter(Visit.decision == Decision.TREATED).label("treatments"),
).where(
    Visit.episode_id == bindparam("episode_id", type_=Integer),
    Visit.id != _VISIT_ID,
    counts(Visit),
    is_earlier(
        Visit,
        (bindparam("served_on", type_=Date), bindparam("start_time", type_=Time), _VISIT_ID),
    ),
)
TEXTS = ("assessment", "plan")
# A query answers with one row at least: where nothing came before, the numbers alone are there.
_POSITION = _EARLIER_IN_EPISODE.subquery()
_POSITION_AND_LAST = with_corrections(
    select(
        _POSITION,
        LATEST.c.id.label("visit_id"),
        LATEST.c.served_on,
        # With the first reading only: a session has many.
        *(
            case((func.coalesce(Reading.row_order, 0) == 0, LATEST.c[name]), else_="").label(name)
            for name in TEXTS
        ),
        *(getattr(Reading, name) for name in columns.READING),
    )
    .select_from(_POSITION)
    .outerjoin(LATEST, true())
    .outerjoin(Reading, Reading.visit_id == LATEST.c.id)
    .order_by(Reading.row_order)
)
_POSITION_AND_GOALS = (
    select(*_POSITION.c, Goal)
    .select_from(_POSITION)
    .outerjoin(Goal, Goal.episode_id == bindparam("episode_id", type_=Integer))
    .order_by(*goal_order())
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
    """Return who saved the visit last, from the audit trail; None where it does not say."""
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
    """Where a session stands among the signed ones of its episode."""

    number: int
    is_first: bool
    """Whether no treated session that is signed came before it."""


def episode_position(
    episode_id: int, served_on: date, start_time: time | None, visit_id: int | None = None
) -> EpisodePosition:
    """Return where a session stands; one that is not saved yet has no id.

    That one comes last of its day, unless it has a start time.
    """
    values = _place(episode_id, served_on, start_time, visit_id)
    return _position(read_rows(_EARLIER_IN_EPISODE, values).one())


def position_and_last(
    episode_id: int, served_on: date, start_time: time | None, visit_id: int | None = None
) -> tuple[EpisodePosition, LastSession | None]:
    """Return the same with the latest signed session up to that day, in one statement."""
    values = _place(episode_id, served_on, start_time, visit_id) | {"until": served_on}
    first, *more = read_rows(_POSITION_AND_LAST, values)
    if first.served_on is None:
        return _position(first), None
    readings = tuple(as_corrected(row for row in (first, *more) if row.id is not None))
    last = LastSession(
        first.served_on, readings, first.visit_id, first.assessment or "", first.plan or ""
    )
    return _position(first), last


def position_and_goals(visit: Visit) -> tuple[EpisodePosition, list[Goal]]:
    """Return where a stored session stands, and its episode's goals, in one statement."""
    values = _place(visit.episode_id, visit.served_on, visit.start_time, visit.id)
    rows = db.session.execute(_POSITION_AND_GOALS, values).all()
    return _position(rows[0]), [row.Goal for row in rows if row.Goal is not None]


def _place(
    episode_id: int, served_on: date, start_time: time | None, visit_id: int | None
) -> dict[str, Any]:
    return {
        "episode_id": episode_id,
        "served_on": served_on,
        "start_time": start_time or (time.max if visit_id is None else time.min),
        "visit_id": visit_id or LARGEST,
    }


def _position(earlier: Any) -> EpisodePosition:
    return EpisodePosition(number=earlier.sessions + 1, is_first=not earlier.treatments)


class Neighbours(NamedTuple):
    """The sessions of an episode before and after one, by id; None where there is none."""

    previous: int | None
    following: int | None


def neighbours_of(visit: Visit) -> Neighbours:
    """Return the session before and the one after a stored one, drafts among them."""
    mine = (
        literal(visit.served_on, Date),
        literal(visit.start_time or time.min, Time),
        literal(visit.id, Integer),
    )
    of_episode = select(Visit.id).where(
        Visit.episode_id == visit.episode_id,
        Visit.id != visit.id,
        or_(counts(Visit), is_draft(Visit)),
    )
    before = of_episode.where(is_earlier(Visit, mine)).order_by(*newest_first()).limit(1)
    after = of_episode.where(not_(is_earlier(Visit, mine))).order_by(*session_order()).limit(1)
    found = select(before.scalar_subquery(), after.scalar_subquery())
    return Neighbours(*db.session.execute(found).one())


def drafts_by(author: User) -> Sequence[Visit]:
    """Return the notes this person has begun and not signed, the oldest first."""
    mine = (
        select(Visit)
        .join(Visit.patient)
        .options(contains_eager(Visit.patient), joinedload(Visit.episode), joinedload(Visit.void))
        .where(Visit.author_id == author.id, is_draft(Visit))
        .order_by(*session_order())
    )
    return db.session.scalars(mine).all()


def clinicians(also: int | None) -> list[tuple[int, str]]:
    """Return (id, name) of those who treat in the clinic and of user ``also``, by name."""
    found = read_rows(_CLINICIANS, {"also": also})
    return [(row.id, signed_name(row.name, row.credentials)) for row in found]


def recently_signed(by: User) -> Sequence[Visit]:
    """Return the last ten notes this person signed."""
    statement = (
        select(Visit)
        .options(joinedload(Visit.patient), joinedload(Visit.episode), joinedload(Visit.void))
        .where(Visit.signed_by_id == by.id)
        .order_by(Visit.signed_at.desc())
        .limit(10)
    )
    return db.session.scalars(statement).all()
