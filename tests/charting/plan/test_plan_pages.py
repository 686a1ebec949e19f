"""What was due is recorded as done; episodes close with what came of them, and open again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from clinic_notes.core.db import db
from clinic_notes.patients.models import Episode
from clinic_notes.plan_of_care.queries import last_closing, plan_of
from tests import factories
from tests.drafts import measured, yesterday
from tests.html_page import Page


@pytest.fixture
def treated(acting_as, cast, patient_with_episode, draft):
    """A signed session with 17° of dorsiflexion, and a goal of 16°; return the episode's id."""
    rom = replace(draft.roms[0], before=measured(17))
    at = patient_with_episode
    with acting_as(cast.maya):
        factories.make_goal(db.session.get_one(Episode, at.episode_id), cast.maya)
        factories.record_visit(
            at.patient_id, at.episode_id, replace(draft, roms=(rom,)), by=cast.maya
        )
    return at.episode_id


@pytest.fixture
def episode(acting_as, cast, patient_with_episode):
    """Return what loads the episode as it is on record now."""

    def load():
        with acting_as(cast.maya):
            return db.session.get_one(Episode, patient_with_episode.episode_id)

    return load


@pytest.fixture
def send(client_for, cast):
    """Open a page as a user, fill in its form and send it."""

    def sent(address, by=None, **typed):
        client = client_for(by or cast.maya)
        return Page(client.post(address, data=Page(client.get(address)).filled(**typed)))

    return sent


def report(episode_id):
    return f"/episodes/{episode_id}/done/progress-report"


def test_a_report_is_recorded_by_a_named_person(send, treated, maya, acting_as, cast, episode):
    assert send(report(treated), done_on=yesterday().isoformat()).status == 303
    text = Page(maya.get(f"/patients/{episode().patient_id}")).text
    assert "recorded by Maya Reyes, PT" in text
    assert "due in 10 treatment days (0 of 10" in text
    with acting_as(cast.maya):
        (line,) = plan_of(treated).done
    assert maya.post(f"/due-records/{line.id}/withdraw").status_code == 303
    assert (
        "due in 9 treatment days (1 of 10"
        in Page(maya.get(f"/patients/{episode().patient_id}")).text
    )
    with acting_as(cast.maya):
        assert plan_of(treated).done == ()


@pytest.mark.parametrize(
    ("done_on", "said"),
    [
        pytest.param("", "Done on is needed", id="no day"),
        pytest.param("2999-01-01", "in the future", id="in the future"),
        pytest.param("2001-01-01", "The first treatment was on", id="before the first treatment"),
        pytest.param("yesterday", "year-month-day", id="a day in words"),
    ],
)
def test_a_day_that_cannot_be_right_is_refused(send, treated, done_on, said, acting_as, cast):
    page = send(report(treated), done_on=done_on)
    assert page.status == 422
    assert said in page.text
    with acting_as(cast.maya):
        assert plan_of(treated).done == ()


def test_no_report_for_an_episode_with_no_signed_session(send, patient_with_episode):
    page = send(report(patient_with_episode.episode_id), done_on=yesterday().isoformat())
    assert page.status == 422
    assert "no signed session with a treatment yet" in page.text


def test_an_assistant_records_a_reassessment_but_no_progress_report(send, treated, cast):
    day = yesterday().isoformat()
    page = send(report(treated), by=cast.sam, done_on=day)
    assert page.status == 422
    assert "is a therapist" in page.text
    again = f"/episodes/{treated}/done/re-assessment"
    assert send(again, by=cast.sam, done_on=day).status == 303


def test_a_certification_is_no_thing_to_tick_off(maya, treated):
    assert maya.get(f"/episodes/{treated}/done/certification").status_code == 404


def closing(episode_id):
    return f"/episodes/{episode_id}/close"


def test_an_episode_closes_with_what_came_of_it(send, treated, maya, episode, acting_as, cast):
    shown = Page(maya.get(closing(treated))).text
    assert "1 of 1" in shown
    assert "1 of 8 planned" in shown
    day = yesterday()
    assert send(closing(treated), reason="goals_met", closed_on=day.isoformat()).status == 303
    assert episode().closed_on == day
    with acting_as(cast.maya):
        kept = last_closing(treated)
        assert (kept.goals_met, kept.goals_not_met, kept.sessions) == (1, 0, 1)
    text = Page(maya.get(f"/patients/{episode().patient_id}")).text
    assert "Goals met; 1 of 1 goals met; 1 of 8 planned sessions" in text
    assert "What is due" not in text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        pytest.param({"reason": ""}, "Why it closes is needed", id="no reason"),
        pytest.param({"reason": "bored"}, "cannot be chosen here", id="an unknown reason"),
        pytest.param({"reason": "other"}, "Say in words", id="another reason, not said"),
        pytest.param({"closed_on": "2999-01-01"}, "in the future", id="in the future"),
        pytest.param({"closed_on": "2001-01-01"}, "before it opened", id="before it opened"),
        pytest.param({"version": "7"}, "changed after you opened it", id="changed meanwhile"),
    ],
)
def test_a_closing_that_cannot_be_right_is_refused(send, treated, typed, said, episode):
    given = {"reason": "goals_met", "closed_on": yesterday().isoformat(), "detail": ""}
    page = send(closing(treated), **(given | typed))
    assert page.status in (409, 422)
    assert said in page.text
    assert episode().closed_on is None


def test_an_episode_does_not_close_before_its_last_session(send, treated, episode):
    day = (yesterday() - timedelta(days=1)).isoformat()
    page = send(closing(treated), reason="goals_met", closed_on=day)
    assert page.status == 422
    assert "The last session was on" in page.text


def test_a_closed_episode_opens_again_with_a_reason(send, treated, episode, acting_as, cast):
    send(closing(treated), reason="goals_met", closed_on=yesterday().isoformat())
    again = f"/episodes/{treated}/reopen"
    assert send(again, reason="").status == 422
    assert send(again, reason="Pain is back after a fall").status == 303
    assert episode().closed_on is None
    with acting_as(cast.maya):
        kept = last_closing(treated)
        assert kept.reopen_reason == "Pain is back after a fall"
        assert kept.reopened_by_id == cast.maya.id
    twice = send(closing(treated), reason="moved", closed_on=yesterday().isoformat())
    assert twice.status == 303
