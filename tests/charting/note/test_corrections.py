"""An addendum corrects or withdraws a value of a signed note, which stays as it was signed."""

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from clinic_notes.charting.models import Signature, Visit
from clinic_notes.charting.note.seals import broken_seals
from clinic_notes.charting.plan.goals import rows_of_episode
from clinic_notes.charting.screening.earlier_answers import earlier_visits
from clinic_notes.charting.treatment.past_sessions import past_treatments
from clinic_notes.charting.visit.load import load_visit
from clinic_notes.charting.visit.queries import position_and_last
from clinic_notes.clinical.drafts import PainDraft, StrengthDraft
from clinic_notes.core.db import db
from clinic_notes.outcomes.facts.actions import rebuild
from clinic_notes.reference.terms import ReadingState, Side, StrengthMethod
from tests import drafts
from tests.drafts import measured
from tests.html_page import Page
from tests.outcomes.facts.test_facts import recomputed, stored

WHY = "Read from the wrong line."
PAINS = (PainDraft("now", before=measured(7), after=measured(4)),)


@pytest.fixture
def note(signed_session):
    """The latest of two signed sessions of Rosa's, in which pain went from 7 to 4."""
    signed_session(14, pains=(PainDraft("now", before=measured(9), after=measured(8)),))
    return signed_session(7, pains=PAINS)


@pytest.fixture
def correct(maya, stored_draft):
    """Correct a value of a note through the page; return the answer."""

    def sent(visit_id, which="after", text=WHY, kind="pains", **typed):
        row = getattr(stored_draft(visit_id), "uses" if which == "use" else kind)[0]
        page = Page(maya.get(f"/visits/{visit_id}/addenda"))
        data = page.filled(text=text, corrects=f"{which}-{row.id}", **typed)
        return maya.post(f"/visits/{visit_id}/addenda", data=data)

    return sent


@pytest.fixture
def what_counts(acting_as, cast, patient_with_episode):
    """Return pain now of the latest session wherever the application takes it from the record."""

    def found():
        on = drafts.yesterday()
        patient, episode = patient_with_episode.patient_id, patient_with_episode.episode_id
        with acting_as(cast.maya):
            _, last = position_and_last(episode, on, None)
            pain = next(row for row in last.readings if row.kind == "pain")
            rows = [one for one in rows_of_episode(episode, on) if isinstance(one.row, PainDraft)]
            return {
                "beside the field": (pain.before_number, pain.after_number),
                "goals": (rows[-1].row.before.number, rows[-1].row.after.number),
                "before today": earlier_visits(patient, on).pain_before(episode)[:1],
            }

    return found


def on_paper(client, visit_id):
    pdf = PdfReader(io.BytesIO(client.get(f"/visits/{visit_id}/note.pdf").data))
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def test_the_corrected_value_counts_and_is_marked_wherever_it_stands(
    note, correct, maya, patient_with_episode
):
    assert correct(note, corrected_to="6").status_code == 303
    page = Page(maya.get(f"/visits/{note}"))
    assert "Corrected by an addendum" in page.text
    assert "Pain now, after: 4 → 6 (Maya Reyes, PT, DPT)" in page.text
    assert "after 6" in page.texts["note-readings"]
    assert "7 → 4" in page.texts["note-readings"]
    paper = on_paper(maya, note)
    assert "Corrected by an addendum: Pain now, after: 4 → 6" in paper
    patient = Page(maya.get(f"/patients/{patient_with_episode.patient_id}"))
    assert "6 (corrected)" in patient.texts["pain"]
    assert "corrected" in patient.texts["sessions"]
    assert "6 (corrected)" in patient.texts["changes"]


def test_every_reader_of_the_record_takes_the_corrected_value(note, correct, what_counts):
    was = {"beside the field": (7, 4), "goals": (7, 4), "before today": (7,)}
    assert what_counts() == was
    correct(note, corrected_to="6")
    correct(note, "before", corrected_to="8")
    correct(note, corrected_to="5")
    assert what_counts() == {
        "beside the field": (8, 5), "goals": (8, 5), "before today": (8,),
    }  # fmt: skip


def test_a_withdrawn_value_is_nowhere_offered_or_counted(
    note, correct, what_counts, maya, patient_with_episode
):
    assert correct(note, "before", withdrawn="y").status_code == 303
    found = what_counts()
    assert found["beside the field"] == (None, 4)
    assert found["goals"] == (None, 4)
    # What was found at the session before is none of the latest.
    assert found["before today"] == (9,)
    form = Page(maya.get(patient_with_episode.new_session_url))
    assert "last time 7" not in form.text
    assert "before withdrawn" in Page(maya.get(f"/visits/{note}")).texts["note-readings"]
    patient = Page(maya.get(f"/patients/{patient_with_episode.patient_id}"))
    assert "withdrawn" in patient.texts["pain"]


