"""Actions on clinics, users, browser sessions and invitations."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, update
from sqlalchemy.dialects import postgresql, sqlite

from clinic_notes.accounts import passwords
from clinic_notes.accounts.models import BrowserSession, Clinic, Invitation, RefusedTries, User
from clinic_notes.accounts.tokens import PERSON, account_counter, hashed, new_code, new_token
from clinic_notes.core import audit, clock, tenancy
from clinic_notes.core.db import db
from clinic_notes.core.permissions import Role
from clinic_notes.core.signals import account_disabled

INVITATION_LASTS = timedelta(hours=72)


class InvitationUsed(Exception):
    """The invitation was used already: it is valid once."""


class OwnAccount(Exception):
    """A user cannot switch off their own account: the clinic could be left without one."""


class NoTherapist(Exception):
    """Only a therapist is named clinical lead."""


def open_clinic(*, name: str, time_zone: str, letterhead: str = "") -> Clinic:
    """Create a clinic; what follows in this transaction belongs to it."""
    clinic = Clinic(name=name, time_zone=time_zone, letterhead=letterhead)
    db.session.add(clinic)
    db.session.flush()
    tenancy.set_clinic(clinic.id)
    audit.record("clinic.opened", clinic, by=None)
    return clinic


def add_user(
    *, email: str, name: str, credentials: str, role: Role, password: str | None, by: User | None
) -> User:
    """Add a user to the current clinic; without a password until they set one by a link."""
    user = User(
        email=email.strip().lower(),
        name=name,
        credentials=credentials,
        role=role,
        password_hash=None if password is None else passwords.hash_password(password),
        password_set_at=None if password is None else clock.now(),
        created_at=clock.now(),
    )
    db.session.add(user)
    db.session.flush()
    audit.record("user.added", user, by=by, role=role)
    return user


def disable_user(user: User, *, by: User) -> tuple[str, ...]:
    """Switch an account off and sign its browsers out; return what the user leaves open, in words.

    Raises OwnAccount for the user's own.
    """
    if user.id == by.id:
        raise OwnAccount
    user.enabled = False
    _end(BrowserSession.user_id == user.id)
    audit.record("user.disabled", user, by=by)
    return tuple(words for _, words in account_disabled.send(user) if words)


def enable_user(user: User, *, by: User) -> None:
    """Switch an account on again, with the password it had."""
    user.enabled = True
    audit.record("user.enabled", user, by=by)


def name_clinical_lead(user: User, *, by: User) -> None:
    """Let a therapist decide on the clinic's policy. Raises NoTherapist for another role."""
    if user.role is not Role.THERAPIST:
        raise NoTherapist
    user.is_clinical_lead = True
    audit.record("user.named_clinical_lead", user, by=by)


def end_clinical_lead(user: User, *, by: User) -> None:
    """Take the decision on the clinic's policy from a user again; what they decided stays."""
    user.is_clinical_lead = False
    audit.record("user.ended_clinical_lead", user, by=by)


def sign_in(user: User, *, password: str) -> str:
    """Sign a user in with the password just checked; return the browser session's token."""
    tenancy.set_clinic(user.clinic_id)
    if passwords.is_outdated(user):
        user.password_hash = passwords.hash_password(password)
    audit.record("user.signed_in", user, by=user)
    return start_browser_session(user)


def refuse_sign_in(user: User) -> None:
    """Record in the user's clinic that a sign-in as them was refused."""
    tenancy.set_clinic(user.clinic_id)
    audit.record("sign_in.refused", user, by=None)


def count_failure(counters: Mapping[str, timedelta]) -> None:
    """Count one wrong password under each counter, for the time given with it."""
    now = clock.now()
    # Expired counters are deleted, so they start again, and the table stays small.
    over = delete(RefusedTries).where(RefusedTries.until <= now)
    db.session.execute(over.execution_options(synchronize_session=False))
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    counted = insert(RefusedTries).values(
        [{"counter": name, "tries": 1, "until": now + lasts} for name, lasts in counters.items()]
    )
    db.session.execute(
        counted.on_conflict_do_update(
            index_elements=["counter"], set_={"tries": RefusedTries.tries + 1}
        )
    )


def _forget_failures(user: User) -> None:
    """Clear the counts of wrong passwords for an account whose password is new."""
    counters = (account_counter(user.email), f"{PERSON}{user.id}")
    over = delete(RefusedTries).where(RefusedTries.counter.in_(counters))
    db.session.execute(over.execution_options(synchronize_session=False))


