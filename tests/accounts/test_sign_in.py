"""Signing in and out: the row decides, not the cookie."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from flask import Flask
from flask.testing import FlaskClient
from flask_login import current_user

from clinic_notes.accounts.models import User
from tests.cast import Cast


def person_in(app: Flask, client: FlaskClient) -> str | None:
    """The e-mail the server sees behind this browser, or None."""
    with client.session_transaction() as cookie:
        kept = dict(cookie)
    with app.test_request_context("/"):
        from flask import session

        session.update(kept)
        return current_user.email if current_user.is_authenticated else None


def test_a_signed_in_browser_is_its_person(
    app: Flask, cast: Cast, client_for: Callable[[User], FlaskClient]
) -> None:
    assert person_in(app, client_for(cast.maya)) == "maya@demo.clinic"
