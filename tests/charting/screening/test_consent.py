"""Consent and blood pressure on the form, at the signature and on the note."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clinic_notes.clinical.findings import Refused
from clinic_notes.reference.terms import ConsentBy
from tests import drafts, factories
from tests.charting.form_payloads import sent
from tests.html_page import Page

YEAR = timedelta(days=365)


def test_the_first_session_asks_for_consent_and_the_next_one_does_not(
    maya, patient_with_episode, draft, save_visit, acting_as, cast
):
    new = patient_with_episode.new_session_url
    assert "no informed consent is on record yet" in Page(maya.get(new)).text
    earlier = draft.served_on - timedelta(days=3)
    first = replace(draft, served_on=earlier, consent_by=ConsentBy.PATIENT)
    number = save_visit(new, sent(first))
    with acting_as(cast.maya):
        factories.sign(number, cast.maya)
    assert "no informed consent" not in Page(maya.get(new)).text
    elsewhere = replace(draft, uses=(replace(draft.uses[0], region="hamstring", tissues=()),))
    page = Page(maya.get(f"/visits/{save_visit(new, sent(elsewhere))}/sign"))
    assert "informed consent was not given to the left posterior thigh" in page.text


def test_consent_and_blood_pressure_are_part_of_the_note(
    maya, patient_with_episode, draft, save_visit, acting_as, cast
):
    said = replace(draft, consent_by=ConsentBy.PATIENT, systolic=132, diastolic=84)
    number = save_visit(patient_with_episode.new_session_url, sent(said))
    with acting_as(cast.maya):
        factories.sign(number, cast.maya)
    text = Page(maya.get(f"/visits/{number}")).text
    assert "Informed consent given by the patient on" in text
    assert "Blood pressure 132/84 mmHg" in text


def test_a_high_blood_pressure_stops_the_session(
    maya, patient_with_episode, save_visit, acting_as, cast, draft
):
    high = replace(draft, systolic=184, diastolic=96)
    number = save_visit(patient_with_episode.new_session_url, sent(high))
    why = "blood pressure 184/96 mmHg, the limit is 180/110 mmHg"
    assert why in Page(maya.get(f"/visits/{number}/edit")).text
    with acting_as(cast.maya), pytest.raises(Refused, match=why):
        factories.sign(number, cast.maya)


def test_a_minor_is_signed_for_with_the_guardian_on_the_note(maya, acting_as, cast):
    born_on = drafts.yesterday() - 15 * YEAR
    with acting_as(cast.maya):
        alone = factories.make_patient(cast.maya, born_on=born_on)
        visit = factories.open_visit(cast.maya, patient=alone)
        with pytest.raises(Refused, match="which guardian consented"):
            factories.sign(visit.id, cast.maya)
        consented = {"guardian": "Ana Delgado, mother", "guardian_consented_on": date(2026, 3, 2)}
        child = factories.make_patient(cast.maya, born_on=born_on, **consented)
        visit = factories.open_visit(cast.maya, patient=child)
        factories.sign(visit.id, cast.maya)
        number = visit.id
    text = Page(maya.get(f"/visits/{number}")).text
    assert "Guardian's consent: Ana Delgado, mother, 2 Mar 2026" in text.replace("\u2019", "'")
