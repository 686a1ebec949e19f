"""Reading clinics, people, and the browsers they are signed in with.

Whoever is not signed in yet has no clinic: these few statements look at every clinic's
people, and find one by a secret she brought or by her e-mail address.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Row, Select, String, bindparam, cast, select
from sqlalchemy.orm import contains_eager

from clinic_notes.accounts.models import BrowserSession, Clinic, Invitation, RefusedTries, User
from clinic_notes.accounts.tokens import hashed
from clinic_notes.core import clock, tenancy
from clinic_notes.core.bulk import read_rows
from clinic_notes.core.db import UtcDateTime, db

PERSON = "person "
"""What the counter of a person's refused tries begins with; then comes her number."""


def live_session(
    token: str, *, seen_since: datetime, started_since: datetime
) -> tuple[User, datetime, int] | None:
    """Return whose live browser session a cookie names, when it was used, and her refused tries.

    Enters her clinic. One statement, because every page begins with it: on PostgreSQL it also
    claims the clinic for row-level security. None where the session ended or expired, or
    where the account was switched off.
    """
    asked = {
        "token_hash": hashed(token),
        "seen_since": seen_since,
        "started_since": started_since,
        "now": clock.now(),
    }
    # By column: to load an object costs more than all else this statement does.
    found = read_rows(_live(db.engine.dialect.name), asked).first()
    if found is None:
        return None
    tenancy.claimed(found.clinic_id)
    return _person(found), found.seen_at, found.tries or 0


_PERSON = tuple(User.__mapper__.column_attrs.keys())
_CLINIC = ("name", "time_zone", "letterhead")


def _person(row: Any) -> User:
    """Return a person as a row tells of her: of no database session, so a rollback leaves her."""
    clinic = Clinic(id=row.clinic_id, **{name: getattr(row, f"clinic_{name}") for name in _CLINIC})
    return User(clinic=clinic, **{name: getattr(row, name) for name in _PERSON})


_HER_TRIES = (
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
            _HER_TRIES.label("tries"),
            tenancy.bind_clinic(User.clinic_id, dialect),
        )
        .select_from(BrowserSession)
        .join(BrowserSession.user)
        .join(User.clinic)
        .where(
            BrowserSession.token_hash == bindparam("token_hash"),
            BrowserSession.ended_at.is_(None),
            BrowserSession.seen_at > bindparam("seen_since"),
            BrowserSession.started_at > bindparam("started_since"),
            User.enabled,
        )
        .execution_options(every_clinic=True)
    )


def session_owner(token: str) -> User | None:
    """Return whose browser session a cookie names, live or expired, but not signed out."""
    return db.session.scalar(
        select(User)
        .join(BrowserSession, BrowserSession.user_id == User.id)
        .where(
            BrowserSession.token_hash == hashed(token),
            BrowserSession.ended_at.is_(None),
            User.enabled,
        )
        .execution_options(every_clinic=True)
    )


def user_by_email(email: str) -> User | None:
    """Return the person who signs in with this e-mail address, in any clinic."""
    return db.session.scalar(
        select(User).where(User.email == email.strip().lower()).execution_options(every_clinic=True)
    )


def refused_tries(counters: Iterable[str]) -> dict[str, int]:
    """Return how many passwords were refused of late under each of these counters, if any."""
    counted = select(RefusedTries.counter, RefusedTries.tries).where(
        RefusedTries.counter.in_(counters), RefusedTries.until > clock.now()
    )
    return {row.counter: row.tries for row in db.session.execute(counted)}


def open_invitation(token: str) -> tuple[Invitation, User] | None:
    """Return an invitation that still opens, with the person it is for and her clinic."""
    found = db.session.execute(
        select(Invitation, User)
        .join(User, User.id == Invitation.user_id)
        .join(User.clinic)
        .options(contains_eager(User.clinic))
        .where(*_opens(token), User.enabled)
        .execution_options(every_clinic=True)
    ).one_or_none()
    return None if found is None else (found[0], found[1])


def open_setup(token: str) -> Invitation | None:
    """Return the setup link that still opens; None as soon as anybody has an account."""
    if has_people():
        return None
    return db.session.scalar(select(Invitation).where(*_opens(token), Invitation.user_id.is_(None)))


def has_people() -> bool:
    """Say whether anybody has an account here, in any clinic."""
    statement = select(User.id).limit(1).execution_options(every_clinic=True)
    return db.session.scalar(statement) is not None


def today_at_clinic() -> date:
    """Return the date on the wall calendar of the clinic at work."""
    clinic = db.session.get_one(Clinic, tenancy.current_clinic_id())
    return clock.today(clinic.time_zone)


def clinics() -> Sequence[Clinic]:
    """Return every clinic of this installation, the first opened first. For commands."""
    return db.session.scalars(select(Clinic).order_by(Clinic.id)).all()


def people() -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the people of the clinic at work, by name."""
    return db.session.execute(
        select(
            User.id,
            User.name,
            User.credentials,
            User.email,
            User.role,
            User.enabled,
            User.password_hash.is_not(None).label("has_password"),
        ).order_by(User.name, User.id)
    ).all()


def _opens(token: str) -> tuple[Any, ...]:
    return (
        Invitation.token_hash == hashed(token),
        Invitation.used_at.is_(None),
        Invitation.expires_at > clock.now(),
    )
