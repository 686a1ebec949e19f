"""A browser that a patient has opens the kiosk and nothing else, whatever is asked of it."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from clinic_notes.core import clock
from tests import factories
from tests.cast import PASSWORD, Cast
from tests.charting.kiosk.patient import answer, asked, begin, visit_of
from tests.fixture_types import ActingAs, ClientFor
from tests.html_page import Page
from tests.test_access_matrix import address, rules_of

OPEN = {
    "charting.kiosk", "charting.answer_kiosk", "charting.leave_kiosk",
    "assets.asset", "health.up", "health.ready",
}  # fmt: skip
"""What opens: the kiosk, and what shows nothing of anybody."""
UNKNOWN = ("/", "/nothing/here", "/patients/1/nothing", "/kiosk/", "/sign-in?next=/patients")


@pytest.fixture
def records(acting_as: ActingAs, cast: Cast) -> dict[str, object]:
    """A record of each kind."""
    with acting_as(cast.maya):
        patient = factories.make_patient(cast.maya)
        episode = factories.make_episode(patient, cast.maya)
        made: dict[str, object] = {
            "patient_id": patient.id,
            "episode_id": episode.id,
            "goal_id": factories.make_goal(episode, cast.maya).id,
            "record_id": factories.record_done(episode, cast.maya).id,
            "instrument_id": factories.make_instrument(cast.maya).id,
            "lubricant_id": factories.make_lubricant(cast.maya).id,
            "snippet_id": factories.make_snippet(cast.maya).id,
            "draft": factories.open_visit(cast.maya).id,
            "signed": factories.open_visit(cast.maya).id,
            "user_id": cast.sam.id,
        }
    with acting_as(cast.maya):
        factories.sign(int(str(made["signed"])), cast.maya)
    with acting_as(cast.maya):
        treated = factories.loaded(int(str(made["signed"]))).episode_id
        made["report_id"] = factories.make_report(treated, cast.maya).id
    return made


def test_no_other_address_opens(
    app: Flask, maya: FlaskClient, records: dict[str, object], acting_as: ActingAs, cast: Cast
) -> None:
    begin(maya, visit_of(acting_as, cast))
    opened = []
    for rule in rules_of(app):
        for method in sorted({"GET", "HEAD", "POST", "PUT", "DELETE"}):
            if rule.endpoint in OPEN:
                continue
            for accept in ("text/html", "application/json"):
                url = address(app, rule, records)
                data = {"tried": "nothing else", "password": PASSWORD} if method == "POST" else None
                answered = maya.open(url, method=method, data=data, headers={"Accept": accept})
                if (answered.status_code, str(answered.location).split("?")[0]) != (303, "/kiosk"):
                    opened.append(f"{method} {rule.rule}: {answered.status_code}")
    assert opened == []
    for url in UNKNOWN:
        assert str(maya.get(url).location).split("?")[0] == "/kiosk", url
    assert maya.post("/patients", json={"text": "Rosa"}).location.startswith("/kiosk")
    assert asked(maya).startswith("How strong is your pain")


def test_nothing_is_shown_but_the_first_name_and_the_question(
    maya: FlaskClient, acting_as: ActingAs, cast: Cast
) -> None:
    visit = visit_of(acting_as, cast)
    begin(maya, visit)
    with acting_as(cast.maya):
        patient = factories.loaded(visit).patient
    shown = "".join(maya.get(url).get_data(as_text=True) for url in ("/kiosk", "/kiosk/leave"))
    for words in (
        patient.family_name,
        patient.mrn,
        "1979",
        "Calf",
        "apixaban",
        "bee",
        'href="/"',
        "@",
    ):
        assert words not in shown


def test_every_copy_of_the_cookie_is_locked_and_no_other_sign_in(
    app: Flask, maya: FlaskClient, client_for: ClientFor, acting_as: ActingAs, cast: Cast
) -> None:
    with maya.session_transaction() as cookie:
        copied = dict(cookie)
    begin(maya, visit_of(acting_as, cast))
    another_tab = app.test_client()
    with another_tab.session_transaction() as cookie:
        cookie.update(copied)
    assert another_tab.get("/patients").location == "/kiosk"
    # Signing out, or in as somebody else, is no way out either.
    for url in ("/sign-out", "/sign-in", "/sign-in/again"):
        typed = {"email": cast.jonas.email, "password": PASSWORD}
        assert maya.post(url, data=typed).location == "/kiosk", url
    assert maya.get("/patients").location == "/kiosk"
    assert client_for(cast.maya).get("/patients").status_code == 200


def test_only_the_password_leaves_it(maya: FlaskClient, acting_as: ActingAs, cast: Cast) -> None:
    visit = visit_of(acting_as, cast)
    begin(maya, visit)
    for typed in ("", "wrong", "Correct horse"):
        answered = maya.post("/kiosk/leave", data={"password": typed})
        assert answered.status_code == 422
        assert maya.get("/patients").location == "/kiosk"
    answered = maya.post("/kiosk/leave", data={"password": PASSWORD})
    assert (answered.status_code, answered.location) == (303, f"/visits/{visit}/kiosk/answers")
    assert maya.get("/patients").status_code == 200
    assert maya.get("/kiosk").location == "/"
    assert maya.post("/kiosk/answer", data={"step": "0", "answer": "3"}).location == "/"


def test_guessing_the_password_is_slowed(
    maya: FlaskClient, acting_as: ActingAs, cast: Cast
) -> None:
    begin(maya, visit_of(acting_as, cast))
    for _ in range(10):
        assert maya.post("/kiosk/leave", data={"password": "wrong"}).status_code == 422
    answered = maya.post("/kiosk/leave", data={"password": PASSWORD})
    assert answered.location == "/kiosk?problem=429"
    assert "Too many tries" in Page(maya.get(answered.location)).text
    assert maya.get("/patients").location == "/kiosk"


def test_a_tablet_that_was_left_is_closed_and_the_answers_are_kept(
    maya: FlaskClient, acting_as: ActingAs, cast: Cast
) -> None:
    visit = visit_of(acting_as, cast)
    begin(maya, visit)
    first = asked(maya)
    answer(maya, "4")
    second = asked(maya)
    with time_machine.travel(clock.now() + timedelta(hours=20), tick=False):
        page = Page(maya.get("/kiosk"))
        assert "Please give the tablet back" in page.text
        assert second not in page.text
        assert maya.post("/kiosk/answer", data={"step": "1", "answer": "9"}).location == "/kiosk"
        assert maya.get("/patients").location == "/kiosk"
        again = {"password": PASSWORD, "resume": "yes"}
        assert maya.post("/kiosk/leave", data=again).location == "/kiosk"
        assert asked(maya) == second
    page = Page(maya.get("/kiosk"))
    assert first != second
    maya.post("/kiosk/leave", data={"password": PASSWORD})
    assert f"{first} 4 in the draft" in Page(maya.get(f"/visits/{visit}/kiosk/answers")).text
