"""Who is signed in: a token in the cookie, everything else in a row that can be ended.

A cookie by itself proves nothing: the row it names must be live, used within the
last quarter of an hour, begun within the working day, and of an account that is on.
"""

import flask
from flask import Flask, current_app
from flask_login import LoginManager

from clinic_notes.accounts import queries
from clinic_notes.accounts.models import User
from clinic_notes.core import clock
from clinic_notes.core.db import db

TOKEN = "_user_id"  # noqa: S105 - the name Flask-Login has for it in the cookie.


def init_app(app: Flask) -> None:
    """Tell Flask-Login how a person is found."""
    manager = LoginManager(app)
    # Its own protection binds a cookie to an address and a browser's name; ours is the row.
    manager.session_protection = None
    manager.user_loader(_load)


def _load(token: str) -> User | None:
    now = clock.now()
    config = current_app.config
    found = queries.live_browser_session(
        token,
        seen_since=now - config["IDLE_AFTER"],
        started_since=now - config["EXPIRES_AFTER"],
    )
    if found is None:
        return None
    flask.g.seen_at = found.seen_at
    # Read once and set apart: after a rollback the page of the refusal still knows who asked.
    person = found.user
    for row in (found, person, person.clinic):
        db.session.expunge(row)
    return person
