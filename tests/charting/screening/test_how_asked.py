"""How each safety answer was asked for: kept with the visit, and never more than it was."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from clinic_notes.charting.models import Signature
from clinic_notes.clinical import sealed_note
from clinic_notes.clinical.drafts import AnswerDraft
from clinic_notes.core.db import db
from clinic_notes.reference.terms import Answer, AnsweredBy, HowAsked, Mitigation
from tests import drafts, factories
from tests.charting.form_payloads import sent
from tests.html_page import Page

THINNER = AnswerDraft(
    "anticoagulant",
    Answer.YES,
    detail="apixaban 5 mg",
    reason="INR not used for apixaban, skin sound",
    mitigation=Mitigation.REDUCE_PRESSURE,
)
ONE_BY_ONE, UNCHANGED, IN_ONE_STEP = HowAsked


@pytest.fixture
def last_session(signed_session):
    """A signed session a week ago in which all was asked: a blood thinner, the rest no."""
    signed_session(7, answers=drafts.whole_checklist(THINNER))


@pytest.fixture
def form(maya, patient_with_episode):
    """The form of a new session: press its buttons, fill it in, save it. No script runs."""

    class Form:
        def __init__(self, address: str) -> None:
            self.address = address
            self.page = Page(maya.get(patient_with_episode.repeat_url()))

        def press(self, job: str = "answers", **sent_too: str) -> None:
            data = self.page.filled(**sent_too)
            self.page = Page(maya.post(f"{self.address}/{job}", data=data))

        def with_session(self, draft, **more: str) -> MultiDict[str, str]:
            typed = sent(replace(draft, answers=()))
            data = self.page.filled(
                **{n: v for n, v in typed.items() if isinstance(v, str) and v}, **more
            )
            data.setlist("uses-0-tissues", typed["uses-0-tissues"])
            return data

    return Form(patient_with_episode.new_session_url)


@pytest.fixture
def how_asked(stored_draft):
    """How each question of a stored visit was asked for, by item."""
    return lambda visit: {a.item: a.how_asked for a in stored_draft(visit).answers}


def test_one_tap_is_kept_as_what_it_was_and_what_is_done_by_hand_as_asked(
    form, last_session, draft, save_visit, how_asked, stored_draft
):
    form.press(confirm_unchanged="now")
    form.press(confirm_yes="anticoagulant")
    tapped = {n for n, v in form.page.sent.items() if n.endswith("-answer") and v}
    data = form.with_session(
        draft, **{"answers-open_wound-answer": "yes", "answers-diabetes-answer": "no"}
    )
    visit = save_visit(form.address, data)
    given = how_asked(visit)
    assert {item for item, how in given.items() if how is ONE_BY_ONE} == {"open_wound", "diabetes"}
    assert {how for item, how in given.items() if item not in ("open_wound", "diabetes")} == {
        UNCHANGED
    }
    assert len(given) == len(tapped) + 1
    week_ago = draft.served_on - drafts.timedelta(days=7)
    since = {a.unchanged_since for a in stored_draft(visit).answers if a.how_asked is UNCHANGED}
    assert since == {week_ago}


def test_all_others_no_is_one_step(form, draft, save_visit, how_asked):
    data = form.page.filled(**{"answers-open_wound-answer": "no"})
    form.page.sent = data
    form.press(answer_rest_no="due")
    given = how_asked(save_visit(form.address, form.with_session(draft)))
    assert given.pop("open_wound") is ONE_BY_ONE
    assert set(given.values()) == {IN_ONE_STEP}
    # Rosa's blood thinner is on her record: it is asked by itself.
    assert given.keys() == {i.key for i in drafts.ASKED} - {"open_wound", "anticoagulant"}


def test_what_was_changed_and_changed_back_by_hand_was_asked(
    form, last_session, draft, save_visit, how_asked
):
    form.press(confirm_unchanged="now")
    form.press("rows", add="pains", **{"answers-open_wound-answer": "yes"})
    data = form.with_session(draft, **{"answers-open_wound-answer": "no"})
    given = how_asked(save_visit(form.address, data))
    assert given["open_wound"] is ONE_BY_ONE
    assert given["sunburn"] is UNCHANGED


def test_a_repeat_asks_nothing(form, last_session, draft, save_visit, how_asked):
    form.press("repeat", repeat="last")
    assert how_asked(save_visit(form.address, form.with_session(draft))) == {}


def test_saving_again_asks_nothing_anew(
    maya, form, last_session, draft, save_visit, how_asked, stored_draft
):
    form.press(confirm_unchanged="now")
    visit = save_visit(form.address, form.with_session(draft))
    edit, first = f"/visits/{visit}/edit", stored_draft(visit).answers
    for more in ({}, {"answers-sunburn-answer": "yes"}, {"answers-sunburn-answer": "no"}):
        assert maya.post(edit, data=Page(maya.get(edit)).filled(**more)).status_code == 303
    again = {a.item: a for a in stored_draft(visit).answers}
    assert again.pop("sunburn").how_asked is ONE_BY_ONE
    assert {(a.how_asked, a.answered_at) for a in again.values()} == {
        (a.how_asked, a.answered_at) for a in first
    }


def test_the_page_shows_it_before_it_is_saved_and_the_seal_keeps_it(
    maya, form, last_session, draft, save_visit, acting_as, cast
):
    form.press(confirm_unchanged="now")
    form.press(confirm_yes="anticoagulant")
    count = sum(v == "no" for n, v in form.page.sent.items() if n.endswith("-answer"))
    on = draft.served_on - drafts.timedelta(days=7)
    said = f"o change since {on.day} {on:%b} in {count} questions, stated by the guardian at"
    form.press("rows", add="pains", answered_by="guardian")
    assert said in form.page.text
    visit = save_visit(form.address, form.with_session(draft))
    for page in ("edit", "sign"):
        assert said in Page(maya.get(f"/visits/{visit}/{page}")).text
    with acting_as(cast.maya):
        factories.sign(visit, cast.maya)
        (document,) = db.session.scalars(
            select(Signature.document).where(Signature.visit_id == visit)
        )
    sealed = sealed_note.note_from(document).visit
    assert sealed.answered_by is AnsweredBy.GUARDIAN
    assert {a.how_asked for a in sealed.answers} == {UNCHANGED}
    note = Page(maya.get(f"/visits/{visit}")).texts["note-safety"]
    assert said in " ".join(note.split())
    assert "asked one by one" not in note


def test_an_answer_from_before_says_that_it_is_not_known(maya, signed_session):
    visit = signed_session(3, answers=drafts.ALL_NO)
    words = Page(maya.get(f"/visits/{visit}")).text
    assert "how it was asked was not recorded" in words
    assert "asked one by one" not in words
