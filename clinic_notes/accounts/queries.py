"""Queries of clinics, users, browser sessions and invitations.

Before the sign-in there is no current clinic, so some statements look at every clinic's users:
they find one by a secret token or by the e-mail address.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, String, and_, bindparam, cast, func, or_, select
from sqlalchemy.orm import aliased, contains_eager

from clinic_notes.accounts.models import BrowserSession, Clinic, Invitation, RefusedTries, User
from clinic_notes.accounts.tokens import PERSON, hashed
from clinic_notes.core import clock, tenancy
from clinic_notes.core.bulk import read_rows
from clinic_notes.core.db import UtcDateTime, db
from clinic_notes.core.permissions import Role


def live_session(
    token: str, *, seen_since: datetime, started_since: datetime
) -> tuple[User, datetime, int, int | None] | None:
    """Return (user, last use, wrong passwords, kiosk) of the live session of a cookie's token.

    Sets the current clinic. It is one statement, because every page begins with it; on PostgreSQL
    it also sets the clinic for row-level security. None where the session ended or expired, or
    the account was switched off.
    """
    asked = {
        "token_hash": hashed(token),
        "seen_since": seen_since,
        "started_since": started_since,
        "now": clock.now(),
    }
    # By column: loading an entity would cost more than the rest of this statement.
    found = read_rows(_live(db.engine.dialect.name), asked).first()
    if found is None:
        return None
    tenancy.clinic_was_bound(found.clinic_id)
    return _person(found), found.seen_at, found.tries or 0, found.kiosk_id


_PERSON = tuple(User.__mapper__.column_attrs.keys())
_CLINIC = ("name", "time_zone", "letterhead")


def _person(row: Any) -> User:
    """Return the user of a row, outside the database session, so that a rollback keeps it."""
    clinic = Clinic(id=row.clinic_id, **{name: getattr(row, f"clinic_{name}") for name in _CLINIC})
    return User(clinic=clinic, **{name: getattr(row, name) for name in _PERSON})


_TRIES = (
    select(RefusedTries.tries)
    .where(
        RefusedTries.counter == PERSON + cast(User.id, String),
        RefusedTries.until > bindparam("now", type_=UtcDateTime),
    )
    .correlate(User)
    .scalar_subquery()
)


@cache
def _live(dialect: str) -> Select[Any]:
    return (
        select(
            *(getattr(User, name) for name in _PERSON),
            *(getattr(Clinic, name).label(f"clinic_{name}") for name in _CLINIC),
            BrowserSession.seen_at,
            BrowserSession.kiosk_id,
            _TRIES.label("tries"),
            tenancy.bind_clinic(User.clinic_id, dialect),
        )
        .select_from(BrowserSession)
        .join(BrowserSession.user)
        .join(User.clinic)
        .where(
            BrowserSession.token_hash == bindparam("token_hash"),
            BrowserSession.ended_at.is_(None),
            # A locked one does not expire: it would open the sign-in page to who has the tablet.
            or_(
                BrowserSession.kiosk_id.is_not(None),
                and_(
                    BrowserSession.seen_at > bindparam("seen_since"),
                    BrowserSession.started_at > bindparam("started_since"),
                ),
            ),
            User.enabled,
        )
        .execution_options(every_clinic=True)
    )


class SessionOwner(NamedTuple):
    """The user of a browser session, and whether it was ended."""

    person: User
    is_ended: bool


def session_owner(token: str) -> SessionOwner | None:
    """Return the user of a browser session, live, expired or ended, who may still sign in."""
    found = db.session.execute(
        select(User, BrowserSession.ended_at)
        .join(BrowserSession, BrowserSession.user_id == User.id)
        .where(BrowserSession.token_hash == hashed(token), User.enabled)
        .execution_options(every_clinic=True)
    ).first()
    return SessionOwner(found[0], found[1] is not None) if found else None


def user_by_email(email: str) -> User | None:
    """Return the user with this e-mail address, in any clinic."""
    return db.session.scalar(
        select(User).where(User.email == email.strip().lower()).execution_options(every_clinic=True)
    )


def refused_tries(counters: Iterable[str]) -> dict[str, int]:
    """Return the number of recent wrong passwords of each of these counters, if any."""
    counted = select(RefusedTries.counter, RefusedTries.tries).where(
        RefusedTries.counter.in_(counters), RefusedTries.until > clock.now()
    )
    return {row.counter: row.tries for row in db.session.execute(counted)}


def open_invitation(token: str) -> tuple[Invitation, User] | None:
    """Return a valid invitation, and its user with the clinic loaded."""
    found = db.session.execute(
        select(Invitation, User)
        .join(User, User.id == Invitation.user_id)
        .join(User.clinic)
        .options(contains_eager(User.clinic))
        .where(*_is_valid(token), User.enabled)
        .execution_options(every_clinic=True)
    ).one_or_none()
    return None if found is None else (found[0], found[1])


def open_setup(token: str) -> Invitation | None:
    """Return a valid set-up link; None as soon as anybody has an account."""
    if has_people():
        return None
    return db.session.scalar(
        select(Invitation).where(*_is_valid(token), Invitation.user_id.is_(None))
    )


def has_people() -> bool:
    """Say whether anybody has an account here, in any clinic."""
    statement = select(User.id).limit(1).execution_options(every_clinic=True)
    return db.session.scalar(statement) is not None


def today_at_clinic() -> date:
    """Return the date of today in the current clinic's time zone."""
    clinic = db.session.get_one(Clinic, tenancy.current_clinic_id())
    return clock.today(clinic.time_zone)


