"""Signed out while typing: the same person goes on with every word; nobody else sees one."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from clinic_notes.accounts import actions
from clinic_notes.core import clock
from clinic_notes.core.transaction import one_transaction
from tests.accounts.conftest import ClientWith, fields_of, is_signed_in, sign_in
from tests.cast import PASSWORD, Cast
from tests.fixture_types import ClientFor

NAME = 'Anna "Ann" O\'Hara <b>'
TYPED = {
    "name": NAME,
    "email": "anna@demo.clinic",
    "credentials": "PT\nDPT",
    "role": "therapist",
    "once": "used",
}


@pytest.fixture
def browser_after_16_minutes(client_for: ClientFor, cast: Cast) -> Iterator[FlaskClient]:
    """The administrator's browser, a quarter of an hour too late."""
    client = client_for(cast.root)
    with time_machine.travel(clock.now() + timedelta(minutes=16)):
        yield client


def ask(client: FlaskClient) -> TestResponse:
    return client.post("/people/new", data={**TYPED, "password": "never carried"})


def again(client: FlaskClient, password: str = PASSWORD, **more: str) -> TestResponse:
    carried = fields_of(ask(client))
    return client.post("/sign-in/again", data={**carried, "password": password, **more})


def test_she_is_asked_in_place_and_no_word_is_shown(browser_after_16_minutes: FlaskClient) -> None:
    page = ask(browser_after_16_minutes)
    assert page.status_code == 401
    assert "You were signed out after 15 minutes. Nothing is lost." in page.text
    carried = fields_of(page)
    assert carried["email"] == "root@demo.clinic"
    assert carried["carried-name"] == NAME
    assert carried["path"] == "/people/new"
    assert {"carried-once", "carried-csrf_token", "carried-password"}.isdisjoint(carried)


def test_the_same_person_goes_on_with_every_word(browser_after_16_minutes: FlaskClient) -> None:
    page = again(browser_after_16_minutes)
    assert page.status_code == 200
    assert "Continue where you were" in page.text
    assert 'action="/people/new"' in page.text
    fields = fields_of(page)
    assert {name: fields[name] for name in TYPED if name != "once"} == {
        name: text for name, text in TYPED.items() if name != "once"
    }
    assert fields["once"] not in ("", "used")
    assert (
        browser_after_16_minutes.post(
            "/people/new", data={**fields, "credentials": "PT"}
        ).status_code
        == 303
    )


def test_a_wrong_password_keeps_the_text_for_the_next_try(
    browser_after_16_minutes: FlaskClient,
) -> None:
    page = again(browser_after_16_minutes, "not her password")
    assert page.status_code == 422
    assert "The password is not right." in page.text
    assert fields_of(page)["carried-name"] == NAME
    assert not is_signed_in(browser_after_16_minutes)


def test_another_person_is_refused_and_sees_nothing(
    browser_after_16_minutes: FlaskClient, cast: Cast
) -> None:
    page = again(browser_after_16_minutes, email="lena@demo.clinic")
    assert page.status_code == 403
    assert "O&#39;Hara" not in page.text
    assert "anna@demo.clinic" not in page.text
    assert not is_signed_in(browser_after_16_minutes)


def test_who_signed_in_meanwhile_sees_nothing(
    browser_after_16_minutes: FlaskClient, cast: Cast
) -> None:
    carried = fields_of(ask(browser_after_16_minutes))
    sign_in(browser_after_16_minutes, "lena@demo.clinic")
    page = browser_after_16_minutes.post("/sign-in/again", data={**carried, "password": PASSWORD})
    assert page.status_code == 403
    assert "anna@demo.clinic" not in page.text


@pytest.mark.parametrize(
    "path",
    ["https://evil.example/", "//evil.example", "/people", "/sign-in", "/sign-out", "", "/x"],
)
def test_a_form_is_carried_to_pages_of_ours_only(
    browser_after_16_minutes: FlaskClient, path: str
) -> None:
    assert again(browser_after_16_minutes, path=path).status_code == 400


def test_after_a_sign_out_nobody_is_asked_by_name(cast: Cast, client_for: ClientFor) -> None:
    client = client_for(cast.root)
    with client.session_transaction() as cookie:
        token = cookie["_user_id"]
    with client.application.app_context(), one_transaction():
        actions.end_browser_session(token)
    page = ask(client)
    assert page.status_code == 401
    assert "root@demo.clinic" not in page.text
    assert "anna@demo.clinic" in page.text, "What was typed is still on the page."


