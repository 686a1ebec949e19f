"""Clients of other applications over the same store: with CSRF tokens, with limits on guesses."""

from collections.abc import Callable, Iterator

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from clinic_notes import create_app
from clinic_notes.core.db import db
from tests.cast import PASSWORD
from tests.html_page import Page
from tests.stores import Store

ClientWith = Callable[..., FlaskClient]


@pytest.fixture
def client_with(store: Store) -> Iterator[ClientWith]:
    """Return a browser at an application of its own over the same store, set otherwise."""
    made = []

    def opened(**settings: object) -> FlaskClient:
        usual = store.settings(PROPAGATE_EXCEPTIONS=None, WTF_CSRF_ENABLED=False)
        made.append(create_app(usual | settings))
        return made[-1].test_client()

    yield opened
    for app in made:
        with app.app_context():
            db.engine.dispose()


def sign_in(client: FlaskClient, email: str, password: str = PASSWORD, **more: str) -> TestResponse:
    """Fill the sign-in page in."""
    return client.post("/sign-in", data={"email": email, "password": password, **more})


def is_signed_in(client: FlaskClient) -> bool:
    """Say whether the server knows this browser: its sign-in page then leads straight on."""
    return client.get("/sign-in").status_code == 302


def fields_of(page: TestResponse) -> dict[str, str]:
    """Return the hidden and filled fields of the forms on a page."""
    return Page(page).sent.to_dict()
