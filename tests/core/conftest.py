"""Views made for one test, behind the real guard and over the same store."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Blueprint, Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

import clinic_notes.app
from clinic_notes.accounts.models import User
from clinic_notes.core.db import db
from tests.core.sample_form import SampleForm
from tests.fixture_types import ClientFor
from tests.stores import Store

AppWith = Callable[..., Flask]
ClientOf = Callable[[Flask, User], FlaskClient]


@pytest.fixture
def app_with(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppWith]:
    """Return the application with one more feature, and other settings where given."""
    built: list[Flask] = []

    def build(pages: Blueprint, **settings: object) -> Flask:
        features = (*clinic_notes.app.FEATURES, SimpleNamespace(blueprint=pages))
        usual = store.settings(WTF_CSRF_ENABLED=False)
        with monkeypatch.context() as patch:
            patch.setattr(clinic_notes.app, "FEATURES", features)
            built.append(clinic_notes.app.create_app(usual | settings))
        return built[-1]

    yield build
    for app in built:
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def client_of(client_for: ClientFor) -> ClientOf:
    """Return a person's client of another application, signed in there as well."""

    def at(app: Flask, person: User) -> FlaskClient:
        cookie = client_for(person).get_cookie("clinic_notes")
        assert cookie is not None
        client = app.test_client()
        client.set_cookie(cookie.key, cookie.value)
        return client

    return at


@pytest.fixture
def sample_form() -> Any:
    """Return a form as it comes in, the required name filled."""
    app = Flask("forms")
    app.config.update(SECRET_KEY="forms", WTF_CSRF_ENABLED=False)

    def sent(**typed: Any) -> SampleForm:
        return SampleForm(formdata=MultiDict({"name": "Rosa", **typed}))

    with app.test_request_context("/", method="POST"):
        yield sent
