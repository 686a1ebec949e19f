"""A yes of an earlier session that is not asked again today still stands on today's note."""

from dataclasses import replace
from datetime import timedelta

import pytest

from clinic_notes.clinical.drafts import AnswerDraft
from clinic_notes.reference.contraindications import checklist
from clinic_notes.reference.terms import Answer, Mitigation
from tests import drafts, factories
from tests.charting.form_payloads import sent
from tests.html_page import Page

FRAIL = AnswerDraft(
    "osteoporosis",
    Answer.YES,
    reason="light work only, her physician agrees",
    mitigation=Mitigation.REDUCE_PRESSURE,
)
TODAY = tuple(a for a in drafts.ALL_NO if checklist[a.item].every_session)


@pytest.fixture
def visit(signed_session, save_visit, patient_with_episode, draft) -> int:
    """A session today in which osteoporosis is not due: it was answered yes ten days ago."""
    signed_session(10, answers=tuple(FRAIL if a.item == FRAIL.item else a for a in drafts.ALL_NO))
    return save_visit(patient_with_episode.new_session_url, sent(replace(draft, answers=TODAY)))


@pytest.mark.parametrize("is_signed", [False, True], ids=["a draft", "signed and sealed"])
def test_what_stood_is_on_the_note(maya, visit, draft, acting_as, cast, is_signed):
    if is_signed:
        with acting_as(cast.maya):
            factories.sign(visit, cast.maya)
    page = Page(maya.get(f"/visits/{visit}"))
    on = draft.served_on - timedelta(days=10)
    for part in ("note-safety", "summary"):
        words = " ".join(page.texts[part].split())
        assert f"Carried from {on.day} {on:%b}: osteoporosis (reason" in words
        assert "pressure at most moderate" in words


@pytest.mark.parametrize("page", ["edit", "sign"])
def test_she_reads_it_before_she_signs(maya, visit, draft, page):
    on, text = draft.served_on - timedelta(days=10), Page(maya.get(f"/visits/{visit}/{page}")).text
    assert f"Carried from {on.day} {on:%b}: osteoporosis" in text
    # What was answered no that day and is asked every 30 days was not asked today.
    asked_then = [item for item in drafts.ASKED if not item.every_session]
    count = len(asked_then) - 1
    assert f"Carried from {on.day} {on:%b}: {count} questions answered no, not due again" in text
