"""Guessing passwords is slow, whichever door, worker or form it is tried at."""

from datetime import timedelta
from secrets import token_hex

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from clinic_notes.accounts.models import RefusedTries
from clinic_notes.charting.models import Visit
from clinic_notes.core import clock
from clinic_notes.core.db import db
from tests import factories
from tests.accounts.conftest import ClientWith, fields_of, sign_in
from tests.accounts.test_reauthenticate import NAME, again
from tests.cast import PASSWORD, Cast
from tests.fixture_types import ActingAs, ClientFor

GUESS = "a guess"


@pytest.fixture
def visit(acting_as: ActingAs, cast: Cast) -> Visit:
    """A note of Maya's that may be signed."""
    with acting_as(cast.maya):
        return factories.open_visit(cast.maya)


@pytest.fixture
def costs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every hash that was computed."""
    computed: list[str] = []

    def verify(self: object, stored: str, typed: str) -> bool:
        computed.append(stored)
        return False

    monkeypatch.setattr("argon2.PasswordHasher.verify", verify)
    return computed


def guess(client: FlaskClient, email: str = "maya@demo.clinic", **more: str) -> int:
    return sign_in(client, email, GUESS, **more).status_code


def sign(client: FlaskClient, visit: Visit, password: str = GUESS, **more: str) -> int:
    sent = {"password": password, "version": str(visit.version), **more}
    return client.post(f"/visits/{visit.id}/sign", data=sent).status_code


def test_guessing_one_account_is_slowed_down(app: Flask, cast: Cast) -> None:
    client = app.test_client()
    assert [guess(client) for _ in range(11)] == [422] * 10 + [429]
    assert sign_in(client, "maya@demo.clinic").status_code == 429
    assert sign_in(client, "jonas@demo.clinic").status_code == 303
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        assert sign_in(client, "maya@demo.clinic").status_code == 303


def test_an_account_that_is_not_there_is_slowed_down_like_one_that_is(app: Flask) -> None:
    client = app.test_client()
    tries = [guess(client, " Nobody@demo.clinic"[n % 2 :]) for n in range(11)]
    assert tries == [422] * 10 + [429]


def test_guessing_from_one_address_is_slowed_down(app: Flask, cast: Cast) -> None:
    client = app.test_client()
    with time_machine.travel(clock.now(), tick=False):
        tries = [guess(client, f"{n}@demo.clinic") for n in range(31)]
    assert tries == [422] * 30 + [429]


def test_a_busy_front_desk_is_not_slowed_down(app: Flask, cast: Cast) -> None:
    client = app.test_client()
    with time_machine.travel(clock.now(), tick=False):
        assert {sign_in(client, "maya@demo.clinic").status_code for _ in range(35)} == {303}


def test_beyond_the_limit_no_hash_is_computed(app: Flask, cast: Cast, costs: list[str]) -> None:
    client = app.test_client()
    assert [guess(client) for _ in range(13)][10:] == [429] * 3
    assert len(costs) == 10


def test_all_workers_count_together_and_a_restart_forgets_nothing(
    client_with: ClientWith, cast: Cast
) -> None:
    workers = [client_with(), client_with()]
    assert [guess(workers[n % 2]) for n in range(10)] == [422] * 10
    assert [guess(client) for client in (*workers, client_with())] == [429] * 3


def test_guessing_at_the_signature_is_slowed_down_whatever_the_form_says(
    cast: Cast, client_for: ClientFor, visit: Visit, costs: list[str]
) -> None:
    tries = [sign(client_for(cast.maya), visit, email=token_hex(4)) for _ in range(12)]
    assert tries == [422] * 10 + [429] * 2
    assert len(costs) == 10


def test_a_stranger_at_the_sign_in_does_not_keep_her_from_signing(
    app: Flask, cast: Cast, client_for: ClientFor, visit: Visit
) -> None:
    assert [guess(app.test_client()) for _ in range(11)][-1] == 429
    assert sign(client_for(cast.maya), visit, PASSWORD) == 303


def test_another_persons_guesses_do_not_keep_her_from_signing(
    cast: Cast, client_for: ClientFor, visit: Visit
) -> None:
    assert [sign(client_for(cast.jonas), visit) for _ in range(11)][-1] == 429
    assert sign(client_for(cast.maya), visit, PASSWORD) == 303


def test_a_note_refused_for_another_reason_is_no_guess(
    cast: Cast, client_for: ClientFor, visit: Visit
) -> None:
    client = client_for(cast.maya)
    assert {sign(client, visit, PASSWORD, version="0") for _ in range(12)} == {409}
    assert {sign(client, visit, "") for _ in range(12)} == {422}
    assert sign(client, visit, PASSWORD) == 303


def test_signing_in_again_is_slowed_down_and_keeps_the_text_hidden(
    client_with: ClientWith, cast: Cast
) -> None:
    client = client_with()
    sign_in(client, "root@demo.clinic")
    with time_machine.travel(clock.now() + timedelta(minutes=16)):
        tries = [again(client, GUESS, **{"carried-n": str(n)}) for n in range(11)]
        assert guess(client, "root@demo.clinic") == 422, "The account has a count of its own."
    assert [page.status_code for page in tries] == [422] * 10 + [429]
    assert fields_of(tries[-1])["carried-name"] == NAME
    assert "Too many tries" in tries[-1].text


def test_another_persons_guesses_at_her_address_do_not_keep_her_out(
    client_with: ClientWith, cast: Cast
) -> None:
    his, hers = client_with(), client_with()
    sign_in(his, "root@demo.clinic")
    sign_in(hers, "maya@demo.clinic")
    with time_machine.travel(clock.now() + timedelta(minutes=16)):
        assert [again(his, GUESS).status_code for _ in range(11)][-1] == 429
        assert again(hers, GUESS).status_code == 422


def test_what_is_over_is_not_kept(app: Flask, cast: Cast) -> None:
    client = app.test_client()
    for email in ("a@demo.clinic", "b@demo.clinic"):
        guess(client, email)
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        guess(client)
    with app.app_context():
        counters = db.session.scalars(select(RefusedTries.counter)).all()
        assert len(counters) == 2, "One for the account just tried, one for the address."
        assert not any("maya" in name or "127.0.0.1" in name for name in counters)


def test_a_right_password_writes_nothing_down(app: Flask, cast: Cast) -> None:
    sign_in(app.test_client(), "maya@demo.clinic")
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(RefusedTries)) == 0


@pytest.mark.parametrize(
    ("proxies", "counted_apart"), [(0, False), (1, True)], ids=["no proxy", "behind one proxy"]
)
def test_behind_a_proxy_each_client_counts_by_its_own_address(
    client_with: ClientWith, cast: Cast, proxies: int, counted_apart: bool
) -> None:
    client = client_with(PROXIES=proxies)

    def tried(nth: int, address: str) -> int:
        # The first address is what a client made up; the proxy adds the one it sees.
        client.environ_base["HTTP_X_FORWARDED_FOR"] = f"10.0.0.{nth}, {address}"
        return guess(client, f"{nth}@demo.clinic")

    with time_machine.travel(clock.now(), tick=False):
        assert [tried(nth, "192.0.2.1") for nth in range(31)][-1] == 429
        assert (tried(32, "192.0.2.2") == 422) is counted_apart


def test_the_proxy_says_how_and_under_which_name_it_was_asked(
    client_with: ClientWith, cast: Cast
) -> None:
    client = client_with(PROXIES=1, TRUSTED_HOSTS=["notes.example", "localhost"])
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "notes.example"}
    sign_in(client, "root@demo.clinic")
    invited = client.post(f"/people/{cast.lena.id}/invite", headers=headers)
    assert "https://notes.example/invitations/" in invited.text
