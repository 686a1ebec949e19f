"""Region and side of an episode with signed sessions: corrected with a reason, answers stay."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from clinic_notes.charting.screening.earlier_answers import record_of_answers
from clinic_notes.clinical.drafts import Site
from clinic_notes.core.audit import AuditEntry
from clinic_notes.core.db import db
from clinic_notes.patients.models import Episode
from clinic_notes.reference.terms import Side
from tests import drafts
from tests.html_page import Page

WHY = "The other leg was meant."
LEFT_CALF, RIGHT_THIGH = Site("calf", Side.LEFT), Site("hamstring", Side.RIGHT)
TENDON = Site("achilles", Side.LEFT)


@pytest.fixture
def relocate(maya, patient_with_episode):
    """Correct the place of Rosa's episode through its page; return the answer."""

    def sent(**typed):
        address = f"/episodes/{patient_with_episode.episode_id}/edit"
        data = Page(maya.get(address)).filled(region="hamstring", side="right", **typed)
        return Page(maya.post(address, data=data))

    return sent


@pytest.fixture
def place(acting_as, cast, patient_with_episode):
    """Return where the episode is now."""

    def found():
        with acting_as(cast.maya):
            episode = db.session.get_one(Episode, patient_with_episode.episode_id)
            return Site(episode.region, episode.side)

    return found


@pytest.fixture
def asked_about(acting_as, cast, patient_with_episode):
    """Return the places that the answers of earlier sessions are about."""

    def found():
        with acting_as(cast.maya):
            known = patient_with_episode.patient_id, drafts.yesterday() + timedelta(days=1)
            return {site for answer in record_of_answers(*known) for site in answer.asked_about}

    return found


def test_it_is_corrected_with_a_reason_and_the_trail_says_so(
    signed_session, relocate, place, acting_as, cast, maya, patient_with_episode
):
    signed_session(7)
    refused = relocate()
    assert (refused.status, place()) == (422, LEFT_CALF)
    assert "Sessions of this episode are signed" in refused.summary()["place_reason"]
    assert 'name="place_reason"' in refused.source
    assert relocate(place_reason="oops").status == 422
    assert (relocate(place_reason=WHY).status, place()) == (303, RIGHT_THIGH)
    shown = Page(maya.get(f"/episodes/{patient_with_episode.episode_id}/edit")).text
    assert f"it was left calf. Corrected by Maya Reyes, PT, DPT: {WHY}" in shown
    with acting_as(cast.maya):
        newest = select(AuditEntry.facts).where(AuditEntry.action == "episode.revised")
        facts = json.loads(db.session.scalars(newest.order_by(AuditEntry.number.desc())).first())
    assert (facts["region"], facts["side"]) == ("changed", "left > right")


def test_what_was_asked_stays_about_the_place_it_was_asked_about(
    signed_session, relocate, asked_about, patient_with_episode
):
    # Treated beside it: what is treated is asked about too.
    uses = (drafts.calf_use(patient_with_episode.instrument_id, region="achilles"),)
    signed_session(7, uses=uses)
    assert asked_about() == {LEFT_CALF, TENDON}
    assert relocate(place_reason=WHY).status == 303
    assert asked_about() == {LEFT_CALF, TENDON}
    signed_session(3, uses=uses)
    assert asked_about() == {LEFT_CALF, TENDON, RIGHT_THIGH}


def test_under_a_draft_that_was_asked_it_stays(signed_session, relocate, place):
    signed_session(3, is_signed=False)
    refused = relocate(place_reason=WHY)
    assert "sign or discard it" in refused.summary()["region"]
    assert place() == LEFT_CALF


def test_before_the_first_session_it_changes_freely(relocate, place):
    assert (relocate().status, place()) == (303, RIGHT_THIGH)
