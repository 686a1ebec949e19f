"""Who works here: admitted by the administrator, with a password only she herself knows."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from clinic_notes.accounts import actions
from clinic_notes.accounts.models import Clinic, User
from clinic_notes.core import clock
from clinic_notes.core.audit import AuditEntry
from clinic_notes.core.db import db
from clinic_notes.core.permissions import Role
from clinic_notes.core.transaction import one_transaction
from tests.accounts.conftest import is_signed_in, sign_in
from tests.cast import Cast
from tests.fixture_types import ActingAs, ClientFor

ANNA = {
    "name": "Anna O'Hara",
    "email": "Anna@Demo.Clinic",
    "credentials": "PT",
    "role": "therapist",
}
HERS = "seven quiet herons"


def link_on(text: str) -> str:
    found = re.search(r"/invitations/[\w-]+", text)
    assert found is not None
    return found.group()


def link_for_anna(root: FlaskClient) -> str:
    """Admit Anna and make her link."""
    admitted = root.post("/people/new", data=ANNA)
    assert admitted.status_code == 303
    assert "Make the link" in root.get(admitted.location).text
    return link_on(root.post(admitted.location).text)


def last_action(acting_as: ActingAs, person: User) -> str | None:
    with acting_as(person):
        newest = select(AuditEntry.action).order_by(AuditEntry.number.desc()).limit(1)
        return db.session.scalar(newest)


def test_the_administrator_sees_her_own_clinics_people(cast: Cast, client_for: ClientFor) -> None:
    page = client_for(cast.root).get("/people")
    assert page.status_code == 200
    assert "Maya Reyes, PT, DPT" in page.text
    assert "Charlie Stranger" not in page.text


@pytest.mark.parametrize("who", ["maya", "jonas", "sam", "lena"])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/people"),
        ("GET", "/people/new"),
        ("POST", "/people/new"),
        ("POST", "/people/1/disable"),
    ],
)
def test_nobody_else_looks_after_people(
    cast: Cast, client_for: ClientFor, who: str, method: str, path: str
) -> None:
    client = client_for(cast.everyone()[who])
    assert client.open(path, method=method, data=ANNA).status_code == 403


@pytest.mark.parametrize("act", ["disable", "enable", "invite"])
def test_another_clinics_people_are_not_found(cast: Cast, client_for: ClientFor, act: str) -> None:
    answers = {
        client_for(cast.root).post(f"/people/{number}/{act}").status_code
        for number in (cast.stranger.id, 99_999, 2**40)
    }
    assert answers == {404}


def test_an_admitted_person_sets_her_own_password(
    app: Flask, cast: Cast, client_for: ClientFor, acting_as: ActingAs
) -> None:
    link = link_for_anna(client_for(cast.root))
    hers = app.test_client()
    assert "Anna O&#39;Hara" in hers.get(link).text
    answer = hers.post(link, data={"password": HERS, "repeat": HERS})
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert sign_in(hers, "anna@demo.clinic", HERS).status_code == 303
    assert last_action(acting_as, cast.root) == "user.signed_in"


def test_a_form_sent_twice_admits_one_person(cast: Cast, client_for: ClientFor) -> None:
    root = client_for(cast.root)
    first, second = (root.post("/people/new", data={**ANNA, "once": "1"}) for _ in range(2))
    assert first.location == second.location
    assert root.get("/people").text.count("anna@demo.clinic") == 1


def test_an_invitation_opens_one_time(app: Flask, cast: Cast, client_for: ClientFor) -> None:
    link = link_for_anna(client_for(cast.root))
    client = app.test_client()
    assert client.post(link, data={"password": HERS, "repeat": HERS}).status_code == 303
    assert client.get(link).status_code == 404
    assert client.post(link, data={"password": "x" * 3, "repeat": "x"}).status_code == 404


def test_an_invitation_ends_after_72_hours(app: Flask, cast: Cast, client_for: ClientFor) -> None:
    link = link_for_anna(client_for(cast.root))
    client = app.test_client()
    with time_machine.travel(clock.now() + timedelta(hours=71, minutes=59)):
        assert client.get(link).status_code == 200
    with time_machine.travel(clock.now() + timedelta(hours=72, minutes=1)):
        assert client.get(link).status_code == 404


def test_a_new_link_takes_the_place_of_the_old(
    app: Flask, cast: Cast, client_for: ClientFor
) -> None:
    root, client = client_for(cast.root), app.test_client()
    old, new = (link_on(root.post(f"/people/{cast.maya.id}/invite").text) for _ in range(2))
    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200


def test_a_new_password_signs_every_browser_out(
    app: Flask, cast: Cast, client_for: ClientFor
) -> None:
    maya = client_for(cast.maya)
    link = link_on(client_for(cast.root).post(f"/people/{cast.maya.id}/invite").text)
    assert is_signed_in(maya)
    app.test_client().post(link, data={"password": HERS, "repeat": HERS})
    assert not is_signed_in(maya)
    assert sign_in(app.test_client(), "maya@demo.clinic").status_code == 422


def test_two_clicks_at_once_use_an_invitation_once(
    app: Flask, cast: Cast, acting_as: ActingAs
) -> None:
    from clinic_notes.accounts import queries

    with acting_as(cast.root):
        person = db.session.get_one(User, cast.maya.id)
        token = actions.invite(person, by=cast.root)
        db.session.flush()
        found = queries.open_invitation(token)
        assert found is not None
        actions.accept_invitation(found[0], person, password=HERS)
        with pytest.raises(actions.InvitationUsed):
            actions.accept_invitation(found[0], person, password=HERS)


@pytest.mark.parametrize(
    ("password", "repeat", "complaint"),
    [
        ("short one", "short one", "at least 12"),
        ("password1234", "password1234", "anybody would try"),
        ("anna o'hara 1", "anna o'hara 1", "must not be made of a name"),
        (HERS, HERS + "!", "not the same"),
    ],
    ids=["short", "common", "her name", "mistyped"],
)
def test_a_weak_password_is_refused_in_words(
    app: Flask, cast: Cast, client_for: ClientFor, password: str, repeat: str, complaint: str
) -> None:
    link = link_for_anna(client_for(cast.root))
    page = app.test_client().post(link, data={"password": password, "repeat": repeat})
    assert page.status_code == 422
    assert complaint in page.text
    assert password not in page.text


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"email": "MAYA@demo.clinic"}, "has an account already"),
        ({"email": "anna at demo"}, "name@clinic.example"),
        ({"name": " "}, "Name is needed."),
        ({"role": "owner"}, "cannot be chosen here"),
        ({"role": ""}, "A role is needed."),
        ({"name": "Anna\x00"}, "control character"),
        ({"credentials": "x" * 61}, "60 characters"),
    ],
    ids=[
        "e-mail taken",
        "no e-mail",
        "no name",
        "no such role",
        "no role",
        "control character",
        "too long",
    ],
)
def test_a_refused_person_is_not_admitted_and_stays_typed(
    cast: Cast, client_for: ClientFor, acting_as: ActingAs, change: dict[str, str], complaint: str
) -> None:
    page = client_for(cast.root).post("/people/new", data={**ANNA, **change})
    assert page.status_code == 422
    assert complaint in page.text
    assert 'value="PT"' in page.text or "credentials" in change
    with acting_as(cast.root):
        assert db.session.scalar(select(func.count(User.id))) == 5


def test_a_form_says_nothing_about_clinic_or_password(
    cast: Cast, client_for: ClientFor, acting_as: ActingAs
) -> None:
    sneaked = {**ANNA, "clinic_id": str(cast.stranger.clinic_id), "password_hash": "x", "id": "1"}
    assert client_for(cast.root).post("/people/new", data=sneaked).status_code == 303
    with acting_as(cast.root):
        anna = db.session.scalars(select(User).where(User.email == "anna@demo.clinic")).one()
        assert (anna.password_hash, anna.role) == (None, Role.THERAPIST)


def test_a_disabled_person_is_out_at_her_next_request(
    app: Flask, cast: Cast, client_for: ClientFor, acting_as: ActingAs
) -> None:
    maya, root = client_for(cast.maya), client_for(cast.root)
    assert root.post(f"/people/{cast.maya.id}/disable").status_code == 303
    assert not is_signed_in(maya)
    assert sign_in(app.test_client(), "maya@demo.clinic").status_code == 422
    root.post(f"/people/{cast.maya.id}/enable")
    assert not is_signed_in(maya), "The old browser session stays ended."
    assert sign_in(app.test_client(), "maya@demo.clinic").status_code == 303
    assert last_action(acting_as, cast.root) == "user.signed_in"


def test_an_account_switched_off_by_itself_is_out_too(
    app: Flask, cast: Cast, client_for: ClientFor, acting_as: ActingAs
) -> None:
    maya = client_for(cast.maya)
    with acting_as(cast.root):
        person = db.session.get_one(User, cast.maya.id)
        actions.disable_user(person, by=cast.root)
    with acting_as(cast.root):
        token = actions.start_browser_session(cast.maya)
    with maya.session_transaction() as cookie:
        cookie["_user_id"] = token
    assert not is_signed_in(maya)


def test_nobody_switches_her_own_account_off(cast: Cast, client_for: ClientFor) -> None:
    root = client_for(cast.root)
    root.post(f"/people/{cast.root.id}/disable")
    assert root.get("/people").status_code == 200


SETUP = {
    "clinic": "Hillside clinic",
    "time_zone": "Europe/Berlin",
    "letterhead": "Hill 1\nBerlin",
    "name": "Robin Root",
    "email": "Robin@Hillside.Clinic",
    "password": HERS,
    "repeat": HERS,
}


def test_the_setup_is_closed_where_anybody_has_an_account(app: Flask, cast: Cast) -> None:
    with app.app_context(), one_transaction():
        token = actions.offer_setup()
    client = app.test_client()
    assert client.get(f"/setup/{token}").status_code == 404
    assert client.post(f"/setup/{token}", data=SETUP).status_code == 404
    with app.app_context():
        assert db.session.scalar(select(func.count(Clinic.id))) == 2


def test_deactivating_asks_in_the_page(cast: Cast, client_for: ClientFor) -> None:
    source = client_for(cast.root).get("/people").text
    at = source.index(f"/people/{cast.maya.id}/disable")
    before = source[:at]
    assert before.rindex("<details") > before.rindex("</details>")
    assert "They are signed out at once" in before[before.rindex("<details") :]