def test_a_withdrawn_treatment_row_counts_nowhere(
    note, correct, maya, client_for, cast, stored_draft, patient_with_episode
):
    (use,) = stored_draft(note).uses
    address = f"/patients/{patient_with_episode.patient_id}"
    behind = f"/outcomes/results/sessions?by=instrument&value={use.instrument_id}"
    lena = client_for(cast.lena)
    assert Page(maya.get(address)).source.count('class="chart-bar"') == 2
    assert lena.get(behind).text.count(f'href="/visits/{note}"') == 1
    correct(note, "use", withdrawn="y")
    assert Page(maya.get(address)).source.count('class="chart-bar"') == 1
    assert lena.get(behind).text.count(f'href="/visits/{note}"') == 0


def test_a_withdrawn_treatment_row_is_not_repeated(
    note, correct, acting_as, cast, patient_with_episode, maya
):
    known = patient_with_episode.patient_id, patient_with_episode.episode_id, drafts.yesterday()
    with acting_as(cast.maya):
        before = [use.id for past in past_treatments(*known) for use in past.uses]
    correct(note, "use", withdrawn="y")
    with acting_as(cast.maya):
        after = [use.id for past in past_treatments(*known) for use in past.uses]
    assert len(after) == len(before) - 1
    assert "withdrawn" in Page(maya.get(f"/visits/{note}")).texts["note-treatment"]
    offered = Page(maya.get(f"/visits/{note}/addenda")).source
    assert 'value="use-' in offered or len(before) == 2


def test_the_sealed_note_stays_and_is_verified(note, correct, acting_as, cast):
    with acting_as(cast.maya):
        sealed = db.session.query(Signature).filter_by(visit_id=note).one().document
    correct(note, corrected_to="6")
    with acting_as(cast.maya):
        assert db.session.query(Signature).filter_by(visit_id=note).one().document == sealed
        assert load_visit(db.session.get_one(Visit, note)).draft.pains[0].after.number == 4
        assert list(broken_seals()) == []


def test_the_facts_are_those_of_the_corrected_record(
    note, correct, signed_session, acting_as, cast
):
    correct(note, "before", corrected_to="2")
    # A session that is signed after a correction stands on corrected readings.
    signed_session(3, pains=(PainDraft("now", before=measured(5), after=measured(4)),))
    with acting_as(cast.lena):
        now = stored()
        assert now == recomputed()
        assert any("2.00" in row or "2" in row for row in now[1])
        rebuild()
        assert stored() == now


REFUSED = {
    "no reason": ({"corrected_to": "6", "text": ""}, "text", "Write why"),
    "beyond the scale": ({"corrected_to": "11"}, "corrected_to", "0 to 10"),
    "the same again": ({"corrected_to": "4"}, "corrected_to", "says already"),
    "nothing": ({}, "corrected_to", "Enter what it should say"),
    "both": ({"corrected_to": "6", "withdrawn": "y"}, "corrected_to", "not both"),
    "a treatment row with a value": (
        {"which": "use", "corrected_to": "6"}, "withdrawn", "as a whole",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("typed", "about", "words"), REFUSED.values(), ids=REFUSED)
def test_a_correction_that_cannot_be_is_refused_beside_its_field(
    note, correct, what_counts, typed, about, words
):
    answer = Page(correct(note, **typed))
    assert answer.status == 422
    assert words in answer.summary()[about]
    assert what_counts()["goals"] == (7, 4)


def test_a_value_of_nothing_is_refused(note, maya):
    page = Page(maya.get(f"/visits/{note}/addenda")).filled(text=WHY, corrected_to="6")
    answer = Page(maya.post(f"/visits/{note}/addenda", data=page))
    assert (answer.status, "Choose the value" in answer.summary()["corrects"]) == (422, True)


def test_a_value_of_another_note_is_refused(note, signed_session, maya, stored_draft):
    other = stored_draft(signed_session(3, pains=PAINS)).pains[0].id
    page = Page(maya.get(f"/visits/{note}/addenda"))
    data = page.filled(text=WHY, corrected_to="6", corrects=f"after-{other}")
    assert maya.post(f"/visits/{note}/addenda", data=data).status_code == 422


def test_a_grade_is_corrected_by_a_grade(signed_session, correct, maya, stored_draft):
    grade = replace(measured(0), number=None, grade="4")
    row = StrengthDraft("wrist_extension", Side.LEFT, StrengthMethod.MMT, before=grade)
    note = signed_session(3, strengths=(row,))
    refused = Page(correct(note, "before", kind="strengths", corrected_to="3"))
    assert "not a number" in refused.summary()["corrected_grade"]
    assert (
        correct(note, "before", kind="strengths", corrected_grade="3", corrected_to="").status_code
        == 303
    )
    assert "before: 4 → 3" in Page(maya.get(f"/visits/{note}")).text


def test_a_reading_limited_by_pain_stays_so(signed_session, correct, maya):
    limited = replace(measured(80), state=ReadingState.PAIN_LIMITED)
    row = StrengthDraft("wrist_extension", Side.LEFT, StrengthMethod.DYNAMOMETER, before=limited)
    note = signed_session(3, strengths=(row,))
    correct(note, "before", kind="strengths", corrected_to="85.5")
    words = Page(maya.get(f"/visits/{note}")).text
    assert "80 N (limited by pain) → 85.5 N (limited by pain)" in words
