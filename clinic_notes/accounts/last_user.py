"""Whose browser session a cookie names, be it live, expired or signed out.

A form may be sent after its user was signed out, here or in another tab. Its text goes on only
with that user, so the cookie still says who that was; it signs nobody in.
"""

from typing import NamedTuple

import flask

from clinic_notes.accounts import queries
from clinic_notes.accounts.models import User

COOKIE_KEY = "_user_id"
SIGNED_OUT_KEY = "_signed_out"
CSRF_KEY = "csrf_token"


class LastUser(NamedTuple):
    """Who was signed in here last."""

    person: User
    is_named: bool
    """Whether a page may name them; not after they signed out."""


def cookie_token() -> str:
    """Return the token in this browser's cookie, "" without one."""
    token: str = flask.session.get(COOKIE_KEY, "")
    return token


def last_user() -> LastUser | None:
    """Return who was signed in last in this browser; None where nobody was, or they may not."""
    token = cookie_token() or flask.session.get(SIGNED_OUT_KEY, "")
    found = queries.session_owner(token) if token else None
    return LastUser(found.person, is_named=not found.is_ended) if found else None


def remember(token: str, csrf_token: str | None) -> None:
    """Keep, in the cookie of who signed out, the token that says who it was.

    The forms they left open keep their own token too, for as long as nobody else signs in.
    """
    flask.session[SIGNED_OUT_KEY] = token
    if csrf_token:
        flask.session[CSRF_KEY] = csrf_token
