"""A product that holds what the patient reacts to is refused on the form and in the action."""

from dataclasses import replace

import pytest

from clinic_notes.charting import actions
from clinic_notes.charting.treatment.supplies import Supplies
from clinic_notes.clinical.findings import Refused
from clinic_notes.core.db import db
from clinic_notes.patients.drafts import AllergiesAsked, AllergyDraft
from clinic_notes.reference.terms import Pressure
from tests import drafts, factories
from tests.charting.form_payloads import sent
from tests.html_page import Page


def with_product(draft, lubricant_id):
    """Return the draft with this product in every row."""
    return replace(draft, uses=tuple(replace(u, lubricant_id=lubricant_id) for u in draft.uses))


def test_a_product_with_what_the_patient_reacts_to_is_saved_and_never_signed(
    maya, patient_with_episode, draft, save_visit, acting_as, cast
):
    with acting_as(cast.maya):
        wax = factories.make_lubricant(cast.maya, ingredients="Paraffin, cera alba").id
    number = save_visit(patient_with_episode.new_session_url, sent(with_product(draft, wax)))
    assert "the patient is allergic to it" in Page(maya.get(f"/visits/{number}/edit")).text
    page = Page(maya.get(f"/visits/{number}/sign"))
    assert f"/visits/{number}/edit#uses-0-lubricant_id" in page.links


@pytest.mark.parametrize(
    ("substance", "ingredients"),
    [("beeswax", "Paraffin, cera alba"), ("Marula", "Sclerocarya birrea (marula) oil")],
    ids=["by its label name", "in her own words"],
)
def test_an_allergy_recorded_as_other_is_looked_for_in_the_product(
    maya, draft, save_visit, acting_as, cast, substance, ingredients
):
    with acting_as(cast.maya):
        wax = factories.make_lubricant(cast.maya, ingredients=ingredients).id
        other = (AllergyDraft("other", substance, "blisters"),)
        patient = factories.make_patient(cast.maya, allergies=other)
        factories.make_episode(patient, cast.maya)
        new = f"/patients/{patient.id}/visits/new"
    number = save_visit(new, sent(with_product(draft, wax)))
    assert "allergic to it (blisters)" in Page(maya.get(f"/visits/{number}/edit")).text


@pytest.mark.parametrize("supplies", [None, Supplies()], ids=["no shelf", "an empty shelf"])
def test_a_product_that_is_not_at_hand_is_looked_up(acting_as, cast, supplies):
    with acting_as(cast.maya):
        wax = factories.make_lubricant(cast.maya, ingredients="Paraffin, cera alba")
        patient = factories.make_patient(cast.maya)
        episode = factories.make_episode(patient, cast.maya)
        tool = factories.make_instrument(cast.maya)
        db.session.flush()
        draft = drafts.treated_draft(tool.id, wax.id)
        visit = actions.open_visit(episode, draft, patient=patient, by=cast.maya, supplies=supplies)
        with pytest.raises(Refused, match="allergic"):
            factories.sign(visit.id, cast.maya)


@pytest.mark.parametrize(
    "known",
    [
        pytest.param({"has_allergies": AllergiesAsked.NOT_ASKED, "allergies": ()}, id="none asked"),
        pytest.param({"has_allergies": AllergiesAsked.SOME}, id="some known, the rest not asked"),
    ],
)
def test_who_was_not_asked_about_allergies_is_treated_for_a_reason_only(acting_as, cast, known):
    with acting_as(cast.maya):
        visit = factories.open_visit(cast.maya, patient=factories.make_patient(cast.maya, **known))
        with pytest.raises(Refused) as refused:
            factories.sign(visit.id, cast.maya)
        asked = {f.about for f in refused.value.findings}
        assert {"uses-0-instrument_id", "uses-0-lubricant_id"} <= asked


def test_a_remark_may_say_why_it_is_used_though_nobody_asked(acting_as, cast):
    with acting_as(cast.maya):
        unasked = factories.make_patient(
            cast.maya, has_allergies=AllergiesAsked.NOT_ASKED, allergies=()
        )
        steel, jar = factories.make_instrument(cast.maya), factories.make_lubricant(cast.maya)
        note = "wears steel and used this jar before"
        uses = (drafts.calf_use(steel.id, jar.id, pressure=Pressure.LIGHT, note=note),)
        visit = factories.open_visit(cast.maya, patient=unasked, uses=uses)
        factories.sign(visit.id, cast.maya)
        assert factories.loaded(visit.id).is_signed
