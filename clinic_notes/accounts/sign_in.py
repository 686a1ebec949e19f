"""Browser sessions: signing in, loading the user, signing out.

The cookie holds a token, the store a row that can be ended. The row must be live, used within the
last quarter of an hour, begun within the working day, and of an enabled account.

Opening a page counts as use, but a GET only reads. So the time of use is written after the
response, in a transaction of its own, at most once a minute.
"""

from datetime import timedelta

import flask
from flask import Flask, Response, current_app
from flask_login import LoginManager
from sqlalchemy.exc import SQLAlchemyError

from clinic_notes.accounts import actions, passwords, queries, reauthenticate
from clinic_notes.accounts.last_user import (
    COOKIE_KEY,
    CSRF_KEY,
    cookie_token,
    last_user,
    remember,
)
from clinic_notes.accounts.models import User
from clinic_notes.core import clock
from clinic_notes.core.transaction import one_transaction

NOTED_EVERY = timedelta(minutes=1)


def init_app(app: Flask) -> None:
    """Tell Flask-Login how to load a user, and what to do without one."""
    manager = LoginManager(app)
    # Its own protection ties a cookie to an address and a browser's name; ours is the row.
    manager.session_protection = None
    manager.user_loader(_load)
    manager.unauthorized_handler(reauthenticate.ask_to_sign_in)
    app.after_request(_note_use)


def try_password(email: str, password: str) -> User | None:
    """Sign this browser in if the password is right; else return None.

    The account is read in a transaction of its own: computing a hash is slow on purpose, and must
    not block the embedded store's only writer.
    """
    with one_transaction(for_writing=False):
        person = queries.user_by_email(email)
    is_right = passwords.is_password(person, password)
    if person is None:
        return None
    if not is_right:
        # Entered with the count, after the answer is made: it takes as long for an unknown e-mail.
        flask.g.refused_person = person
        return None
    set_token(actions.sign_in(person, password=password), person)
    return person


def set_token(token: str, person: User) -> None:
    """Put a new token in the browser's cookie, and drop everything else in it.

    What the same user has open in another tab can still be sent; anybody else's cannot.
    """
    before = last_user()
    is_same = before is not None and before.person.id == person.id
    csrf_token = flask.session.get(CSRF_KEY) if is_same else None
    end_session()
    flask.session[COOKIE_KEY] = token
    if csrf_token:
        flask.session[CSRF_KEY] = csrf_token


def sign_out() -> None:
    """End this browser's session; its open forms can go on once the same user is back."""
    token, csrf_token = cookie_token(), flask.session.get(CSRF_KEY)
    end_session()
    if token:
        remember(token, csrf_token)


def end_session() -> None:
    """End this browser's session, if it has one, and empty its cookie."""
    if cookie_token():
        actions.end_browser_session(cookie_token())
    flask.session.clear()
    # It was made for the old cookie; a form on this response needs one for the new.
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
    person, flask.g.seen_at, flask.g.refused_tries, kiosk_id = found
    if kiosk_id is not None:
        flask.g.kiosk_id, flask.g.locked_to = kiosk_id, flask.url_for("charting.kiosk")
    return person


def _is_by_a_person(response: Response) -> bool:
    """Say whether somebody did something: not a script's own timer, nor what it was refused."""
    if not reauthenticate.is_script():
        return True
    return response.status_code < 400 and "X-By-Timer" not in flask.request.headers


def _note_use(response: Response) -> Response:
    seen_at = flask.g.get("seen_at")
    is_due = seen_at is not None and clock.now() - seen_at >= NOTED_EVERY
    if is_due and cookie_token() and _is_by_a_person(response):
        try:
            with one_transaction():
                actions.note_session_use(cookie_token())
        except SQLAlchemyError as error:
            # The response is sent all the same: only one minute of use was not recorded.
            current_app.logger.warning("Use was not noted: %s", type(error).__name__)
    return response
