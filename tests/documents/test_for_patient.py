"""The page for the patient: what was checked, from where to where, and what is next."""

from datetime import timedelta

import pytest

from clinic_notes.accounts.models import User
from clinic_notes.clinical.drafts import PainDraft
from clinic_notes.documents.for_patient import NOTHING_YET
from tests import factories
from tests.documents.conftest import descriptions, text_of, words
from tests.drafts import measured, treated_draft, yesterday


@pytest.fixture
def patient_id(acting_as, cast) -> int:
    """Rosa, whose pain in two sessions a week apart went from 8 to 3; her goal is 2."""
    with acting_as(cast.maya):
        return record_two_sessions(cast.maya)


def record_two_sessions(by: User) -> int:
    patient = factories.make_patient(by, conditions=())
    episode = factories.make_episode(patient, by)
    factories.make_goal(episode, by, words="Walk to work")
    tool, product = factories.make_instrument(by).id, factories.make_lubricant(by).id
    for days_ago, pain in ((7, 8), (0, 3)):
        draft = treated_draft(
            tool,
            product,
            served_on=yesterday() - timedelta(days=days_ago),
            pains=(PainDraft("now", before=measured(pain), after=measured(pain)),),
        )
        factories.record_visit(patient.id, episode.id, draft, by=by)
    return patient.id


def test_it_says_what_changed_and_what_is_next(patient_id, read_pdf):
    pdf = read_pdf(f"/patients/{patient_id}/for-the-patient.pdf")
    shown = text_of(pdf)
    for sentence in (
        "Your pain right now: from 8 out of 10 to 3 out of 10. That is better.",
        "You were here 2 times. We planned 8 visits.",
        "Walk to work",
    ):
        assert words(sentence) in shown
    assert len(pdf.pages) == 1
    assert "DRAFT" not in shown


def test_the_bars_are_said_in_words_too(patient_id, read_pdf):
    assert "Bars: at the start 8, now 3." in descriptions(
        read_pdf(f"/patients/{patient_id}/for-the-patient.pdf")
    )


def test_after_one_session_it_promises_more(acting_as, cast, read_pdf):
    with acting_as(cast.maya):
        visit = factories.open_visit(cast.maya, patient=factories.make_patient(cast.maya))
        visit_id, patient_id = visit.id, visit.patient_id
        factories.sign(visit_id, cast.maya)
    shown = text_of(read_pdf(f"/patients/{patient_id}/for-the-patient.pdf"))
    assert words(NOTHING_YET) in shown
    assert words("You were here once.") in shown


def test_a_patient_without_an_episode_has_no_page(acting_as, cast, maya):
    with acting_as(cast.maya):
        patient_id = factories.make_patient(cast.maya).id
    assert maya.get(f"/patients/{patient_id}/for-the-patient.pdf").status_code == 404


def test_the_patients_page_leads_to_it(patient_id, maya):
    assert "/for-the-patient.pdf" in maya.get(f"/patients/{patient_id}").text
