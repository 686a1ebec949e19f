"""A session stands between its episode's first and last day; what was typed is never lost."""

from dataclasses import replace
from datetime import timedelta

import pytest

from clinic_notes.charting import actions as charting
from clinic_notes.clinical.drafts import VisitDraft
from clinic_notes.clinical.findings import Refused
from clinic_notes.core.lookup import find_or_404
from clinic_notes.patients import actions
from clinic_notes.patients.actions import episode_draft
from clinic_notes.patients.models import Episode
from tests import drafts, factories
from tests.charting.form_payloads import sent
from tests.html_page import Page

WORDS = "The heel was sore all week."


@pytest.fixture
def episode(acting_as, cast):
    """An open episode that began ten days ago, with its patient."""
    with acting_as(cast.maya):
        patient = factories.make_patient(cast.maya)
        return factories.make_episode(patient, cast.maya, opened_on=days_ago(10))


def days_ago(days):
    return drafts.yesterday() - timedelta(days=days)


def form_of(episode):
    return f"/patients/{episode.patient_id}/visits/new?episode={episode.id}"


def test_a_session_in_an_episode_that_was_closed_meanwhile_is_refused_and_kept(
    maya, episode, acting_as, cast
):
    page = Page(maya.get(form_of(episode)))
    with acting_as(cast.maya):
        factories.close_episode(find_or_404(Episode, episode.id), cast.maya, on=days_ago(2))
    typed = sent(VisitDraft(served_on=days_ago(3), subjective=WORDS), once=page.sent["once"])
    answer = Page(maya.post(form_of(episode), data=typed))
    assert (answer.status, answer.sent["subjective"]) == (422, WORDS)
    assert "reopen it to add a session" in answer.text


def test_an_episode_does_not_move_past_its_first_session(episode, acting_as, cast):
    first = days_ago(5)
    with acting_as(cast.maya):
        stored = find_or_404(Episode, episode.id)
        patient = factories.known_patient(episode.patient_id)
        charting.open_visit(stored, VisitDraft(served_on=first), patient=patient, by=cast.maya)
        later = replace(episode_draft(stored), opened_on=first + timedelta(days=1))
        with pytest.raises(Refused, match="The first session of this episode was on"):
            actions.revise_episode(stored, later, version=stored.version, by=cast.maya)
        on_it = replace(later, opened_on=first)
        actions.revise_episode(stored, on_it, version=stored.version, by=cast.maya)
