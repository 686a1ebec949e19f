"""The form of the next session asks what became of the effects of the last one."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clinic_notes.charting import actions as charting
from clinic_notes.clinical.drafts import EffectDraft
from clinic_notes.core import clock
from clinic_notes.reference.terms import EffectOutcome
from tests import factories
from tests.charting.form_payloads import sent
from tests.drafts import yesterday
from tests.html_page import Page

BRUISE = EffectDraft("ecchymosis", grade=2, region="calf", detail="medial, size of a coin")
REDNESS = EffectDraft("erythema", grade=0)


@pytest.fixture
def asked(maya, patient_with_episode):
    """Return the text of the form of a new session."""
    return lambda: Page(maya.get(patient_with_episode.new_session_url)).text


def week_ago() -> date:
    return yesterday() - timedelta(days=7)


def test_a_bruise_is_asked_about_with_its_day_and_words(signed_session, asked):
    signed_session(effects=(BRUISE, REDNESS))
    text = asked()
    assert f"After the session of {week_ago().day} {week_ago():%b %Y}: " in text
    assert "medial, size of a coin" in text
    assert "How was it?" in text
    assert "redness" not in text.split("How was it?")[0].split("After the session of")[1].lower()


def test_what_the_patient_reported_later_is_asked_about_too(signed_session, asked, acting_as, cast):
    visit_id = signed_session(effects=())
    assert "How was it?" not in asked()
    with acting_as(cast.maya):
        charting.add_addendum(
            factories.loaded(visit_id), text="", about_on=None, effect=BRUISE, by=cast.maya
        )
    assert "medial, size of a coin" in asked()


def test_it_is_asked_about_until_somebody_knows_that_it_is_over(signed_session, asked):
    signed_session(14, effects=(BRUISE,))
    signed_session(10, effects=(), earlier_effects=EffectOutcome.BETTER)
    signed_session(7, effects=())
    assert "medial, size of a coin" in asked()
    signed_session(5, effects=(), earlier_effects=EffectOutcome.RESOLVED)
    assert "How was it?" not in asked()


def test_what_was_gone_when_it_was_written_or_is_long_ago_is_not_asked_about(signed_session, asked):
    signed_session(7, effects=(replace(BRUISE, outcome=EffectOutcome.RESOLVED),))
    signed_session(91, effects=(BRUISE,))
    assert "How was it?" not in asked()


def test_the_answer_stands_on_the_note_and_closes_it(
    maya, signed_session, patient_with_episode, draft, save_visit, acting_as, cast, asked
):
    signed_session(effects=(BRUISE,))
    on = draft.served_on - timedelta(days=2)
    answer = {
        "earlier_effects": "resolved",
        "earlier_effects_detail": "yellow for a day",
        "earlier_effects_resolved_on": on.isoformat(),
    }
    page = Page(maya.get(patient_with_episode.new_session_url))
    assert not page.sent.get("earlier_effects")
    later = maya.post(
        patient_with_episode.new_session_url,
        data=sent(draft) | answer | {"earlier_effects_resolved_on": str(clock.today("UTC"))},
    )
    assert "after the session" in Page(later).summary()["earlier_effects_resolved_on"]
    visit = save_visit(patient_with_episode.new_session_url, sent(draft) | answer)
    day = week_ago()
    said = f"After the session of {day.day} {day:%b %Y}: Bruise"
    gone = f"resolved on {on.day} {on:%b %Y} (yellow for a day)"
    for address in ("edit", "sign"):
        text = Page(maya.get(f"/visits/{visit}/{address}")).text
        assert said in text
        assert gone in text
    with acting_as(cast.maya):
        factories.sign(visit, cast.maya)
    note = " ".join(Page(maya.get(f"/visits/{visit}")).texts["note-safety"].split())
    assert said in note
    assert gone in note
    assert "How was it?" not in asked()


def test_it_stands_on_the_patients_page_until_it_is_over(
    maya, signed_session, patient_with_episode
):
    signed_session(effects=(BRUISE,))
    address = f"/patients/{patient_with_episode.patient_id}"
    assert "Not known to be over" in Page(maya.get(address)).text
    signed_session(3, effects=(), earlier_effects=EffectOutcome.RESOLVED)
    assert "Not known to be over" not in Page(maya.get(address)).text


def test_expected_redness_and_a_draft_are_not_asked_about(signed_session, asked):
    signed_session(7, effects=(REDNESS,))
    signed_session(3, effects=(BRUISE,), is_signed=False)
    assert "How was it?" not in asked()


def test_what_is_not_expected_is_asked_about_whatever_its_grade(signed_session, asked):
    signed_session(effects=(EffectDraft("skin_abrasion", grade=0, detail="over the edge"),))
    assert "over the edge" in asked()
