"""A note on paper says whose it is, on every sheet of it."""

import pytest

from clinic_notes.accounts.models import Clinic
from clinic_notes.clinical.wording import day
from clinic_notes.core.db import db
from clinic_notes.patients.models import Patient
from tests import factories
from tests.charting.form_payloads import sent
from tests.html_page import Page


@pytest.fixture
def printed(maya, save_visit, patient_with_episode, draft, acting_as, cast):
    """Return the page of a note of a clinic with this name and letterhead."""

    def page(letterhead: str, name: str = "Riverside clinic") -> Page:
        with acting_as(cast.maya):
            clinic = db.session.get_one(Clinic, cast.maya.clinic_id)
            clinic.name, clinic.letterhead = name, letterhead
        return Page(
            maya.get(f"/visits/{save_visit(patient_with_episode.new_session_url, sent(draft))}")
        )

    return page


def test_a_printed_note_bears_the_clinics_name_and_letterhead_line_for_line(printed):
    page = printed("14 Ferry Street\nBerlin\nTel. 030 1")
    assert "Riverside clinic" in page.text
    assert "14 Ferry Street\nBerlin\nTel. 030 1</p>" in page.source


def test_a_letterhead_that_begins_with_the_name_does_not_say_it_twice(printed):
    page = printed("Riverside clinic\n14 Ferry Street")
    assert page.text.count("Riverside clinic") == 1


def test_a_clinic_without_a_letterhead_prints_its_name(printed):
    assert "Riverside clinic" in printed("").text


def test_a_printed_note_says_who_she_is_and_when_she_came(
    printed, acting_as, cast, patient_with_episode, draft
):
    page = printed("")
    with acting_as(cast.maya):
        patient = db.session.get_one(Patient, patient_with_episode.patient_id)
    for term, value in (
        ("Patient", patient.name),
        ("Date of birth", day(patient.born_on)),
        ("MRN", patient.mrn),
        ("Date of service", day(draft.served_on)),
    ):
        assert f"{term} {value}" in page.text


def test_the_foot_of_every_sheet_bears_the_patient_whatever_her_name(maya, acting_as, cast):
    with acting_as(cast.maya):
        patient = factories.make_patient(cast.maya, given_name='Ann "Nan"')
        visit = factories.open_visit(cast.maya, patient=patient)
    page = Page(maya.get(f"/visits/{visit.id}"))
    foot = page.source.split('data-page-footer="', 1)[1].split('"', 1)[0]
    assert foot.startswith("Ann &#34;Nan&#34;")
    assert f"born {day(patient.born_on)} · {patient.mrn} · session of" in foot


def test_the_letterhead_is_for_paper_and_is_escaped(printed):
    page = printed("<script>alert(1)</script>")
    assert "&lt;script&gt;alert(1)" in page.source
    assert 'class="letterhead d-none d-print-flex"' in page.source
