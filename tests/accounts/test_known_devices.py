"""A stranger's guesses keep nobody out who sits at a device they signed in on before."""

import re

from flask import Flask

from tests.accounts.conftest import ClientWith, fields_of, sign_in
from tests.cast import PASSWORD, Cast
from tests.fixture_types import ClientFor

MAYA, JONAS = "maya@demo.clinic", "jonas@demo.clinic"


def guesses(client, email=MAYA, times=11):
    return [sign_in(client, email, "a guess").status_code for _ in range(times)]


def test_a_strangers_guesses_do_not_shut_her_out_on_her_own_device(app: Flask, cast: Cast) -> None:
    hers, stranger = app.test_client(), app.test_client()
    assert sign_in(hers, MAYA).status_code == 303
    hers.post("/sign-out")
    # Many addresses, or one: the address is shut out as well, and it may be hers too.
    assert guesses(stranger)[-1] == 429
    for other in ("a@demo.clinic", "b@demo.clinic", "c@demo.clinic"):
        guesses(stranger, other)
    assert sign_in(app.test_client(), MAYA).status_code == 429
    assert sign_in(hers, MAYA).status_code == 303


def test_a_known_device_has_a_count_of_its_own(app: Flask, cast: Cast) -> None:
    hers = app.test_client()
    sign_in(hers, MAYA)
    hers.post("/sign-out")
    assert guesses(hers) == [422] * 10 + [429]
    assert sign_in(app.test_client(), MAYA).status_code == 303, "The account's count is another."


def test_it_is_known_for_who_signed_in_on_it_alone(app: Flask, cast: Cast) -> None:
    shared = app.test_client()
    for email in (MAYA, JONAS):
        sign_in(shared, email)
        shared.post("/sign-out")
    guesses(app.test_client())
    guesses(app.test_client(), "sam@demo.clinic")
    assert sign_in(shared, MAYA).status_code == 303
    assert sign_in(shared, "sam@demo.clinic").status_code == 429


def test_a_made_up_cookie_is_no_known_device(app: Flask, cast: Cast) -> None:
    forger = app.test_client()
    forger.set_cookie("known_device", "WyJkIixbImFjY291bnQiXV0.aaaa.bbbb")
    assert guesses(forger)[-1] == 429


def test_the_cookie_names_nobody(app: Flask, cast: Cast) -> None:
    answer = sign_in(app.test_client(), MAYA)
    (cookie,) = [c for c in answer.headers.getlist("Set-Cookie") if c.startswith("known_device")]
    assert "maya" not in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_link_that_sets_a_new_password_clears_the_count(
    app: Flask, cast: Cast, client_for: ClientFor, client_with: ClientWith
) -> None:
    assert guesses(app.test_client())[-1] == 429
    link = client_for(cast.root).post(f"/people/{cast.maya.id}/invite").text
    address = "/invitations/" + re.findall(r"/invitations/([\w-]+)", link)[0]
    anew = app.test_client()
    password = "walnut harbour tin nine"
    data = fields_of(anew.get(address)) | {"password": password, "repeat": password}
    assert anew.post(address, data=data).status_code == 303
    assert sign_in(app.test_client(), MAYA, password).status_code == 303
    assert password != PASSWORD
