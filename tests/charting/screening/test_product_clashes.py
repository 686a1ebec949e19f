"""A product that holds what the patient reacts to is refused on the form and in the action."""

from dataclasses import replace

import pytest

from clinic_notes.charting import actions
from clinic_notes.charting.treatment.supplies import Supplies
from clinic_notes.clinical.findings import Refused
from clinic_notes.core.db import db
from clinic_notes.patients.drafts import AllergyDraft
from tests import drafts, factories
from tests.charting.form_payloads import sent
from tests.html_page import Page


def test_a_product_with_what_the_patient_reacts_to_is_refused(
    maya, patient_with_episode, draft, visit_ids, acting_as, cast
):
    with acting_as(cast.maya):
        wax = factories.make_lubricant(cast.maya, ingredients="Paraffin, cera alba").id
    uses = tuple(replace(use, lubricant_id=wax) for use in draft.uses)
    page = Page(
        maya.post(patient_with_episode.new_session_url, data=sent(replace(draft, uses=uses)))
    )
    assert page.status == 422
    assert "allergic" in page.summary()["uses-0-lubricant_id"]
    assert visit_ids() == []


@pytest.mark.parametrize(
    ("substance", "ingredients"),
    [("beeswax", "Paraffin, cera alba"), ("Marula", "Sclerocarya birrea (marula) oil")],
    ids=["by its label name", "in her own words"],
)
def test_an_allergy_recorded_as_other_is_looked_for_in_the_product(
    maya, patient_with_episode, draft, visit_ids, acting_as, cast, substance, ingredients
):
    with acting_as(cast.maya):
        wax = factories.make_lubricant(cast.maya, ingredients=ingredients).id
        other = (AllergyDraft("other", substance, "blisters"),)
        patient = factories.make_patient(cast.maya, allergies=other)
        factories.make_episode(patient, cast.maya)
        new = f"/patients/{patient.id}/visits/new"
    uses = tuple(replace(use, lubricant_id=wax) for use in draft.uses)
    page = Page(maya.post(new, data=sent(replace(draft, uses=uses))))
    assert page.status == 422
    assert "allergic to it (blisters)" in page.summary()["uses-0-lubricant_id"]
    assert visit_ids() == []


@pytest.mark.parametrize("supplies", [None, Supplies()], ids=["no shelf", "an empty shelf"])
def test_a_product_that_is_not_at_hand_is_looked_up(acting_as, cast, supplies):
    with acting_as(cast.maya):
        wax = factories.make_lubricant(cast.maya, ingredients="Paraffin, cera alba")
        patient = factories.make_patient(cast.maya)
        episode = factories.make_episode(patient, cast.maya)
        tool = factories.make_instrument(cast.maya)
        db.session.flush()
        draft = drafts.treated_draft(tool.id, wax.id)
        with pytest.raises(Refused, match="allergic"):
            actions.open_visit(episode, draft, patient=patient, by=cast.maya, supplies=supplies)
