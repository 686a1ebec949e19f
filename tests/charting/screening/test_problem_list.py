"""What the patient's record says, on the pages: confirmed by itself, or unsaid with a reason."""

from dataclasses import replace

import pytest

from clinic_notes.clinical.drafts import AnswerDraft
from clinic_notes.patients import actions as patients
from clinic_notes.patients.drafts import ConditionDraft
from clinic_notes.reference.terms import Answer, Mitigation
from tests import drafts, factories
from tests.cast import PASSWORD
from tests.charting.form_payloads import sent
from tests.html_page import Page

BOTH = ("anticoagulant", "bleeding_disorder")
THINNER = AnswerDraft(
    "anticoagulant",
    Answer.YES,
    reason="skin sound, dose unchanged",
    mitigation=Mitigation.REDUCE_PRESSURE,
)


def answered(item: str, answer: Answer, reason: str = "") -> tuple[AnswerDraft, ...]:
    """Return the whole checklist: a blood thinner, otherwise no, and this answer."""
    given = {"anticoagulant": THINNER, item: AnswerDraft(item, answer, reason=reason)}
    return tuple(given.get(a.item, replace(a, reason="")) for a in drafts.ALL_NO)


@pytest.fixture
def note_haemophilia(acting_as, cast, patient_with_episode):
    """Add haemophilia to Rosa's record, beside her blood thinner."""

    def noted() -> None:
        with acting_as(cast.maya):
            patient = factories.known_patient(patient_with_episode.patient_id)
            has = (
                ConditionDraft("takes apixaban", "anticoagulant"),
                ConditionDraft("Haemophilia A", "bleeding_disorder"),
            )
            known = factories.patient_draft(mrn=patient.mrn, conditions=has)
            patients.revise_patient(patient, known, version=patient.version, by=cast.maya)

    return noted


@pytest.fixture
def press(maya, patient_with_episode):
    """Press a button of a new session's form; return the page that comes back."""

    def pressed(**button: str) -> Page:
        page = Page(maya.get(patient_with_episode.new_session_url))
        return Page(
            maya.post(f"{patient_with_episode.new_session_url}/answers", data=page.filled(**button))
        )

    return pressed


def answers(page: Page) -> list[str]:
    return [page.sent.get(f"answers-{item}-answer", "") for item in BOTH]


@pytest.mark.parametrize(
    "button",
    [{"answer_rest_no": "due"}, {"confirm_unchanged": "now"}],
    ids=["the rest is no", "nothing new"],
)
def test_no_tap_for_many_answers_what_is_on_record(press, signed_session, note_haemophilia, button):
    signed_session(7, answers=drafts.ALL_NO)
    note_haemophilia()
    page = press(**button)
    assert page.sent["answers-open_wound-answer"] == "no"
    assert answers(page) == ["", ""]


def test_what_came_on_record_after_a_no_is_asked_again_and_keeps_the_note_open(
    signed_session, note_haemophilia, maya, save_visit, patient_with_episode, draft
):
    signed_session(7, answers=answered("bleeding_disorder", Answer.NO))
    note_haemophilia()
    said = tuple(a for a in drafts.ANSWERS if a.item != "bleeding_disorder")
    number = save_visit(patient_with_episode.new_session_url, sent(replace(draft, answers=said)))
    page = Page(maya.get(f"/visits/{number}/sign"))
    assert "1 question is not asked" in page.text
    assert f"/visits/{number}/edit#answers-bleeding_disorder-answer" in page.links


def test_one_tap_confirms_what_is_on_record_and_then_it_stops(press, note_haemophilia):
    note_haemophilia()
    page = press(confirm_yes="bleeding_disorder")
    assert answers(page) == ["", "yes"]
    assert page.sent["answers-bleeding_disorder-detail"] == "Haemophilia A"
    assert "No treatment today" in page.texts["safety"]


def test_the_page_offers_it_in_the_words_of_the_record(maya, patient_with_episode):
    page = Page(maya.get(patient_with_episode.new_session_url))
    assert "On record: takes apixaban." in " ".join(page.texts["safety"].split())
    assert "No change: Blood thinner" in page.source


@pytest.mark.parametrize(
    ("reason", "status"),
    [("", 422), ("tested", 422), ("tested twice in 2025, normal", 303)],
    ids=["a bare no", "six characters", "a reason"],
)
def test_a_no_against_the_record_is_a_caution_and_is_signed_only_with_a_reason(
    note_haemophilia, save_visit, maya, patient_with_episode, draft, reason, status
):
    note_haemophilia()
    said = answered("bleeding_disorder", Answer.NO, reason)
    number = save_visit(patient_with_episode.new_session_url, sent(replace(draft, answers=said)))
    edit = Page(maya.get(f"/visits/{number}/edit"))
    assert "today's answer is no. Find out which is right." in edit.texts["safety"]
    assert "answers-bleeding_disorder-reason" in edit.ids
    data = Page(maya.get(f"/visits/{number}/sign")).filled(password=PASSWORD)
    data.setdefault("version", "1")
    assert maya.post(f"/visits/{number}/sign", data=data).status_code == status


def test_the_reason_for_a_no_against_the_record_stands_on_the_note(
    note_haemophilia, save_visit, maya, patient_with_episode, draft
):
    note_haemophilia()
    said = answered("bleeding_disorder", Answer.NO, "tested twice in 2025, normal")
    number = save_visit(patient_with_episode.new_session_url, sent(replace(draft, answers=said)))
    safety = " ".join(Page(maya.get(f"/visits/{number}")).texts["note-safety"].split())
    assert "Bleeding disorder: no" in safety
    assert "Decision: tested twice in 2025, normal" in safety
    assert safety.count("Bleeding disorder") == 1
