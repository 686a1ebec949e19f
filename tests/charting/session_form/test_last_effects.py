"""The form of the next session asks what became of the effects of the last one."""

from datetime import date, timedelta

import pytest

from clinic_notes.charting import actions as charting
from clinic_notes.clinical.drafts import EffectDraft
from tests import factories
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


def test_only_the_last_session_is_asked_about(signed_session, asked):
    signed_session(14, effects=(BRUISE,))
    signed_session(7, effects=())
    assert "How was it?" not in asked()


def test_expected_redness_and_a_draft_are_not_asked_about(signed_session, asked):
    signed_session(7, effects=(REDNESS,))
    signed_session(3, effects=(BRUISE,), is_signed=False)
    assert "How was it?" not in asked()


def test_what_is_not_expected_is_asked_about_whatever_its_grade(signed_session, asked):
    signed_session(effects=(EffectDraft("skin_abrasion", grade=0, detail="over the edge"),))
    assert "over the edge" in asked()
