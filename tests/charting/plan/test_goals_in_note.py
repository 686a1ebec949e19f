"""A note says how far the goals were when it was signed, and goes on saying so."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from clinic_notes.charting.models import Signature
from clinic_notes.charting.plan.goals import rows_of_episode
from clinic_notes.clinical import sealed_note
from clinic_notes.clinical.goals import measure_key
from clinic_notes.core.db import db
from clinic_notes.patients import actions as patients
from clinic_notes.patients.models import Episode
from clinic_notes.plan_of_care import actions
from clinic_notes.plan_of_care.drafts import GoalEndDraft
from clinic_notes.plan_of_care.models import Goal
from clinic_notes.reference.terms import CodeSystem
from tests import factories
from tests.cast import PASSWORD
from tests.drafts import measured, yesterday
from tests.html_page import Page


@pytest.fixture
def goal_id(acting_as, cast, patient_with_episode):
    """A goal of 16°, and a diagnosis, in the episode of the session."""
    with acting_as(cast.maya):
        episode = db.session.get_one(Episode, patient_with_episode.episode_id)
        coded = replace(
            patients.episode_draft(episode), code_system=CodeSystem.ICD10CM, diagnoses="M72.2"
        )
        patients.revise_episode(episode, coded, version=episode.version, by=cast.maya)
        return factories.make_goal(episode, cast.maya).id


@pytest.fixture
def record(acting_as, cast, patient_with_episode, draft):
    """Record a signed session with this dorsiflexion before treatment; return its id."""

    def recorded(degrees, days_ago=0, *, is_signed=True):
        rom = replace(draft.roms[0], before=measured(degrees))
        on = yesterday() - timedelta(days=days_ago)
        with acting_as(cast.maya):
            return factories.record_visit(
                patient_with_episode.patient_id,
                patient_with_episode.episode_id,
                replace(draft, roms=(rom,), served_on=on),
                by=cast.maya,
                is_signed=is_signed,
            )

    return recorded


def shown(client, visit_id):
    return Page(client.get(f"/visits/{visit_id}")).text


def test_a_draft_shows_goals_with_its_own_readings(maya, goal_id, record):
    text = shown(maya, record(17, is_signed=False))
    assert "Diagnosis: M72.2 (ICD-10-CM)" in text
    assert "Ankle dorsiflexion, left, active: 16° or more" in text
    assert "Met: 17° on" in text


def test_earlier_sessions_count_and_later_ones_do_not(maya, goal_id, record):
    first = record(5, days_ago=10)
    record(17)
    assert "Behind: 5° on" in shown(maya, first)
    again = record(9, days_ago=5, is_signed=False)
    assert "Behind: 9° on" in shown(maya, again)


def test_of_earlier_sessions_only_what_the_goals_measure_is_read(
    acting_as, cast, patient_with_episode, draft, goal_id, record
):
    record(5, days_ago=10)
    with acting_as(cast.maya):
        episode_id, measure = patient_with_episode.episode_id, measure_key(draft.roms[0])
        assert len(rows_of_episode(episode_id, yesterday())) > 1
        (found,) = rows_of_episode(episode_id, yesterday(), measures={measure})
    assert found.row.movement == draft.roms[0].movement


def test_what_is_shown_before_signing_is_what_is_sealed(maya, goal_id, record, acting_as, cast):
    visit_id = record(9, is_signed=False)
    before = Page(maya.get(f"/visits/{visit_id}/sign"))
    assert "Behind: 9° on" in before.text
    assert (
        maya.post(f"/visits/{visit_id}/sign", data=before.filled(password=PASSWORD)).status_code
        == 303
    )
    with acting_as(cast.maya):
        signature = db.session.scalars(select(Signature)).one()
        names = sealed_note.note_from(signature.document).names
    assert names.diagnosis == "M72.2 (ICD-10-CM)"
    (line,) = names.goals
    assert line in before.text


def test_a_signed_note_stays_as_it_was_whatever_becomes_of_the_goal(
    maya, goal_id, record, acting_as, cast
):
    visit_id = record(17)
    was = shown(maya, visit_id)
    assert "Met: 17° on" in was
    with acting_as(cast.maya):
        goal = db.session.get_one(Goal, goal_id)
        ended = GoalEndDraft("not_wanted", yesterday())
        actions.end_goal(goal, ended, version=goal.version, by=cast.maya)
    assert shown(maya, visit_id) == was
    assert "does not match" not in was


def test_a_goal_that_had_ended_before_the_session_is_not_in_its_note(
    maya, goal_id, record, acting_as, cast
):
    with acting_as(cast.maya):
        goal = db.session.get_one(Goal, goal_id)
        ended = GoalEndDraft("met", yesterday() - timedelta(days=1))
        actions.end_goal(goal, ended, version=goal.version, by=cast.maya)
    assert "16° or more" not in shown(maya, record(17, is_signed=False))
    assert "16° or more" in shown(maya, record(17, days_ago=2, is_signed=False))


def test_a_note_without_a_plan_says_nothing_of_one(maya, record):
    assert "Plan of care" not in shown(maya, record(9))
