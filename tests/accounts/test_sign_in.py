"""Signing in and out: the row decides, not the cookie."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from clinic_notes.accounts import actions
from clinic_notes.accounts.models import BrowserSession, User
from clinic_notes.core import clock
from clinic_notes.core.audit import AuditEntry
from clinic_notes.core.db import db
from tests.accounts.conftest import ClientWith, fields_of, is_signed_in, sign_in
from tests.cast import PASSWORD, Cast
from tests.fixture_types import ClientFor

COOKIE = "clinic_notes"


def copied(client: FlaskClient) -> FlaskClient:
    """Return another browser with the same cookie, as a thief would have it."""
    cookie = client.get_cookie(COOKIE)
    assert cookie is not None
    thief = client.application.test_client()
    thief.set_cookie(COOKIE, cookie.value)
    return thief


def trail(acting_as: Callable[..., object], person: User) -> list[tuple[str, str, int | None]]:
    with acting_as(person):  # type: ignore[attr-defined]
        lines = select(AuditEntry).order_by(AuditEntry.number.desc())
        return [(line.action, line.subject, line.actor_id) for line in db.session.scalars(lines)]


def test_the_right_password_signs_in(app: Flask, cast: Cast) -> None:
    client = app.test_client()
    answer = sign_in(client, "maya@demo.clinic")
    assert (answer.status_code, answer.location) == (303, "/")
    assert is_signed_in(client)


def test_an_email_is_the_same_in_capitals(app: Flask, cast: Cast) -> None:
    assert sign_in(app.test_client(), " Maya@Demo.Clinic ").status_code == 303


def test_an_administrator_begins_with_her_people(app: Flask, cast: Cast) -> None:
    assert sign_in(app.test_client(), "root@demo.clinic").location == "/people"


def test_a_wrong_password_and_an_unknown_email_answer_the_same(app: Flask, cast: Cast) -> None:
    wrong = sign_in(app.test_client(), "maya@demo.clinic", "not her password")
    unknown = sign_in(app.test_client(), "nobody@demo.clinic", "not her password")
    assert wrong.status_code == unknown.status_code == 422
    assert _without_token(wrong.text).replace("maya@", "nobody@") == _without_token(unknown.text)
    assert "not right" in wrong.text
    assert "not her password" not in wrong.text


def _without_token(text: str) -> str:
    return re.sub(r'name="csrf_token"\s+value="[^"]*"', "", text)


def test_an_unknown_email_costs_a_hash_too(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    costs = []
    verify = "argon2.PasswordHasher.verify"
    monkeypatch.setattr(verify, lambda self, stored, typed: costs.append(stored.split("$")[3]))
    sign_in(app.test_client(), "maya@demo.clinic", "x")
    sign_in(app.test_client(), "nobody@demo.clinic", "x")
    assert costs == ["m=8,t=1,p=1"] * 2


def test_tries_and_sign_ins_are_in_the_trail_of_her_clinic(
    app: Flask, cast: Cast, acting_as: Callable[..., object]
) -> None:
    sign_in(app.test_client(), "maya@demo.clinic", "not her password")
    sign_in(app.test_client(), "maya@demo.clinic")
    assert trail(acting_as, cast.maya)[:2] == [
        ("user.signed_in", f"user:{cast.maya.id}", cast.maya.id),
        ("sign_in.refused", f"user:{cast.maya.id}", None),
    ]


def test_signing_in_gives_a_new_token_and_ends_the_old(app: Flask, cast: Cast) -> None:
    client = app.test_client()
    sign_in(client, "maya@demo.clinic")
    before = copied(client)
    sign_in(client, "maya@demo.clinic")
    assert is_signed_in(client)
    assert not is_signed_in(before)


def test_a_cookie_planted_before_the_sign_in_is_emptied(app: Flask, cast: Cast) -> None:
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = "planted"
        cookie["csrf_token"] = "planted"
    sign_in(client, "maya@demo.clinic")
    with client.session_transaction() as cookie:
        assert "planted" not in cookie.values()


def test_only_a_hash_of_the_token_is_kept(app: Flask, cast: Cast) -> None:
    with app.app_context():
        token = actions.start_browser_session(cast.maya)
        (row,) = db.session.new
        assert len(token) >= 43
        assert token not in vars(row).values()


def test_a_copied_cookie_is_dead_after_the_sign_out(cast: Cast, client_for: ClientFor) -> None:
    client = client_for(cast.maya)
    thief = copied(client)
    assert is_signed_in(thief)
    answer = client.post("/sign-out")
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert '"storage"' in answer.headers["Clear-Site-Data"]
    assert not is_signed_in(client)
    assert not is_signed_in(thief)


@pytest.mark.parametrize(
    ("minutes", "stays"), [(14, True), (16, False)], ids=["after 14 minutes", "after 16 minutes"]
)
def test_an_untouched_browser_is_signed_out(
    cast: Cast, client_for: ClientFor, minutes: int, stays: bool
) -> None:
    client = client_for(cast.maya)
    with time_machine.travel(clock.now() + timedelta(minutes=minutes)):
        assert is_signed_in(client) is stays


def test_looking_at_pages_is_use(cast: Cast, client_for: ClientFor) -> None:
    client, start = client_for(cast.maya), clock.now()
    for minutes in range(10, 60, 10):
        with time_machine.travel(start + timedelta(minutes=minutes)):
            assert is_signed_in(client)


def test_a_page_within_the_minute_writes_nothing(
    cast: Cast, client_for: ClientFor, count_statements: Callable[..., object]
) -> None:
    client = client_for(cast.maya)
    with count_statements() as sent:  # type: ignore[attr-defined]
        client.get("/sign-in")
    assert len([line for line in sent if not line.startswith("BEGIN")]) == 1
    with (
        time_machine.travel(clock.now() + timedelta(minutes=2)),
        count_statements() as sent,  # type: ignore[attr-defined]
    ):
        client.get("/sign-in")
    assert any(line.startswith("UPDATE browser_session") for line in sent)


def test_a_working_day_ends_in_any_case(app: Flask, cast: Cast, client_for: ClientFor) -> None:
    client, start = client_for(cast.maya), clock.now()
    with app.app_context():
        lasts = app.config["EXPIRES_AFTER"]
    for minutes in range(10, int(lasts.total_seconds() // 60), 10):
        with time_machine.travel(start + timedelta(minutes=minutes)):
            client.get("/sign-in")
    with time_machine.travel(start + lasts - timedelta(minutes=1)):
        assert is_signed_in(client)
    with time_machine.travel(start + lasts + timedelta(minutes=1)):
        assert not is_signed_in(client)


def test_a_page_read_while_the_row_ended_does_not_revive_it(app: Flask, cast: Cast) -> None:
    with app.test_request_context():
        token = actions.start_browser_session(cast.maya)
        db.session.flush()
        actions.end_browser_session(token)
        with time_machine.travel(clock.now() + timedelta(minutes=5)):
            actions.note_session_use(token)
        row = db.session.scalars(select(BrowserSession).order_by(BrowserSession.id.desc())).first()
        assert row is not None
        db.session.refresh(row)
        assert row.seen_at == row.started_at


def test_who_is_not_signed_in_comes_back_to_the_page_she_asked_for(app: Flask, cast: Cast) -> None:
    client = app.test_client()
    asked = client.get("/people?page=2")
    assert asked.location == "/sign-in?next=/people?page%3D2"
    way = fields_of(client.get(asked.location))["next"]
    assert sign_in(client, "root@demo.clinic", next=way).location == "/people?page=2"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/people",
        "//evil.example/people",
        "/\\evil.example",
        "/%09/evil.example",
        "javascript:alert(1)",
        "people",
        "/no-such-page",
        "/people\n",
        "/sign-out",
        "http:/people",
    ],
)
def test_a_way_back_leads_nowhere_else(app: Flask, cast: Cast, elsewhere: str) -> None:
    assert sign_in(app.test_client(), "root@demo.clinic", next=elsewhere).location == "/people"


def test_every_form_of_the_door_needs_its_token(client_with: ClientWith, cast: Cast) -> None:
    client = client_with(WTF_CSRF_ENABLED=True)
    assert sign_in(client, "maya@demo.clinic").status_code == 400
    token = fields_of(client.get("/sign-in"))["csrf_token"]
    assert sign_in(client, "maya@demo.clinic", csrf_token=token).status_code == 303
    assert client.post("/sign-out").status_code == 400
    assert is_signed_in(client)


def test_a_password_kept_at_an_older_cost_is_kept_anew(client_with: ClientWith, cast: Cast) -> None:
    client = client_with(PASSWORD_HASH={"time_cost": 2, "memory_cost": 16, "parallelism": 1})
    assert sign_in(client, "maya@demo.clinic").status_code == 303
    with client.application.app_context():
        kept = select(User.password_hash).where(User.email == "maya@demo.clinic")
        assert "m=16,t=2" in str(db.session.scalar(kept.execution_options(every_clinic=True)))
    assert sign_in(client, "maya@demo.clinic", PASSWORD).status_code == 303
