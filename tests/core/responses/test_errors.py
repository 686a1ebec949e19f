"""Every failure is a page of ours: nothing lost, nothing told that is not the reader's."""

import logging
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Blueprint, Flask, abort, request
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError

from clinic_notes.core.access import SIGNED_IN, needs
from clinic_notes.core.db import db
from clinic_notes.core.lookup import RowGone
from tests.cast import Cast
from tests.core.conftest import AppWith, ClientOf
from tests.fixture_types import ClientFor

TYPED = {"story": "Rosa says: <b>8 of 10</b>", "password": "do not show me", "once": "t0ken"}


@pytest.fixture
def page_that(app_with: AppWith, client_of: ClientOf, cast: Cast) -> Callable[..., FlaskClient]:
    """Return Maya's browser, before a page that does this."""

    def build(act: Callable[[], Any], **settings: object) -> FlaskClient:
        pages = Blueprint("extra", __name__)
        pages.add_url_rule(
            "/extra", "page", needs(SIGNED_IN)(lambda: act()), methods=["GET", "POST"]
        )
        return client_of(app_with(pages, **settings), cast.maya)

    return build


def failing(error: Exception) -> Callable[[], Any]:
    def act() -> Any:
        raise error

    return act


CODES = [400, 401, 403, 404, 405, 409, 413, 418, 429]


@pytest.mark.parametrize("code", CODES)
def test_a_refusal_is_a_page_with_what_was_typed(
    code: int, page_that: Callable[..., FlaskClient]
) -> None:
    answer = page_that(lambda: abort(code)).post("/extra", data=TYPED)
    assert answer.status_code == code
    assert "<main" in answer.text
    assert "Rosa says: &lt;b&gt;8 of 10&lt;/b&gt;" in answer.text
    assert "do not show me" not in answer.text
    assert "t0ken" not in answer.text


def test_an_address_nobody_has_is_the_same_page_signed_in_or_not(
    client_for: ClientFor, app: Flask, cast: Cast
) -> None:
    for client in (client_for(cast.maya), app.test_client()):
        answer = client.get("/no/such/page")
        assert (answer.status_code, "<main" in answer.text) == (404, True)


@pytest.mark.parametrize("number", [2**31 - 1, 2**31, 10**30], ids=["last", "beyond", "far beyond"])
def test_a_number_no_record_can_have_is_just_not_found(
    number: int, client_for: ClientFor, cast: Cast
) -> None:
    assert client_for(cast.maya).get(f"/visits/{number}").status_code == 404


def test_a_method_no_page_answers(client_for: ClientFor, cast: Cast) -> None:
    answer = client_for(cast.maya).put("/patients")
    assert (answer.status_code, "<main" in answer.text) == (405, True)
    assert "POST" in answer.headers["Allow"]


@pytest.mark.parametrize("header", [None, "the wrong one"])
def test_a_form_without_our_token_does_nothing_and_keeps_the_text(
    header: str | None, page_that: Callable[..., FlaskClient]
) -> None:
    done: list[str] = []
    client = page_that(lambda: done.append("done") or "done", WTF_CSRF_ENABLED=True)
    answer = client.post("/extra", data=TYPED | ({"csrf_token": header} if header else {}))
    assert (answer.status_code, done) == (400, [])
    assert "8 of 10" in answer.text


def test_five_megabytes_are_refused(page_that: Callable[..., FlaskClient]) -> None:
    client = page_that(lambda: request.form.get("story", ""))
    answer = client.post("/extra", data={"story": "x" * (5 * 1024 * 1024)})
    assert (answer.status_code, "<main" in answer.text) == (413, True)


def test_any_other_failure_bears_a_number_and_tells_nothing(
    page_that: Callable[..., FlaskClient], caplog: pytest.LogCaptureFixture
) -> None:
    client = page_that(failing(LookupError("Rosa Delgado, born 1979-03-14")))
    with caplog.at_level(logging.DEBUG):
        answer = client.post("/extra", data=TYPED)
    assert answer.status_code == 500
    found = re.search(r"\b[0-9A-F]{8}\b", answer.text)
    assert found
    assert f"{found[0]} LookupError at " in caplog.text
    assert "test_errors.py:" in caplog.text
    for secret in ("Delgado", "1979", "8 of 10", "do not show me"):
        assert secret not in caplog.text
    for secret in ("Delgado", "1979-03-14", "LookupError", "Traceback", ".py"):
        assert secret not in answer.text
    assert "8 of 10" in answer.text


def test_a_failed_statement_does_not_tell_its_values(
    page_that: Callable[..., FlaskClient], caplog: pytest.LogCaptureFixture
) -> None:
    def act() -> None:
        db.session.execute(text("SELECT :name / nothing"), {"name": "Delgado"})

    with caplog.at_level(logging.DEBUG):
        answer = page_that(act).post("/extra", data=TYPED)
    assert answer.status_code >= 500
    assert "Delgado" not in caplog.text + answer.text


GONE = [
    OperationalError("SELECT", {"name": "Delgado"}, Exception("gone")),
    PoolTimeout("no connection left"),
]


@pytest.mark.parametrize("error", GONE, ids=["lost", "none free"])
def test_a_store_that_does_not_answer_is_a_503_with_the_text(
    error: Exception, page_that: Callable[..., FlaskClient], caplog: pytest.LogCaptureFixture
) -> None:
    answer = page_that(failing(error)).post("/extra", data=TYPED)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "8 of 10" in answer.text
    assert "Delgado" not in caplog.text


def test_a_store_gone_before_anybody_is_known_is_a_503_too(
    client_for: ClientFor, cast: Cast, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_for(cast.maya)

    def add_error(*anything: object, **named: object) -> None:
        raise OperationalError("connect", {}, Exception("refused"))

    with app.app_context():
        engine = db.engine
    with monkeypatch.context() as patch:
        patch.setattr(engine, "raw_connection", add_error)
        patch.setattr(engine, "connect", add_error)
        answer = client.post("/patients", data={"text": "Delg"})
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        assert "Delg" in answer.text
        assert client.get("/healthz").status_code == 200
        assert client.get("/readyz").status_code == 503
    # It comes back by itself, without a restart.
    assert client.get("/readyz").status_code == 200


CHANGED = [
    StaleDataError("1 row expected, 0 matched"),
    RowGone("Row 7 is not on this record."),
    IntegrityError("INSERT", {"name": "Delgado"}, Exception("UNIQUE")),
]


@pytest.mark.parametrize("error", CHANGED, ids=["another version", "another's row", "taken"])
def test_a_record_changed_meanwhile_is_a_409_with_the_text(
    error: Exception, page_that: Callable[..., FlaskClient], caplog: pytest.LogCaptureFixture
) -> None:
    answer = page_that(failing(error)).post("/extra", data=TYPED)
    assert answer.status_code == 409
    assert "8 of 10" in answer.text
    assert "Delgado" not in caplog.text
