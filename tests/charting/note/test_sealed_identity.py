"""A signed note says whom it was about when it was signed, and beside it what is otherwise now."""

import io
from datetime import date

import pytest
from pypdf import PdfReader

from clinic_notes.clinical.lifecycle import Identity, identity_from
from tests import factories
from tests.html_page import Page


@pytest.fixture
def renamed(acting_as, cast, maya):
    """Sign a note of Rosa Delgado, change all of her identity; return the note and its patient."""
    with acting_as(cast.maya):
        visit = factories.open_visit(cast.maya)
        visit_id, patient, episode = visit.id, visit.patient_id, visit.episode_id
    with acting_as(cast.maya):
        factories.sign(visit_id, cast.maya)
    address = f"/patients/{patient}/edit"
    changed = {"family_name": "Marigold", "born_on": "1961-02-03", "mrn": "NEW-77"}
    assert maya.post(address, data=Page(maya.get(address)).filled(**changed)).status_code == 303
    address = f"/episodes/{episode}/edit"
    filled = Page(maya.get(address)).filled(complaint="Other complaint")
    assert maya.post(address, data=filled).status_code == 303
    return visit_id, patient


def test_the_note_shows_both(renamed, maya):
    visit, _ = renamed
    page = Page(maya.get(f"/visits/{visit}"))
    title = page.source.partition("<title>")[2].partition("</title>")[0]
    assert "Rosa Delgado" in title
    assert "Marigold" not in title
    assert "now: Rosa Marigold · born 3 Feb 1961 · MRN NEW-77 · Other complaint" in page.text
    # The letterhead of the printed note, and the foot of each sheet.
    assert "Rosa Delgado (now: Rosa Marigold)" in page.text
    foot = page.source.partition("session of ")[0].rpartition("\n")[2]
    assert "Rosa Delgado" in foot
    assert "Marigold" not in foot


def test_the_pdf_shows_both(renamed, maya):
    visit, _ = renamed
    pdf = PdfReader(io.BytesIO(maya.get(f"/visits/{visit}/note.pdf").data))
    text = " ".join(pdf.pages[0].extract_text().split())
    for words in ("now: Rosa Marigold", "now: 3 Feb 1961", "now: NEW-77", "now: Other complaint"):
        assert words in text
    assert "Rosa Delgado · born" in text


def test_a_draft_shows_who_it_is_about_now(acting_as, cast, maya):
    with acting_as(cast.maya):
        visit = factories.open_visit(cast.maya)
        visit_id, patient = visit.id, visit.patient_id
    address = f"/patients/{patient}/edit"
    filled = Page(maya.get(address)).filled(family_name="Marigold")
    assert maya.post(address, data=filled).status_code == 303
    text = Page(maya.get(f"/visits/{visit_id}")).text
    assert "Rosa Marigold" in text
    assert "now:" not in text


@pytest.mark.parametrize("name", ["Rosa Delgado", "Rosa, born 1990-01-01, Delgado", "王小明"])
def test_what_is_sealed_is_read_again(name):
    sealed = Identity(name, date(1979, 3, 14), "H-1, 2", "Heel pain")
    assert identity_from(sealed.sealed_words, "Heel pain") == sealed
    assert set(sealed.otherwise_in(sealed).values()) == {""}


def test_a_note_without_an_identity_has_none():
    assert identity_from("", "Heel pain") is None