def clinics() -> Sequence[Clinic]:
    """Return every clinic of this installation, the oldest first. For commands."""
    return db.session.scalars(select(Clinic).order_by(Clinic.id)).all()


def people() -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the people of the current clinic, by name."""
    return db.session.execute(
        select(
            User.id,
            User.name,
            User.credentials,
            User.email,
            User.role,
            User.enabled,
            User.is_clinical_lead,
            User.password_hash.is_not(None).label("has_password"),
            User.confirmation_code.is_not(None).label("awaits_confirmation"),
        ).order_by(User.name, User.id)
    ).all()


def waiting_for_confirmation() -> Sequence[User]:
    """Return the people of the current clinic whom a colleague has to confirm, by name."""
    waiting = select(User).where(User.confirmation_code.is_not(None), User.enabled)
    return db.session.scalars(waiting.order_by(User.name, User.id)).all()


def administrators() -> int:
    """Return how many administrators of the current clinic can sign in."""
    mine = select(func.count(User.id)).where(User.role == Role.ADMINISTRATOR, User.enabled)
    return db.session.scalar(mine) or 0


def last_link(user: User) -> Row[*tuple[Any, ...]] | None:
    """Return (used at, expires at, maker's name) of the newest link made for this user."""
    maker = aliased(User)
    return db.session.execute(
        select(Invitation.used_at, Invitation.expires_at, maker.name)
        .join(maker, maker.id == Invitation.made_by_id)
        .where(Invitation.user_id == user.id)
        .order_by(Invitation.id.desc())
        .limit(1)
    ).one_or_none()


def browsers_of(
    user: User, *, seen_since: datetime, started_since: datetime
) -> Sequence[BrowserSession]:
    """Return the live browser sessions of a user, the last used first."""
    live = select(BrowserSession).where(
        BrowserSession.user_id == user.id,
        BrowserSession.ended_at.is_(None),
        BrowserSession.seen_at > seen_since,
        BrowserSession.started_at > started_since,
    )
    return db.session.scalars(live.order_by(BrowserSession.seen_at.desc())).all()


def _is_valid(token: str) -> tuple[Any, ...]:
    return (
        Invitation.token_hash == hashed(token),
        Invitation.used_at.is_(None),
        Invitation.expires_at > clock.now(),
    )
