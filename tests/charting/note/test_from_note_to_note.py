"""From one note to the next: after signing, and along the sessions of an episode."""

import pytest

from tests.cast import PASSWORD
from tests.html_page import Page


@pytest.fixture
def sign(maya):
    """Sign a draft through its page; return the page that follows."""

    def signed(visit_id):
        data = Page(maya.get(f"/visits/{visit_id}/sign")).filled(password=PASSWORD)
        return Page(maya.post(f"/visits/{visit_id}/sign", data=data, follow_redirects=True))

    return signed


def test_after_signing_the_next_draft_and_today_are_one_press_away(signed_session, sign):
    one, two = signed_session(3, is_signed=False), signed_session(2, is_signed=False)
    after = sign(one)
    assert f"/visits/{two}/edit" in after.links
    assert "Next draft: Rosa Delgado" in after.text
    assert "/" in after.links
    last = sign(two)
    assert "Next draft" not in last.text


def test_a_note_leads_to_the_sessions_before_and_after_it(signed_session, maya):
    # Written in another order than they took place.
    third, first, second = (signed_session(days) for days in (1, 9, 5))
    shown = {visit: Page(maya.get(f"/visits/{visit}")) for visit in (first, second, third)}
    assert f"/visits/{first}" in shown[second].links
    assert f"/visits/{third}" in shown[second].links
    assert "Previous session" not in shown[first].text
    assert "Next session" not in shown[third].text


def test_a_draft_says_on_paper_that_it_is_one(signed_session, maya):
    draft, signed = signed_session(3, is_signed=False), signed_session(5)
    assert "DRAFT, not signed" in Page(maya.get(f"/visits/{draft}")).text
    assert "DRAFT" not in Page(maya.get(f"/visits/{signed}")).text


def test_the_patients_page_goes_on_with_the_draft_that_is_open(
    signed_session, maya, patient_with_episode
):
    address = f"/patients/{patient_with_episode.patient_id}"
    assert "Continue draft" not in Page(maya.get(address)).text
    draft = signed_session(3, is_signed=False)
    page = Page(maya.get(address))
    assert "Continue draft" in page.text
    assert f"/visits/{draft}/edit" in page.links
