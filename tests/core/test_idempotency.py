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
from tests.fixture_types import ActingAs, ClientFor

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
    first, again = send(client), send(client, name="typed again meanwhile")
    assert first == again == (303, "/equipment/instruments")
    assert tools(acting_as, cast.maya) == 1


@pytest.mark.parametrize("was_sent_before", [False, True], ids=["at once", "after adding a row"])
def test_twenty_at_the_same_moment_make_one_record(
    was_sent_before: bool, client_for: ClientFor, acting_as: ActingAs, cast: Cast
) -> None:
    if was_sent_before:
        with acting_as(cast.maya):
            idempotency.claim(TOOL["once"], cast.maya.id)
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
            assert idempotency.claim("the same token", person.id) is None
        idempotency.store_result("the same token", cast.maya.id, "/hers")
        assert idempotency.claim("the same token", cast.maya.id) == "/hers"
        assert idempotency.claim("the same token", cast.jonas.id) is None
