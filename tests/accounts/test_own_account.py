"""A person's own account: their password, their browsers, and what a link alone does not open."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from clinic_notes.accounts import actions
from clinic_notes.accounts.models import User
from clinic_notes.core.audit import AuditEntry
from clinic_notes.core.db import db
from tests import factories
from tests.accounts.conftest import is_signed_in, sign_in
from tests.accounts.test_people import HERS, link_on
from tests.cast import PASSWORD, Cast
from tests.fixture_types import ActingAs, ClientFor

CHANGE = {"password": PASSWORD, "new_password": HERS, "repeat": HERS}


def entries(acting_as: ActingAs, person: User, action: str) -> int:
    with acting_as(person):
        of_action = select(func.count(AuditEntry.id)).where(AuditEntry.action == action)
        return db.session.scalar(of_action) or 0


def reset_through_link(app: Flask, root: FlaskClient, person: User) -> FlaskClient:
    """Set a person's password through the administrator's link; return that browser, signed in."""
    link = link_on(root.post(f"/people/{person.id}/invite").text)
    browser = app.test_client()
    browser.post(link, data={"password": HERS, "repeat": HERS})
    assert sign_in(browser, person.email, HERS).status_code == 303
    return browser


def code_on(browser: FlaskClient) -> str:
    found = re.search(r'id="code">(\d{6})<', browser.get("/account").text)
    assert found is not None
    return found.group(1)


def confirm(browser: FlaskClient, person: User, code: str) -> int:
    return browser.post("/colleagues", data={"person": person.id, "code": code}).status_code


def test_everybody_changes_their_own_password(
    app: Flask, cast: Cast, client_for: ClientFor, acting_as: ActingAs
) -> None:
    maya, elsewhere = client_for(cast.maya), client_for(cast.maya)
    assert maya.post("/account/password", data=CHANGE).status_code == 303
    assert is_signed_in(maya)
    assert not is_signed_in(elsewhere)
    assert sign_in(app.test_client(), cast.maya.email, PASSWORD).status_code == 422
    assert sign_in(app.test_client(), cast.maya.email, HERS).status_code == 303
    assert entries(acting_as, cast.maya, "password.changed") == 1


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"password": "not my password"}, "This is not your password"),
        ({"new_password": "short", "repeat": "short"}, "at least 12 characters"),
        ({"repeat": "another one entirely"}, "are not the same"),
        ({"new_password": "maya reyes 2026", "repeat": "maya reyes 2026"}, "made of a name"),
    ],
)
def test_a_refused_change_leaves_the_password(
    app: Flask, cast: Cast, client_for: ClientFor, wrong: dict[str, str], message: str
) -> None:
    answer = client_for(cast.maya).post("/account/password", data=CHANGE | wrong)
    assert answer.status_code == 422
    assert message in answer.text
    assert sign_in(app.test_client(), cast.maya.email, PASSWORD).status_code == 303


def test_guesses_at_the_password_now_are_limited(cast: Cast, client_for: ClientFor) -> None:
    maya = client_for(cast.maya)
    guess = CHANGE | {"password": "not my password"}
    answers = [maya.post("/account/password", data=guess).status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]


def test_a_person_signs_out_everywhere_but_here(cast: Cast, client_for: ClientFor) -> None:
    here, elsewhere, jonas = (client_for(p) for p in (cast.maya, cast.maya, cast.jonas))
    assert "Sign out everywhere but here" in here.get("/account").text
    assert here.post("/account/browsers/sign-out").status_code == 303
    assert (is_signed_in(here), is_signed_in(elsewhere), is_signed_in(jonas)) == (True, False, True)


def test_who_opens_a_colleagues_link_reads_and_signs_nothing(
    app: Flask, cast: Cast, client_for: ClientFor, acting_as: ActingAs
) -> None:
    with acting_as(cast.maya):
        visit = factories.open_visit(cast.maya)
        number, patient = visit.id, visit.patient_id
    false_maya = reset_through_link(app, client_for(cast.root), cast.maya)
    assert false_maya.get("/").location == "/account"
    for path in (f"/patients/{patient}", f"/visits/{number}", "/patients", "/colleagues"):
        assert false_maya.get(path).status_code == 403, path
    assert false_maya.post(f"/visits/{number}/sign", data={"password": HERS}).status_code == 403
    assert entries(acting_as, cast.root, "access.refused") == 5


def test_a_colleague_confirms_by_the_code_on_the_persons_page(
    app: Flask, cast: Cast, client_for: ClientFor, acting_as: ActingAs
) -> None:
    maya = reset_through_link(app, client_for(cast.root), cast.maya)
    code, jonas = code_on(maya), client_for(cast.jonas)
    assert "Maya Reyes" in jonas.get("/colleagues").text
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    assert confirm(jonas, cast.maya, wrong) == 422
    assert maya.get("/patients").status_code == 403
    assert confirm(jonas, cast.maya, f" {code} ") == 303
    assert maya.get("/patients").status_code == 200
    assert "Robin Root made the link" in maya.get("/account").text
    assert entries(acting_as, cast.maya, "user.confirmed") == 1


@pytest.mark.parametrize("who", ["root", "maya"])
def test_neither_the_administrator_nor_the_person_confirms(
    app: Flask, cast: Cast, client_for: ClientFor, who: str
) -> None:
    maya = reset_through_link(app, client_for(cast.root), cast.maya)
    browser = maya if who == "maya" else client_for(cast.root)
    assert confirm(browser, cast.maya, code_on(maya)) in (403, 422)
    assert maya.get("/patients").status_code == 403


def test_switching_everybody_off_does_not_let_the_administrator_confirm(
    app: Flask, cast: Cast, client_for: ClientFor
) -> None:
    root = client_for(cast.root)
    for person in (cast.jonas, cast.sam, cast.lena):
        root.post(f"/people/{person.id}/disable")
    maya = reset_through_link(app, root, cast.maya)
    assert confirm(root, cast.maya, code_on(maya)) == 422


def test_wrong_codes_are_limited(app: Flask, cast: Cast, client_for: ClientFor) -> None:
    maya = reset_through_link(app, client_for(cast.root), cast.maya)
    wrong = f"{(int(code_on(maya)) + 1) % 1_000_000:06}"
    jonas = client_for(cast.jonas)
    assert [confirm(jonas, cast.maya, wrong) for _ in range(11)] == [422] * 10 + [429]


def test_another_clinics_person_is_not_confirmed(
    app: Flask, cast: Cast, client_for: ClientFor
) -> None:
    maya = reset_through_link(app, client_for(cast.root), cast.maya)
    stranger = client_for(cast.stranger)
    assert "Maya Reyes" not in stranger.get("/colleagues").text
    assert confirm(stranger, cast.maya, code_on(maya)) == 422
    assert maya.get("/patients").status_code == 403


def test_a_person_is_told_of_a_link_that_was_made(cast: Cast, client_for: ClientFor) -> None:
    client_for(cast.root).post(f"/people/{cast.maya.id}/invite")
    page = client_for(cast.maya).get("/account").text
    assert "Robin Root made a link that sets a new password" in page


def test_the_first_person_of_a_clinic_is_confirmed_by_its_administrator(
    app: Flask, acting_as: ActingAs, client_for: ClientFor, cast: Cast
) -> None:
    from clinic_notes.core.permissions import Role
    from clinic_notes.core.transaction import one_transaction

    with app.app_context(), one_transaction():
        actions.open_clinic(name="Hillside clinic", time_zone="Europe/Berlin")
        robin = actions.add_user(
            email="robin@hillside.clinic", name="Robin Hill", credentials="",
            role=Role.ADMINISTRATOR, password=PASSWORD, by=None,
        )  # fmt: skip
        first, second = (
            actions.add_user(
                email=f"{name}@hillside.clinic", name=name, credentials="PT",
                role=Role.THERAPIST, password=None, by=robin,
            )
            for name in ("first", "second")
        )  # fmt: skip
    root = client_for(robin)
    one = reset_through_link(app, root, first)
    two = reset_through_link(app, root, second)
    assert confirm(root, first, code_on(one)) == 303
    assert confirm(root, second, code_on(two)) == 422
    assert confirm(one, second, code_on(two)) == 303
