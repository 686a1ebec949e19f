"""What was refused stands in the trail, with whom and about what, and cannot fill it."""

import json
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from clinic_notes.accounts import refusals
from clinic_notes.core import clock
from clinic_notes.core.audit import AuditEntry
from clinic_notes.core.db import db
from tests import factories
from tests.accounts.conftest import is_signed_in, sign_in
from tests.cast import PASSWORD
from tests.html_page import Page


@pytest.fixture(autouse=True)
def _none_before():
    refusals._entered.clear()


@pytest.fixture
def entered(acting_as, cast):
    """Return (who, about what, facts) of the entries of an action."""

    def found(action="request.refused"):
        with acting_as(cast.maya):
            these = select(AuditEntry).where(AuditEntry.action == action)
            rows = db.session.scalars(these.order_by(AuditEntry.number)).all()
            return [(row.actor_id, row.subject, json.loads(row.facts)) for row in rows]

    return found


def test_what_is_not_there_is_entered(cast, client_for, entered):
    client_for(cast.jonas).get("/patients/987654")
    ((who, what, facts),) = entered()
    assert (who, what) == (cast.jonas.id, "progress.patient")
    assert facts == {"why": "not found", "method": "GET", "about": "patient_id 987654"}


def test_a_page_that_may_not_be_opened_is_entered_with_what_it_was_about(
    cast, client_for, entered, acting_as
):
    with acting_as(cast.maya):
        visit = factories.open_visit(cast.maya).id
    assert client_for(cast.root).get(f"/visits/{visit}").status_code == 403
    ((who, what, facts),) = entered("access.refused")
    assert (who, what, facts["about"]) == (cast.root.id, "charting.show", f"visit_id {visit}")


def test_a_save_of_what_changed_meanwhile_is_entered(cast, client_for, entered, acting_as):
    with acting_as(cast.maya):
        patient = factories.make_patient(cast.maya)
    address = f"/patients/{patient.id}/edit"
    maya, jonas = client_for(cast.maya), client_for(cast.jonas)
    opened = Page(maya.get(address)).filled(phone="1")
    jonas.post(address, data=Page(jonas.get(address)).filled(phone="2"))
    assert maya.post(address, data=opened).status_code == 409
    assert [(who, facts["why"]) for who, _, facts in entered()] == [
        (cast.maya.id, "changed meanwhile")
    ]


def test_a_forged_form_is_entered(store, cast, client_with, entered):
    client = client_with(WTF_CSRF_ENABLED=True)
    page = Page(client.get("/sign-in"))
    client.post("/sign-in", data=page.filled(email="maya@demo.clinic", password=PASSWORD))
    assert client.post("/account/browsers/sign-out", data={}).status_code == 400
    assert [(who, facts["why"]) for who, _, facts in entered()] == [
        (cast.maya.id, "forged or outdated form")
    ]


def test_too_many_tries_are_entered_for_whose_account_it_was(app, cast, entered):
    stranger = app.test_client()
    for _ in range(11):
        sign_in(stranger, "maya@demo.clinic", "a guess")
    assert [(who, facts["why"]) for who, _, facts in entered()] == [
        (cast.maya.id, "too many tries")
    ]
    assert len(entered("sign_in.refused")) == 10


def test_a_sign_out_is_entered_once(app, cast, entered):
    client = app.test_client()
    sign_in(client, "maya@demo.clinic")
    client.post("/sign-out")
    client.post("/sign-out")
    assert [who for who, _, _ in entered("user.signed_out")] == [cast.maya.id]


def test_a_flood_does_not_fill_the_trail(cast, client_for, acting_as):
    jonas, maya = client_for(cast.jonas), client_for(cast.maya)
    with time_machine.travel(clock.now(), tick=False):
        for number in range(50):
            jonas.get(f"/nowhere/{number}")
        maya.get("/nowhere")
    with time_machine.travel(clock.now() + timedelta(minutes=1), tick=False):
        jonas.get("/nowhere/else")
    with acting_as(cast.maya):
        counted = select(AuditEntry.actor_id, func.count()).where(
            AuditEntry.action == "request.refused"
        )
        rows = dict(db.session.execute(counted.group_by(AuditEntry.actor_id)).all())
    assert rows == {cast.jonas.id: refusals.MOST_A_MINUTE + 1, cast.maya.id: 1}


@pytest.mark.parametrize(
    ("headers", "is_used"),
    [
        ({"Accept": "application/json"}, True),
        ({"Accept": "application/json", "X-By-Timer": "1"}, False),
    ],
    ids=["typed", "sent again by a timer"],
)
def test_only_what_a_person_does_keeps_them_signed_in(app, cast, acting_as, headers, is_used):
    with acting_as(cast.maya):
        visit = factories.open_visit(cast.maya).id
    client = app.test_client()
    sign_in(client, "maya@demo.clinic")
    form = Page(client.get(f"/visits/{visit}/edit"))
    with time_machine.travel(clock.now() + timedelta(minutes=10)):
        sent = form.filled(revision="1", plan="Typed.")
        answer = client.post(f"/visits/{visit}/autosave", data=sent, headers=headers)
        assert answer.status_code == 200
    with time_machine.travel(clock.now() + timedelta(minutes=20)):
        assert is_signed_in(client) is is_used


def test_a_refused_send_of_a_script_does_not_keep_anybody_signed_in(app, cast, acting_as):
    with acting_as(cast.maya):
        visit = factories.open_visit(cast.maya).id
    client = app.test_client()
    sign_in(client, "maya@demo.clinic")
    with time_machine.travel(clock.now() + timedelta(minutes=10)):
        data = {"form_instance": "another's"}
        json_only = {"Accept": "application/json"}
        answer = client.post(f"/visits/{visit}/autosave", data=data, headers=json_only)
        assert answer.status_code >= 400
    with time_machine.travel(clock.now() + timedelta(minutes=20)):
        assert not is_signed_in(client)
