from dataclasses import replace

from sqlalchemy import select

from clinic_notes.core.audit import AuditEntry
from clinic_notes.core.db import db
from clinic_notes.patients import actions
from tests.patients.people import TOM, page


def test_a_search_is_posted_and_says_what_it_found(maya, rosa):
    assert "1 patient" in page(maya.get("/patients"))
    assert "Rosa Delgado" in page(maya.post("/patients", data={"text": "del ro"}))
    close = page(maya.post("/patients", data={"text": "delgdo"}))
    assert "Nobody is spelled “delgdo”" in close
    assert "Rosa Delgado" in close
    assert "Nobody found for “zzzz”" in page(maya.post("/patients", data={"text": "zzzz"}))
    refused = maya.post("/patients", data={"text": "zz\x00"})
    assert (refused.status_code, "U+0000" in page(refused)) == (422, True)


def test_the_buttons_of_a_long_list_send_the_search_again(maya, acting_as, cast):
    with acting_as(cast.maya):
        for number in range(26):
            actions.register_patient(replace(TOM, mrn=f"N-{number:02}"), by=cast.maya)
    first = page(maya.post("/patients", data={"text": "okafor"}))
    assert "1 to 25 of 26 patients" in first
    assert 'value="okafor"' in first
    second = page(maya.post("/patients", data={"text": "okafor", "page": "2"}))
    assert "26 to 26 of 26 patients" in second
    assert "Previous" in second
    assert maya.post("/patients", data={"page": "-5"}).status_code == 200


def test_an_empty_list_offers_the_first_step(maya, client_for, cast):
    assert "Register the first" in page(maya.get("/patients"))
    assert "Register" not in page(client_for(cast.lena).get("/patients"))


def test_looking_leaves_a_line_in_the_trail(maya, rosa, acting_as, cast):
    maya.get("/patients")
    maya.get(f"/patients/{rosa.id}/edit")
    with acting_as(cast.maya):
        looks = select(AuditEntry.action, AuditEntry.patient_id).order_by(AuditEntry.number)
        assert db.session.execute(looks).all()[-2:] == [
            ("patients.viewed", None),
            ("patient.viewed", rosa.id),
        ]