def test_a_page_asked_for_too_late_leads_to_the_sign_in(
    browser_after_16_minutes: FlaskClient,
) -> None:
    assert browser_after_16_minutes.get("/people").location == "/sign-in?next=/people"


def test_an_old_sign_in_page_signs_out_too(
    browser_after_16_minutes: FlaskClient, app: Flask
) -> None:
    assert browser_after_16_minutes.post("/sign-out").status_code == 303


def test_the_tokens_of_each_page_are_good_for_the_next(client_with: ClientWith, cast: Cast) -> None:
    client = client_with(WTF_CSRF_ENABLED=True)
    token = fields_of(client.get("/sign-in"))["csrf_token"]
    sign_in(client, "root@demo.clinic", csrf_token=token)
    typed = {**TYPED, "credentials": "PT", **_token(client.get("/people/new"))}
    with time_machine.travel(clock.now() + timedelta(minutes=16)):
        carried = fields_of(client.post("/people/new", data=typed))
        outdated = {**carried, "password": PASSWORD, "csrf_token": "from a tab long ago"}
        refused = client.post("/sign-in/again", data=outdated)
        assert refused.status_code == 422
        assert fields_of(refused)["carried-name"] == NAME
        accepted = client.post(
            "/sign-in/again", data={**carried, "password": PASSWORD, **_token(refused)}
        )
        assert accepted.status_code == 200
        arrived = client.post("/people/new", data=fields_of(accepted))
        assert arrived.status_code == 303


def _token(page: TestResponse) -> dict[str, str]:
    return {"csrf_token": fields_of(page)["csrf_token"]}


def left_open(client: FlaskClient, address: str = "/people/new") -> dict[str, str]:
    """Return a form that is open in one tab while somebody signs out in another."""
    typed = {**TYPED, "credentials": "PT", "once": "", **_token(client.get(address))}
    assert client.post("/sign-out", data=_token(client.get(address))).status_code == 303
    return typed


@pytest.fixture
def root_browser(client_with: ClientWith, cast: Cast) -> FlaskClient:
    """The administrator's browser, at an application that checks CSRF tokens."""
    client = client_with(WTF_CSRF_ENABLED=True)
    token = fields_of(client.get("/sign-in"))["csrf_token"]
    assert sign_in(client, "root@demo.clinic", csrf_token=token).status_code == 303
    return client


def test_signed_out_in_another_tab_she_signs_in_again_and_goes_on_with_every_word(
    root_browser: FlaskClient,
) -> None:
    asked = root_browser.post("/people/new", data=left_open(root_browser))
    assert asked.status_code == 401
    assert "perhaps in another tab" in asked.text
    for name in ("root@demo.clinic", "Robin Root"):
        assert name not in asked.text, "Who sits here now may be somebody else."
    own = {"email": "root@demo.clinic", "password": PASSWORD}
    again = root_browser.post("/sign-in/again", data=fields_of(asked) | own)
    assert again.status_code == 200
    fields = fields_of(again)
    assert (fields["name"], fields["credentials"]) == (NAME, "PT")
    assert root_browser.post("/people/new", data=fields).status_code == 303


def test_a_wrong_e_mail_after_a_sign_out_costs_no_word(root_browser: FlaskClient) -> None:
    asked = fields_of(root_browser.post("/people/new", data=left_open(root_browser)))
    for email, password in (
        ("rot@demo.clinic", PASSWORD),
        ("root@demo.clinic", "not hers"),
        ("lena@demo.clinic", PASSWORD),
    ):
        page = root_browser.post(
            "/sign-in/again", data=asked | {"email": email, "password": password}
        )
        assert page.status_code == 422
        assert "E-mail or password is not right." in page.text
        assert fields_of(page)["carried-name"] == NAME
        assert not is_signed_in(root_browser)


def test_who_is_back_in_another_tab_can_save_what_was_left_open(root_browser: FlaskClient) -> None:
    typed = left_open(root_browser)
    token = _token(root_browser.get("/sign-in"))
    assert sign_in(root_browser, "root@demo.clinic", **token).status_code == 303
    assert root_browser.post("/people/new", data=typed).status_code == 303


def test_somebody_else_who_signs_in_cannot_send_what_was_left_open(
    root_browser: FlaskClient,
) -> None:
    typed = left_open(root_browser)
    token = _token(root_browser.get("/sign-in"))
    assert sign_in(root_browser, "maya@demo.clinic", **token).status_code == 303
    page = root_browser.post("/people/new", data=typed)
    assert page.status_code == 400
    assert "Copy what stands below" in page.text
