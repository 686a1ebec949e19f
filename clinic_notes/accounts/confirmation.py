"""Confirming a person: a colleague vouches that the password of a link was set by its owner.

The administrator makes the link that sets a password, and could open it. So a password that was
set through one allows nothing until a colleague, with the person beside them, has typed the code
that only the person's own page shows.
"""

import hmac

from sqlalchemy import select

from clinic_notes.accounts.models import User
from clinic_notes.core import audit
from clinic_notes.core.db import db
from clinic_notes.core.permissions import Role


class WrongCode(Exception):
    """The code is not the one on the person's page."""


class NeedsColleague(Exception):
    """An administrator, who makes the links, or the person alone cannot confirm this account."""


def needs_colleague() -> bool:
    """Say whether the clinic has, or once had, a confirmed person besides its administrators.

    Before that there is nobody else to ask. An account that is switched off counts, so that
    switching accounts off opens no way round.
    """
    colleague = (
        select(User.id)
        .where(
            User.role != Role.ADMINISTRATOR,
            User.password_hash.is_not(None),
            User.confirmation_code.is_(None),
        )
        .limit(1)
    )
    return db.session.scalar(colleague) is not None


def confirm(person: User, *, code: str, by: User) -> None:
    """Confirm a person by the code on their page.

    Raises NeedsColleague where ``by`` may not, WrongCode for another code.
    """
    alone = by.role is Role.ADMINISTRATOR
    if person.id == by.id or (alone and needs_colleague()):
        raise NeedsColleague
    expected = person.confirmation_code
    if expected is None or not hmac.compare_digest(expected.encode(), code.strip().encode()):
        raise WrongCode
    person.confirmation_code = None
    audit.record("user.confirmed", person, by=by, by_administrator=alone)


def confirm_at_server(person: User) -> None:
    """Confirm a person from the command line, where a clinic has nobody left who could."""
    person.confirmation_code = None
    audit.record("user.confirmed", person, by=None, at_server=True)
