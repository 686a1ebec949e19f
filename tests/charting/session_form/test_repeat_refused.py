"""What is not repeated, what cannot be used today, and what nobody may name as a source."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import DBAPIError

from clinic_notes.charting.models import InstrumentUse, Visit
from clinic_notes.charting.visit.load import load_visit
from clinic_notes.core.db import db
from clinic_notes.equipment import actions as equipment
from clinic_notes.equipment.models import Instrument
from clinic_notes.patients import actions as patients
from clinic_notes.patients.drafts import AllergyDraft
from clinic_notes.reference.terms import Pressure
from tests import drafts, factories
from tests.charting.form_payloads import sent
from tests.html_page import Page


def test_what_cannot_be_used_today_comes_with_the_reason(
    maya, patient_with_episode, draft, signed_session, acting_as, cast
):
    with acting_as(cast.maya):
        gone = factories.make_instrument(cast.maya)
        wax = factories.make_lubricant(cast.maya, ingredients="Paraffin, lanolin")
        rows = (
            replace(draft.uses[0], instrument_id=gone.id),
            replace(draft.uses[0], region="hamstring", tissues=(), lubricant_id=wax.id),
        )
    signed_session(5, uses=rows)
    with acting_as(cast.maya):
        equipment.retire(db.session.get_one(Instrument, gone.id), by=cast.maya)
        patient = factories.known_patient(patient_with_episode.patient_id)
        noted = factories.patient_draft(mrn=patient.mrn, allergies=(AllergyDraft("lanolin_wool"),))
        patients.revise_patient(patient, noted, version=patient.version, by=cast.maya)
    page = Page(maya.get(patient_with_episode.repeat_url()))
    assert "has gone out of use since" in page.summary()["uses-0-instrument_id"]
    assert page.sent.get("uses-0-instrument_id", "") == ""
    assert page.sent["uses-0-stroke"] == "sweep"
    assert "allergic" in page.summary()["uses-1-lubricant_id"]


def test_a_region_blocked_today_and_a_pressure_too_hard_are_said_beside_the_row(
    maya, patient_with_episode, draft, signed_session
):
    foot = replace(draft.uses[0], region="foot_plantar", tissues=(), pressure=Pressure.FIRM)
    number = signed_session(20, uses=(foot,), answers=drafts.ALL_NO)
    signed_session(4)
    said = Page(maya.get(patient_with_episode.repeat_url(number))).summary()
    assert "may not be treated today" in said["uses-0-region"]
    assert "at most moderate today" in said["uses-0-pressure"]


@pytest.mark.parametrize("whose", ["draft", "another patient's", "another clinic's", "nobody's"])
def test_only_a_signed_session_of_this_patient_is_repeated(
    maya, patient_with_episode, draft, signed_session, acting_as, cast, whose, visit_ids
):
    signed_session(3)
    number, use_id = 2**31 + 5, 2**40
    if whose == "draft":
        number = signed_session(2, is_signed=False)
    elif whose != "nobody's":
        person = cast.stranger if "clinic" in whose else cast.maya
        with acting_as(person):
            number = factories.open_visit(person).id
            factories.sign(number, person)
    before = visit_ids()
    assert maya.get(patient_with_episode.repeat_url(number)).status_code == 404
    assert maya.get(patient_with_episode.repeat_url("x" * 30)).status_code == 404
    pressed = Page(
        maya.post(
            f"{patient_with_episode.new_session_url}/repeat", data=sent(draft, repeat=str(number))
        )
    )
    assert (pressed.status, pressed.sent["plan"]) == (200, draft.plan)
    assert "no signed session here" in pressed.text
    if whose != "nobody's":
        with acting_as(cast.stranger if "clinic" in whose else cast.maya):
            source = factories.loaded(number)
            (use,) = load_visit(source).draft.uses
            use_id = use.id
    own = {"repeated_from_id": str(before[0])}
    for planted in ({"repeated_from_id": str(number)}, own | {"uses-0-copied_from_id": use_id}):
        assert (
            maya.post(patient_with_episode.new_session_url, data=sent(draft) | planted).status_code
            == 409
        )
    assert visit_ids() == before


def test_the_store_itself_refuses_a_source_that_is_not_one(signed_session, acting_as, cast):
    signed, draft = signed_session(5), signed_session(2, is_signed=False)
    with acting_as(cast.maya):
        hers = factories.open_visit(cast.maya).id
        first_use = select(func.min(InstrumentUse.id)).where(InstrumentUse.visit_id == signed)
        use_id = db.session.scalar(first_use)
    visits, uses = Visit.__table__, InstrumentUse.__table__
    repeats = update(visits).values(repeated_from_id=signed)
    for change in (
        repeats.where(visits.c.id == hers),
        repeats.where(visits.c.id == draft).values(repeated_from_id=draft),
        update(uses).values(copied_from_id=use_id).where(uses.c.visit_id == hers),
    ):
        refused = pytest.raises(DBAPIError, match="not a signed visit of this patient")
        with refused, acting_as(cast.maya):
            db.session.connection().execute(change)
    with acting_as(cast.maya):
        db.session.connection().execute(repeats.where(visits.c.id == draft))
