"""The same form sent twice makes one record and gets the same answer."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from clinic_notes.accounts.models import User
from clinic_notes.core import idempotency
from clinic_notes.core.db import db
from clinic_notes.equipment.models import Instrument
from tests.cast import Cast
from tests.factories import make_instrument
from tests.fixture_types import ActingAs, ClientFor
from tests.html_page import Page

TOOL = {"name": "GT3", "material": "polymer", "once": "shown once"}


def tools(acting_as: ActingAs, person: User) -> int:
    with acting_as(person):
        return db.session.scalar(select(func.count(Instrument.id))) or 0


def send(client: FlaskClient, **changes: str) -> tuple[int, str | None]:
    answer = client.post("/equipment/instruments/new", data=TOOL | changes)
    return answer.status_code, answer.location


def test_a_form_sent_again_makes_no_second_record(
    client_for: ClientFor, acting_as: ActingAs, cast: Cast
) -> None:
    client = client_for(cast.maya)
    first, again = send(client), send(client, meter="2", revision="7")
    assert first == again == (303, "/equipment/instruments")
    assert tools(acting_as, cast.maya) == 1


@pytest.mark.parametrize("was_sent_before", [False, True], ids=["at once", "after adding a row"])
def test_twenty_at_the_same_moment_make_one_record(
    was_sent_before: bool, client_for: ClientFor, acting_as: ActingAs, cast: Cast
) -> None:
    if was_sent_before:
        with acting_as(cast.maya):
            idempotency.claim(TOOL["once"], cast.maya.id, "")
    clients = [client_for(cast.maya)]
    cookie = clients[0].get_cookie("clinic_notes")
    assert cookie is not None
    for _ in range(19):
        clients.append(clients[0].application.test_client())
        clients[-1].set_cookie(cookie.key, cookie.value)
    gate = Barrier(20)

    def click(client: FlaskClient) -> tuple[int, str | None]:
        gate.wait()
        return send(client)

    with ThreadPoolExecutor(20) as hands:
        answers = list(hands.map(click, clients))
    assert set(answers) == {(303, "/equipment/instruments")}
    assert tools(acting_as, cast.maya) == 1


def test_a_refused_form_may_be_mended_and_sent(
    client_for: ClientFor, acting_as: ActingAs, cast: Cast
) -> None:
    client = client_for(cast.maya)
    assert send(client, material="unobtainium") == (422, None)
    assert send(client) == (303, "/equipment/instruments")
    assert tools(acting_as, cast.maya) == 1


def test_another_persons_token_is_another_token(
    client_for: ClientFor, acting_as: ActingAs, cast: Cast
) -> None:
    for person, name in ((cast.maya, "GT3"), (cast.jonas, "GT4")):
        assert send(client_for(person), name=name)[0] == 303
    assert tools(acting_as, cast.maya) == 2


def test_each_showing_of_a_form_has_its_own_token(client_for: ClientFor, cast: Cast) -> None:
    assert idempotency.new_token() != idempotency.new_token()
    assert len(idempotency.new_token()) <= idempotency.TOKEN


def test_a_token_of_any_length_is_no_failure(client_for: ClientFor, cast: Cast) -> None:
    assert send(client_for(cast.maya), once="x" * 5000)[0] == 303


def test_where_each_person_was_sent_is_not_mixed_up(app: Flask, cast: Cast) -> None:
    with app.app_context():
        for person in (cast.maya, cast.jonas):
            assert idempotency.claim("the same token", person.id, "a") is None
        idempotency.store_result("the same token", cast.maya.id, "/hers", "a")
        assert idempotency.claim("the same token", cast.maya.id, "b") == ("/hers", "a")
        assert idempotency.claim("the same token", cast.jonas.id, "a") is None


def test_what_is_sent_after_going_back_is_asked_about_and_not_dropped(
    client_for: ClientFor, acting_as: ActingAs, cast: Cast
) -> None:
    client = client_for(cast.maya)
    send(client)
    page = Page(client.post("/equipment/instruments/new", data=TOOL | {"name": "Blue one"}))
    assert page.status == 409
    assert "You saved this form before" in page.text
    assert "Blue one" in page.text
    assert "/equipment/instruments" in page.links
    assert tools(acting_as, cast.maya) == 1
    answer = client.post("/equipment/instruments/new", data=page.sent)
    assert answer.status_code == 303
    assert tools(acting_as, cast.maya) == 2
    # The same choice sent twice is one record again.
    assert client.post("/equipment/instruments/new", data=page.sent).status_code == 303
    assert tools(acting_as, cast.maya) == 2


def test_going_back_in_a_record_that_exists_shows_both_versions(
    client_for: ClientFor, acting_as: ActingAs, cast: Cast
) -> None:
    client = client_for(cast.maya)
    with acting_as(cast.maya):
        tool = make_instrument(cast.maya)
    address = f"/equipment/instruments/{tool.id}/edit"
    opened = Page(client.get(address))
    assert client.post(address, data=opened.filled(asset_number="7")).status_code == 303
    late = Page(client.post(address, data=opened.filled(asset_number="8")))
    assert late.status == 409
    assert {"7", "8"} <= set(late.text.split())


def test_what_a_password_was_is_not_to_be_found_in_the_token(app: Flask) -> None:
    with app.app_context():
        sent = [("version", "1"), ("password", "a")]
        assert idempotency.digest("/", sent) == idempotency.digest("/", sent[:1])
        assert idempotency.digest("/", sent) != idempotency.digest("/other", sent)
