"""Which answers still speak, which session of how many, which was the last."""

from dataclasses import replace
from datetime import time, timedelta

import pytest
from sqlalchemy import select

from clinic_notes.charting.models import Reading
from clinic_notes.charting.screening.earlier_answers import record_of_answers
from clinic_notes.charting.visit.queries import clinicians, episode_position, position_and_last
from clinic_notes.clinical.drafts import AnswerDraft, Site
from clinic_notes.core.db import db
from clinic_notes.reference.terms import Answer, Decision, Side
from tests import drafts, factories

TODAY = drafts.yesterday()
NOT_TREATED = {
    "decision": Decision.NOT_TREATED,
    "not_treated_reason": "Fever since the morning.",
    "referral": "her physician",
    "patient_informed": True,
    "answers": (AnswerDraft("fever_systemic_infection", Answer.YES),),
    "uses": (),
}


@pytest.fixture
def visit_on(acting_as, cast, patient_with_episode):
    """Open a session so many days ago, signed unless said otherwise; return its id."""

    def opened(days_ago, *, signed=True, **changes):
        at = patient_with_episode
        with acting_as(cast.maya):
            draft = drafts.treated_draft(
                factories.make_instrument(cast.maya).id,
                served_on=TODAY - timedelta(days=days_ago),
                **changes,
            )
            return factories.record_visit(
                at.patient_id, at.episode_id, draft, by=cast.maya, is_signed=signed
            )

    return opened


def position(visit):
    return episode_position(visit.episode_id, visit.served_on, visit.start_time, visit.id)


@pytest.fixture
def prior_answers(acting_as, cast, patient_with_episode):
    """Return what earlier answers say of an item today, oldest first."""

    def asked(item):
        with acting_as(cast.maya):
            return [
                a
                for a in record_of_answers(patient_with_episode.patient_id, TODAY)
                if a.item == item
            ]

    return asked


def test_an_earlier_answer_speaks_with_its_places_and_what_it_was_asked_about(
    visit_on, prior_answers
):
    visit_on(10)
    (asked,) = prior_answers("ecchymosis_effusion")
    assert asked.answer is Answer.YES
    assert asked.sites == (Site("foot_plantar", Side.LEFT),)
    assert asked.asked_about == (Site("calf", Side.LEFT),)
    assert asked.asked_on == TODAY - timedelta(days=10)


def test_an_answer_was_asked_about_every_place_that_was_treated(
    visit_on, prior_answers, patient_with_episode
):
    calf = drafts.calf_use(patient_with_episode.instrument_id)
    thigh = replace(calf, region="quad_thigh_ant", tissues=())
    visit_on(10, uses=(calf, thigh, calf))
    (asked,) = prior_answers("osteoporosis")
    assert asked.asked_about == (Site("calf", Side.LEFT), Site("quad_thigh_ant", Side.LEFT))


@pytest.mark.parametrize(("days_ago", "times"), [(30, 1), (40, 0)])
def test_a_no_is_heard_for_thirty_days(visit_on, prior_answers, days_ago, times):
    visit_on(days_ago)
    assert len(prior_answers("osteoporosis")) == times


def test_a_yes_is_heard_for_ever_and_with_it_the_no_that_unsaid_it(visit_on, prior_answers):
    visit_on(400)
    visit_on(200, answers=drafts.ALL_NO)
    assert [a.answer for a in prior_answers("anticoagulant")] == [Answer.YES, Answer.NO]


def test_a_draft_does_not_speak(visit_on, prior_answers):
    visit_on(5, signed=False)
    assert prior_answers("anticoagulant") == []


def test_a_later_session_does_not_speak_of_an_earlier_day(
    visit_on, acting_as, cast, patient_with_episode
):
    visit_on(5)
    with acting_as(cast.maya):
        assert record_of_answers(patient_with_episode.patient_id, TODAY - timedelta(days=6)) == ()


def test_answers_of_one_day_come_in_the_order_of_the_clock(visit_on, prior_answers):
    visit_on(3, start_time=time(15, 0), end_time=time(16, 0), answers=drafts.ALL_NO)
    visit_on(3, start_time=time(9, 0), end_time=time(10, 0))
    visit_on(3, start_time=None, end_time=None)
    heard = [a.answer for a in prior_answers("anticoagulant")]
    # The "yes" of the session without a time was replaced by that of nine o'clock.
    assert heard == [Answer.YES, Answer.NO]


