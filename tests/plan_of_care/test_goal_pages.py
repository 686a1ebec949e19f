"""Goals are set, corrected, ended and taken up again on their pages."""

from dataclasses import replace
from datetime import timedelta

import pytest

from clinic_notes.core.db import db
from clinic_notes.patients.models import Episode
from clinic_notes.plan_of_care.queries import goals_of
from clinic_notes.reference.terms import AgreedBy
from tests import factories
from tests.drafts import measured, treated_draft, yesterday
from tests.html_page import Page

AGREED = yesterday() - timedelta(days=7)
SENT = {
    "kind": "pain",
    "measure": "pain:movement",
    "detail": "stairs",
    "start": "7",
    "target": "2",
    "words": "Stairs without the rail",
    "agreed_on": AGREED.isoformat(),
    "by_on": (AGREED + timedelta(days=42)).isoformat(),
    "agreed_by": "patient",
}


@pytest.fixture
def new(episode_id):
    return f"/episodes/{episode_id}/goals/new"


@pytest.fixture
def goals(acting_as, cast, episode_id):
    """Return the goals of the episode."""

    def found():
        with acting_as(cast.maya):
            return list(goals_of(episode_id))

    return found


def test_a_goal_is_set_and_shown_with_how_far_it_is(maya, new, goals, episode_id):
    answer = maya.post(new, data=SENT)
    assert answer.status_code == 303
    assert answer.location.endswith(f"?episode={episode_id}#goals")
    (goal,) = goals()
    assert (goal.kind, goal.measure, goal.detail) == ("pain", "pain:movement", "stairs")
    assert (goal.start, goal.target, goal.agreed_by) == (7, 2, AgreedBy.PATIENT)
    text = Page(maya.get(f"/patients/{goal.patient_id}")).text
    assert "Stairs without the rail; Pain with movement, stairs: 2 or less" in text
    assert "not measurable yet" in text


def test_a_goal_in_words_needs_no_number(maya, new, goals):
    sent = SENT | {"measure": "", "detail": "", "start": "", "target": ""}
    assert maya.post(new, data=sent).status_code == 303
    assert goals()[0].words == "Stairs without the rail"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param({"kind": ""}, "Kind of goal is needed", id="no kind"),
        pytest.param({"kind": "wealth"}, "cannot be chosen here", id="an unknown kind"),
        pytest.param({"measure": "mood"}, "cannot be chosen here", id="no measure that exists"),
        pytest.param({"detail": ""}, "Which movement", id="which movement"),
        pytest.param({"target": ""}, "which number is the goal", id="no target"),
        pytest.param({"target": "2,5"}, "is not a number", id="a comma"),
        pytest.param({"target": "11"}, "0 to 10", id="beyond the scale"),
        pytest.param({"start": "1"}, "worse than the start", id="on the wrong side"),
        pytest.param({"by_on": AGREED.isoformat()}, "a day after", id="by the day it was agreed"),
        pytest.param({"by_on": "soon"}, "year-month-day", id="a day in words"),
        pytest.param({"agreed_by": ""}, "Agreed by is needed", id="nobody agreed"),
        pytest.param({"words": "x" * 300}, "200 characters", id="a long text"),
    ],
)
def test_what_cannot_be_right_is_refused_and_what_was_typed_stays(maya, new, goals, change, said):
    sent = SENT | {"words": "typed and not lost"} | change
    page = Page(maya.post(new, data=sent))
    assert page.status == 422
    assert said in " ".join(page.summary().values())
    assert "typed and not lost" in page.source or "words" in change
    assert goals() == []


def test_script_in_a_goal_is_text(maya, new, goals):
    maya.post(new, data=SENT | {"words": "<script>alert(1)</script>"})
    (goal,) = goals()
    source = maya.get(f"/patients/{goal.patient_id}").text
    assert "<script>alert(1)" not in source
    assert goal.words == "<script>alert(1)</script>"


def test_a_closed_episode_takes_no_goal(maya, new, goals, acting_as, cast, episode_id):
    with acting_as(cast.maya):
        episode = db.session.get_one(Episode, episode_id)
        factories.close_episode(episode, cast.maya)
    page = Page(maya.post(new, data=SENT))
    assert page.status == 422
    assert "reopen it before" in page.text
    assert goals() == []


def test_a_goal_is_corrected_and_the_trail_says_what_it_was(maya, goal, last_entry):
    address = f"/goals/{goal().id}/edit"
    answer = maya.post(address, data=Page(maya.get(address)).filled(target="14", words="Squat"))
    assert answer.status_code == 303
    assert goal().target == 14
    action, facts = last_entry()
    assert action == "goal.revised"
    assert facts == {"version": 2, "target": "16 > 14", "words": "changed"}


def test_a_goal_changed_meanwhile_is_not_overwritten(maya, goal):
    address = f"/goals/{goal().id}/edit"
    opened = Page(maya.get(address))
    maya.post(address, data=Page(maya.get(address)).filled(target="14"))
    late = Page(maya.post(address, data=opened.filled(target="12", words="typed late")))
    assert late.status == 409
    assert "typed late" in late.source
    assert goal().target == 14


def end(maya, goal, **typed):
    address = f"/goals/{goal().id}/end"
    given = {"end_reason": "met", "ended_on": yesterday().isoformat()}
    return Page(maya.post(address, data=Page(maya.get(address)).filled(**given | typed)))


def test_a_goal_ends_with_a_reason_and_goes_on_again(maya, goal, last_entry):
    day = yesterday()
    assert end(maya, goal, ended_on=str(day)).status == 303
    assert (goal().ended_on, goal().end_reason) == (day, "met")
    assert last_entry() == ("goal.ended", {"reason": "met", "on": str(day)})
    assert "ended: met" in Page(maya.get(f"/patients/{goal().patient_id}")).text
    assert maya.post(f"/goals/{goal().id}/resume").status_code == 303
    assert (goal().ended_on, goal().end_reason) == (None, "")
    assert last_entry() == ("goal.resumed", {"was": f"met, {day}"})


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        pytest.param({"end_reason": ""}, "Why it ends is needed", id="no reason"),
        pytest.param({"end_reason": "other"}, "Say in words", id="another reason, not said"),
        pytest.param({"ended_on": "2999-01-01"}, "in the future", id="in the future"),
        pytest.param({"ended_on": "2001-01-01"}, "before it was agreed", id="too early"),
        pytest.param({"version": "7"}, "changed after you opened it", id="changed meanwhile"),
    ],
)
def test_an_end_that_cannot_be_right_is_refused(maya, goal, typed, said):
    page = end(maya, goal, **typed)
    assert page.status in (409, 422)
    assert said in page.text
    assert goal().ended_on is None


def test_a_goal_that_has_ended_is_not_changed(maya, goal):
    address = f"/goals/{goal().id}/edit"
    opened = Page(maya.get(address))
    end(maya, goal)
    page = Page(maya.post(address, data=opened.filled(target="14", version="2")))
    assert page.status == 422
    assert "has ended" in page.text
    assert end(maya, goal).status == 422


def test_readings_say_how_far_a_goal_is(maya, goal, acting_as, cast, episode_id):
    patient_id = goal().patient_id
    with acting_as(cast.maya):
        draft = treated_draft(factories.make_instrument(cast.maya).id)
        reached = replace(draft.roms[0], before=measured(17))
        factories.record_visit(
            patient_id, episode_id, replace(draft, roms=(reached,)), by=cast.maya
        )
    text = " ".join(Page(maya.get(f"/patients/{patient_id}")).text.split())
    assert "met 17° on" in text
