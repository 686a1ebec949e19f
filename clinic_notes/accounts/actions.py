"""What changes clinics, the people who work there, and the browsers they are signed in with."""

import secrets
from hashlib import sha256

from sqlalchemy import update

from clinic_notes.accounts import passwords
from clinic_notes.accounts.models import BrowserSession, Clinic, User
from clinic_notes.core import audit, clock, tenancy
from clinic_notes.core.db import db
from clinic_notes.core.permissions import Role


def open_clinic(*, name: str, time_zone: str, letterhead: str = "") -> Clinic:
    """Open a clinic and enter it: what follows in this transaction belongs to it."""
    clinic = Clinic(name=name, time_zone=time_zone, letterhead=letterhead)
    db.session.add(clinic)
    db.session.flush()
    tenancy.enter(clinic.id)
    audit.record("clinic.opened", clinic, by=None)
    return clinic


def admit_user(
    *, email: str, name: str, credentials: str, role: Role, password: str | None, by: User | None
) -> User:
    """Give a person an account in the clinic at work; without a password until she sets her own."""
    user = User(
        email=email.strip().lower(),
        name=name,
        credentials=credentials,
        role=role,
        password_hash=None if password is None else passwords.hash_password(password),
        created_at=clock.now(),
    )
    db.session.add(user)
    audit.record("user.admitted", user, by=by, role=role)
    return user


def start_browser_session(user: User) -> str:
    """Sign a browser in as this person; return the token for its cookie, of which only a hash stays."""
    token = secrets.token_urlsafe(32)
    now = clock.now()
    db.session.add(
        BrowserSession(token_hash=hashed(token), user_id=user.id, started_at=now, seen_at=now)
    )
    return token


def end_browser_session(token: str) -> None:
    """Sign the browser with this token out; its cookie, and every copy of it, is dead."""
    db.session.execute(
        update(BrowserSession)
        .where(BrowserSession.token_hash == hashed(token), BrowserSession.ended_at.is_(None))
        .values(ended_at=clock.now())
        .execution_options(synchronize_session=False)
    )


def hashed(token: str) -> str:
    """Return what is stored of a token: who reads the table cannot make the cookie."""
    return sha256(token.encode()).hexdigest()