def start_browser_session(user: User) -> str:
    """Start a browser session; return its token, of which only a hash is stored."""
    token, now = new_token(), clock.now()
    db.session.add(
        BrowserSession(token_hash=hashed(token), user_id=user.id, started_at=now, seen_at=now)
    )
    return token


def lock_browser_session(token: str, *, kiosk_id: int) -> None:
    """Lock the browser session of this token to a kiosk: it opens nothing else."""
    _change_session(token, kiosk_id=kiosk_id)


def unlock_browser_session(token: str) -> None:
    """Unlock the browser session of this token; its user has just given their password."""
    _change_session(token, kiosk_id=None, seen_at=clock.now())


def _change_session(token: str, **values: Any) -> None:
    db.session.execute(
        update(BrowserSession)
        .where(BrowserSession.token_hash == hashed(token), BrowserSession.ended_at.is_(None))
        .values(**values)
        .execution_options(synchronize_session=False)
    )


def note_session_use(token: str) -> None:
    """Record that the browser session was used just now."""
    db.session.execute(
        update(BrowserSession)
        .where(BrowserSession.token_hash == hashed(token), BrowserSession.ended_at.is_(None))
        .values(seen_at=clock.now())
        .execution_options(synchronize_session=False)
    )


def end_browser_session(token: str) -> None:
    """End the browser session with this token: its cookie, and every copy of it, is invalid."""
    _end(BrowserSession.token_hash == hashed(token))


def invite(user: User, *, by: User) -> str:
    """Return the token of a one-time link with which this user sets a password.

    It is valid for 72 hours and replaces every earlier link of this user.
    """
    _withdraw(Invitation.user_id == user.id)
    audit.record("user.invited", user, by=by)
    return _new_invitation(user.id, made_by_id=by.id)


def accept_invitation(invitation: Invitation, user: User, *, password: str) -> None:
    """Set the invited user's password, and end all their browser sessions.

    Whoever had the link may have done it: a colleague has to confirm the person (confirmation.py).
    """
    tenancy.set_clinic(user.clinic_id)
    _use(invitation)
    _set_password(user, password)
    user.confirmation_code = new_code()
    _end(BrowserSession.user_id == user.id)
    _forget_failures(user)
    audit.record("invitation.accepted", user, by=user)


def change_password(user: User, *, password: str, token: str) -> None:
    """Set the user's own new password, and end all their browser sessions but this token's."""
    _set_password(user, password)
    end_other_browser_sessions(user, token=token)
    audit.record("password.changed", user, by=user)


def end_other_browser_sessions(user: User, *, token: str) -> None:
    """Sign the user out in every browser but the one with this token."""
    _end(BrowserSession.user_id == user.id, BrowserSession.token_hash != hashed(token))
    audit.record("browsers.signed_out", user, by=user)


def _set_password(user: User, password: str) -> None:
    user.password_hash = passwords.hash_password(password)
    user.password_set_at = clock.now()


def offer_setup() -> str:
    """Return the token of the only valid one-time link that sets up an empty installation."""
    _withdraw(Invitation.user_id.is_(None))
    return _new_invitation(None, made_by_id=None)


def accept_setup(invitation: Invitation) -> None:
    """Mark the set-up link as used; the clinic is created in the same transaction."""
    _use(invitation)


def _new_invitation(user_id: int | None, *, made_by_id: int | None) -> str:
    token = new_token()
    db.session.add(
        Invitation(
            token_hash=hashed(token),
            user_id=user_id,
            made_by_id=made_by_id,
            expires_at=clock.now() + INVITATION_LASTS,
        )
    )
    return token


def _use(invitation: Invitation) -> None:
    # Of two clicks at once only one updates the row: what was read before does not decide.
    used = db.session.scalar(
        update(Invitation)
        .where(Invitation.id == invitation.id, Invitation.used_at.is_(None))
        .values(used_at=clock.now())
        .returning(Invitation.id)
        .execution_options(synchronize_session=False)
    )
    if used is None:
        raise InvitationUsed


def _withdraw(which: ColumnElement[bool]) -> None:
    db.session.execute(
        update(Invitation)
        .where(which, Invitation.used_at.is_(None))
        .values(used_at=clock.now())
        .execution_options(synchronize_session=False)
    )


def _end(*which: ColumnElement[bool]) -> None:
    db.session.execute(
        update(BrowserSession)
        .where(*which, BrowserSession.ended_at.is_(None))
        .values(ended_at=clock.now())
        .execution_options(synchronize_session=False)
    )
