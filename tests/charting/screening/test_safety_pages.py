"""The safety check on the pages: what is refused, what waits, what may be signed."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from clinic_notes.clinical.drafts import AnswerDraft, Site, VisitDraft
from clinic_notes.reference.contraindications import checklist
from clinic_notes.reference.terms import Answer, Mitigation, Pressure, Side
from tests import drafts, factories
from tests.cast import PASSWORD
from tests.charting.form_payloads import sent
from tests.html_page import Page

NO = drafts.ALL_NO
MONTHLY_REGION = next(i.key for i in checklist if not i.every_session and i.scope == "region")


def answers_with(*yes: AnswerDraft) -> tuple[AnswerDraft, ...]:
    """Return the whole checklist, answered no but for these."""
    given = {answer.item: answer for answer in yes}
    return tuple(given.get(answer.item, answer) for answer in NO)


DVT = answers_with(AnswerDraft("dvt_or_suspected", Answer.YES, (Site("calf", Side.LEFT),)))
NOT_TREATED = {
    "decision": "not_treated",
    "not_treated_reason": "New swelling and warmth of the calf.",
    "referral": "Dr. Ferreira, telephoned at 14:20",
    "patient_informed": "y",
}


@pytest.fixture
def sign(maya):
    """Try to sign a visit; return the page before and the answer."""

    def tried(number: int) -> tuple[Page, Page]:
        page = Page(maya.get(f"/visits/{number}/sign"))
        # Where something is missing the page offers no signature; a hand-made request may try.
        page.sent.setdefault("version", "1")
        answer = maya.post(f"/visits/{number}/sign", data=page.filled(password=PASSWORD))
        return page, Page(answer)

    return tried


@pytest.fixture
def saved_not_signed(save_visit, patient_with_episode, sign):
    """Save a session that the rules refuse; return the page that says why it is not signed."""

    def page_for(data: dict[str, Any]) -> Page:
        page, answer = sign(save_visit(patient_with_episode.new_session_url, data))
        assert answer.status == 422
        return page

    return page_for


def test_a_clot_is_saved_as_it_was_typed_and_never_signed_as_treated(saved_not_signed, draft):
    page = saved_not_signed(sent(replace(draft, answers=DVT)))
    assert "Record this session as screened, not treated." in page.text


@pytest.mark.parametrize("absent", ["not_treated_reason", "referral", "patient_informed"])
def test_not_treated_needs_why_to_whom_and_the_patient_informed(saved_not_signed, absent):
    data = sent(VisitDraft(served_on=drafts.yesterday(), answers=DVT)) | NOT_TREATED
    page = saved_not_signed(data | {absent: ""})
    assert any(href.endswith(f"/edit#{absent}") for href in page.links)


def test_a_stop_leads_to_screened_not_treated_with_its_reason_to_edit(
    maya, patient_with_episode, save_visit, sign
):
    new = patient_with_episode.new_session_url
    data = Page(maya.get(new)).sent
    data["answers-dvt_or_suspected-answer"] = "yes"
    page = Page(maya.post(f"{new}/answers", data=data | {"not_treated": "now"}))
    assert page.sent["decision"] == "not_treated"
    assert page.sent["not_treated_reason"].startswith("Blood clot (DVT)")
    data = page.filled(referral="Dr. Ferreira, telephoned", patient_informed="y")
    assert sign(save_visit(new, data))[1].status == 303


def test_a_clot_is_saved_and_signed_as_screened_not_treated(
    save_visit, patient_with_episode, maya, sign
):
    empty = VisitDraft(served_on=drafts.yesterday(), answers=DVT)
    number = save_visit(patient_with_episode.new_session_url, sent(empty) | NOT_TREATED)
    assert sign(number)[1].status == 303
    note = Page(maya.get(f"/visits/{number}"))
    assert "Screened, not treated" in note.text
    assert "Dr. Ferreira, telephoned at 14:20" in note.text


BRUISE = answers_with(AnswerDraft("ecchymosis_effusion", Answer.YES, (Site("calf", Side.LEFT),)))


def test_a_bruised_region_may_not_be_treated(saved_not_signed, draft):
    page = saved_not_signed(sent(replace(draft, answers=BRUISE)))
    assert "Left calf may not be treated today" in page.text


@pytest.mark.parametrize(("region", "side"), [("calf", Side.RIGHT), ("hamstring", Side.LEFT)])
def test_another_region_may_be_treated_and_signed(
    save_visit, patient_with_episode, draft, sign, region, side
):
    elsewhere = tuple(replace(u, region=region, side=side, tissues=()) for u in draft.uses)
    number = save_visit(
        patient_with_episode.new_session_url, sent(replace(draft, answers=BRUISE, uses=elsewhere))
    )
    assert sign(number)[1].status == 303


def test_a_precaution_without_a_reason_is_saved_but_not_signed(
    save_visit, patient_with_episode, draft, sign, maya, stored_draft, acting_as, cast
):
    thinner = answers_with(AnswerDraft("anticoagulant", Answer.YES, reason="short"))
    number = save_visit(patient_with_episode.new_session_url, sent(replace(draft, answers=thinner)))
    page, answer = sign(number)
    wanted = ("answers-anticoagulant-reason", "answers-anticoagulant-mitigation")
    links = page.links
    for field in wanted:
        assert f"/visits/{number}/edit#{field}" in links
    assert set(wanted) <= Page(maya.get(f"/visits/{number}/edit")).ids
    assert answer.status == 422
    with acting_as(cast.maya):
        assert not factories.loaded(number).is_signed


def test_one_question_not_asked_keeps_the_note_open(save_visit, patient_with_episode, draft, sign):
    but_one = tuple(a for a in NO if a.item != "open_wound")
    page, answer = sign(
        save_visit(patient_with_episode.new_session_url, sent(replace(draft, answers=but_one)))
    )
    assert "1 question is not asked" in page.text
    assert answer.status == 422


def test_an_empty_draft_names_what_is_missing_and_each_link_finds_its_field(
    save_visit, patient_with_episode, maya
):
    number = save_visit(
        patient_with_episode.new_session_url, {"served_on": str(drafts.yesterday())}
    )
    page = Page(maya.get(f"/visits/{number}/sign"))
    fields = [href.split("#")[1] for href in page.links if f"/visits/{number}/edit#" in href]
    assert len(fields) >= 8
    assert set(fields) <= Page(maya.get(f"/visits/{number}/edit")).ids


def test_the_others_are_no_answers_what_is_due_and_open_and_no_reading(
    maya, patient_with_episode, visit_ids
):
    data = Page(maya.get(patient_with_episode.new_session_url)).sent
    data["answers-anticoagulant-answer"] = "yes"
    page = Page(
        maya.post(
            f"{patient_with_episode.new_session_url}/answers", data=data | {"answer_rest_no": "due"}
        )
    )
    assert page.status == 200
    answered = {i.key: page.sent.get(f"answers-{i.key}-answer") for i in drafts.ASKED}
    assert answered.pop("anticoagulant") == "yes"
    assert set(answered.values()) == {"no"}
    assert not any(page.sent.getlist(f"pains-0-{end}") != [""] for end in ("before", "after"))
    assert visit_ids() == []


@pytest.fixture
def asked_lately(acting_as, cast, patient_with_episode, save_visit, draft, sign):
    """A signed session ten days ago in which all was asked: diabetes yes, the rest no."""
    diabetes = AnswerDraft(
        "diabetes",
        Answer.YES,
        reason="sensation tested and normal",
        mitigation=Mitigation.EXPLAIN_CONSENT,
    )
    ago = draft.served_on - timedelta(days=10)
    past = replace(draft, served_on=ago, answers=answers_with(diabetes))
    assert sign(save_visit(patient_with_episode.new_session_url, sent(past)))[1].status == 303


def test_what_was_asked_lately_is_not_due_and_stays_unanswered(
    maya, patient_with_episode, asked_lately
):
    data = Page(maya.get(patient_with_episode.new_session_url)).sent
    page = Page(
        maya.post(
            f"{patient_with_episode.new_session_url}/answers", data=data | {"answer_rest_no": "due"}
        )
    )
    due = {i.key for i in checklist if page.sent.get(f"answers-{i.key}-answer") == "no"}
    # What is on her record is asked by itself.
    assert due == {i.key for i in drafts.ASKED if i.every_session} - {"anticoagulant"}
    assert "diabetes" not in due


def test_what_still_stands_needs_no_new_answer_to_sign(
    save_visit, patient_with_episode, draft, sign, asked_lately
):
    every = {item.key for item in checklist if item.every_session}
    answers = tuple(a for a in NO if a.item in every)
    assert (
        sign(
            save_visit(patient_with_episode.new_session_url, sent(replace(draft, answers=answers)))
        )[1].status
        == 303
    )


def test_a_new_region_is_asked_about_again(
    save_visit, patient_with_episode, draft, sign, asked_lately
):
    every = {item.key for item in checklist if item.every_session}
    answers = tuple(a for a in NO if a.item in every)
    elsewhere = tuple(replace(u, region="forearm", tissues=()) for u in draft.uses)
    page, answer = sign(
        save_visit(
            patient_with_episode.new_session_url,
            sent(replace(draft, answers=answers, uses=elsewhere)),
        )
    )
    assert answer.status == 422
    assert any(f"answers-{MONTHLY_REGION}-answer" in href for href in page.links)


def test_in_pregnancy_the_abdomen_may_not_be_treated(saved_not_signed, draft):
    pregnant = AnswerDraft(
        "pregnancy",
        Answer.YES,
        detail="third trimester",
        reason="her midwife agrees",
        mitigation=Mitigation.EXPLAIN_CONSENT,
    )
    abdomen = tuple(
        replace(use, region="abdomen", side=Side.MIDLINE, tissues=()) for use in draft.uses
    )
    data = sent(replace(draft, answers=answers_with(pregnant), uses=abdomen))
    assert "may not be treated" in saved_not_signed(data).text


def test_a_row_says_what_to_mind_in_its_region(maya, patient_with_episode):
    assert (
        "Calf: avoid medial tibia"
        in Page(maya.get(patient_with_episode.new_session_url)).texts["treatment"]
    )


def test_a_session_where_nothing_was_asked_is_not_signed_as_screened(
    save_visit, patient_with_episode, sign, maya
):
    number = save_visit(
        patient_with_episode.new_session_url,
        sent(VisitDraft(served_on=drafts.yesterday())) | NOT_TREATED,
    )
    page, answer = sign(number)
    assert answer.status == 422
    assert "Nobody was screened yet" in page.text


@pytest.mark.parametrize("pressure", [Pressure.FIRM, Pressure.HEAVY])
def test_with_a_blood_thinner_harder_than_moderate_is_not_signed(saved_not_signed, draft, pressure):
    uses = tuple(replace(use, pressure=pressure) for use in draft.uses)
    assert "at most moderate today" in saved_not_signed(sent(replace(draft, uses=uses))).text
