"""Who is signed in: a token in the cookie, everything else in a row that can be ended.

A cookie by itself proves nothing: the row it names must be live, used within the
last quarter of an hour, begun within the working day, and of an account that is on.

A look at a page is use too, but a GET is a reading transaction and stays one. So that a
browser session was used is noted after the answer, in a transaction of its own, at most
once a minute.
"""

from datetime import timedelta

import flask
from flask import Flask, Response, current_app
from flask_login import LoginManager
from sqlalchemy.exc import SQLAlchemyError

from clinic_notes.accounts import actions, passwords, queries, reauthenticate
from clinic_notes.accounts.models import User
from clinic_notes.core import clock
from clinic_notes.core.transaction import one_transaction

COOKIE_KEY = "_user_id"
NOTED_EVERY = timedelta(minutes=1)


def init_app(app: Flask) -> None:
    """Tell Flask-Login how a person is found, and what to do where nobody is."""
    manager = LoginManager(app)
    # Its own protection binds a cookie to an address and a browser's name; ours is the row.
    manager.session_protection = None
    manager.user_loader(_load)
    manager.unauthorized_handler(reauthenticate.ask_to_sign_in)
    app.after_request(_note_use)


def try_password(email: str, password: str) -> User | None:
    """Sign this browser in where the password is right; None, and a line in the trail, if not.

    The account is read in a transaction of its own: computing a hash is slow on purpose,
    and must not hold up the embedded store's one writer.
    """
    with one_transaction(for_writing=False):
        person = queries.user_by_email(email)
    is_right = passwords.is_password(person, password)
    if person is None:
        return None
    if not is_right:
        actions.refuse_sign_in(person)
        return None
    remember(actions.sign_in(person, password=password))
    return person


def cookie_token() -> str:
    """Return the token this browser brought, or "" where it has none."""
    token: str = flask.session.get(COOKIE_KEY, "")
    return token


def remember(token: str) -> None:
    """Put a new token in the browser's cookie and nothing else: what was in it is gone."""
    forget()
    flask.session[COOKIE_KEY] = token


def forget() -> None:
    """End this browser's session, if it has one, and empty its cookie."""
    if cookie_token():
        actions.end_browser_session(cookie_token())
    flask.session.clear()
    # Made for the cookie just emptied: a form on this very page needs one for the next.
    flask.g.pop("csrf_token", None)


def _load(token: str) -> User | None:
    now, config = clock.now(), current_app.config
    found = queries.live_session(
        token,
        seen_since=now - config["IDLE_AFTER"],
        started_since=now - config["EXPIRES_AFTER"],
    )
    if found is None:
        return None
    person, flask.g.seen_at, flask.g.refused_tries = found
    return person


def _note_use(response: Response) -> Response:
    seen_at = flask.g.get("seen_at")
    if seen_at is not None and clock.now() - seen_at >= NOTED_EVERY and cookie_token():
        try:
            with one_transaction():
                actions.keep_browser_session(cookie_token())
        except SQLAlchemyError as error:
            # The answer stands; what was lost is one minute of the quarter hour.
            current_app.logger.warning("Use was not noted: %s", type(error).__name__)
    return response