def test_sessions_are_numbered_by_their_day_not_by_their_entry(visit_on, acting_as, cast):
    second, third, first = visit_on(10), visit_on(2), visit_on(20)
    with acting_as(cast.maya):
        found = [position(factories.loaded(number)) for number in (first, second, third)]
    assert [(at.number, at.is_first) for at in found] == [(1, True), (2, False), (3, False)]


def test_sessions_of_one_day_are_numbered_by_the_clock_not_by_their_entry(
    visit_on, acting_as, cast
):
    afternoon = visit_on(3, start_time=time(15, 0), end_time=time(16, 0))
    morning = visit_on(3, start_time=time(9, 0), end_time=time(10, 0))
    unsaid = visit_on(3, start_time=None, end_time=None)
    with acting_as(cast.maya):
        found = [position(factories.loaded(number)) for number in (unsaid, morning, afternoon)]
    assert [(at.number, at.is_first) for at in found] == [(1, True), (2, False), (3, False)]


def test_a_new_session_comes_last_of_its_day_unless_it_says_when(
    visit_on, acting_as, cast, patient_with_episode
):
    visit_on(0, start_time=time(9, 0), end_time=time(10, 0))
    visit_on(0, start_time=time(15, 0), end_time=time(16, 0))
    with acting_as(cast.maya):
        at = {
            t: episode_position(patient_with_episode.episode_id, TODAY, t).number
            for t in (None, time(12, 0))
        }
    assert at == {None: 3, time(12, 0): 2}


def test_a_session_moved_to_a_later_day_does_not_count_itself(visit_on, acting_as, cast):
    with_draft = visit_on(5, signed=False)
    with acting_as(cast.maya):
        visit = factories.loaded(with_draft)
        at = episode_position(visit.episode_id, TODAY, visit.start_time, visit.id)
    assert at.number == 1


@pytest.mark.parametrize(
    ("earlier", "is_first"),
    {
        "none": ([], True),
        "a draft": ([(5, {"signed": False})], True),
        "screened, not treated": ([(5, NOT_TREATED)], True),
        "treated and signed": ([(5, {})], False),
        "of the same day, begun earlier": ([(0, {})], False),
    }.values(),
    ids=["none", "draft", "not-treated", "treated", "same-day"],
)
def test_the_first_session_is_the_first_treated_and_signed(
    visit_on, acting_as, cast, patient_with_episode, earlier, is_first
):
    for days_ago, changes in earlier:
        visit_on(days_ago, **changes)
    with acting_as(cast.maya):
        assert episode_position(patient_with_episode.episode_id, TODAY, None).is_first is is_first


def test_a_session_entered_late_may_yet_be_the_first(
    visit_on, acting_as, cast, patient_with_episode
):
    visit_on(5)
    with acting_as(cast.maya):
        assert episode_position(
            patient_with_episode.episode_id, TODAY - timedelta(days=9), None
        ).is_first


def measured_last(patient_with_episode):
    _, last = position_and_last(patient_with_episode.episode_id, TODAY, None)
    return {row.id for row in last.readings}


def readings_of(visit_id):
    found = set(db.session.scalars(select(Reading.id).where(Reading.visit_id == visit_id)))
    assert found
    return found


def test_the_last_session_is_the_latest_day_signed(visit_on, acting_as, cast, patient_with_episode):
    latest = visit_on(2)
    visit_on(20)
    visit_on(1, signed=False)
    with acting_as(cast.maya):
        assert measured_last(patient_with_episode) == readings_of(latest)


def test_of_one_day_the_last_is_the_latest_by_the_clock(
    visit_on, acting_as, cast, patient_with_episode
):
    latest = visit_on(2, start_time=time(15, 0), end_time=time(16, 0))
    visit_on(2, start_time=time(9, 0), end_time=time(10, 0))
    visit_on(2, start_time=None, end_time=None)
    with acting_as(cast.maya):
        assert measured_last(patient_with_episode) == readings_of(latest)


def test_who_treats_can_have_measured_and_so_can_whoever_did(acting_as, cast):
    with acting_as(cast.maya):
        treating = {cast.maya, cast.jonas, cast.sam}
        assert dict(clinicians(None)) == {person.id: person.signs_as for person in treating}
        assert cast.lena.id in dict(clinicians(cast.lena.id))
        assert cast.stranger.id not in dict(clinicians(cast.stranger.id))
