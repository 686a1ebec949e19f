from dataclasses import replace
from html import unescape

import pytest

from clinic_notes.core.lookup import find_or_404
from clinic_notes.patients import actions
from clinic_notes.patients.models import Episode
from tests import factories
from tests.patients.people import HEEL, HEEL_SENT


@pytest.fixture
def heel(rosa, acting_as, cast):
    with acting_as(cast.maya):
        return actions.open_episode(rosa, HEEL, by=cast.maya)


def page(response):
    return unescape(response.get_data(as_text=True))


def test_an_episode_is_opened_under_the_patients_alerts(maya, rosa, acting_as, cast):
    address = f"/patients/{rosa.id}/episodes/new"
    assert "Beeswax allergy" in page(maya.get(address))
    answer = maya.post(address, data=HEEL_SENT)
    assert (answer.status_code, answer.location) == (303, f"/patients/{rosa.id}")
    with acting_as(cast.maya):
        (episode,) = factories.open_episodes(rosa.id)
        assert actions.episode_draft(episode) == replace(HEEL, onset="after a long shift")


TYPED = "goals that must not be lost"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param({"complaint": ""}, "Complaint is needed.", id="no complaint"),
        pytest.param({"region": ""}, "Region is needed.", id="no region"),
        pytest.param({"region": "moon"}, "cannot be chosen here", id="unknown region"),
        pytest.param({"side": ""}, "Side is needed.", id="no side"),
        pytest.param({"side": "midline"}, "Plantar foot: choose from", id="a foot has no midline"),
        pytest.param({"onset_on": "2999-01-01"}, "in the future", id="onset in the future"),
        pytest.param({"onset_on": "last week"}, "year-month-day", id="onset in words"),
        pytest.param({"closed_on": "2026-03-03"}, "before it opened", id="closed before opened"),
        pytest.param({"planned_visits": "0"}, "1 to 200", id="no visit planned"),
        pytest.param({"planned_visits": "201"}, "1 to 200", id="201 visits"),
        pytest.param({"planned_visits": "3,5"}, "not a whole number", id="visits with a comma"),
        pytest.param({"visits_per_week": "15"}, "1 to 14", id="15 a week"),
        pytest.param({"visits_per_week": "NaN"}, "not a whole number", id="not a number"),
        pytest.param({"onset": "x" * 1_000_000}, "200 characters", id="1 MB of onset"),
        pytest.param({"complaint": "a\x07"}, "U+0007", id="a control character"),
    ],
)
def test_what_cannot_be_right_is_refused_and_all_that_was_typed_stays(
    maya, rosa, acting_as, cast, change, said
):
    sent = HEEL_SENT | {"goals": TYPED} | change
    answer = maya.post(f"/patients/{rosa.id}/episodes/new", data=sent)
    assert answer.status_code == 422
    for text in (said, TYPED, *change.values()):
        assert text in page(answer)
    with acting_as(cast.maya):
        assert factories.open_episodes(rosa.id) == []


def test_an_episode_is_closed_on_its_page(maya, heel, rosa, acting_as, cast):
    sent = HEEL_SENT | {"closed_on": "2026-04-01", "version": "1"}
    assert maya.post(f"/episodes/{heel.id}/edit", data=sent).status_code == 303
    with acting_as(cast.maya):
        assert factories.open_episodes(rosa.id) == []


def test_an_episode_changed_meanwhile_is_not_overwritten(maya, heel, acting_as, cast):
    address = f"/episodes/{heel.id}/edit"
    assert maya.post(address, data=HEEL_SENT | {"version": "1"}).status_code == 303
    late = maya.post(address, data=HEEL_SENT | {"version": "1", "goals": TYPED})
    assert late.status_code == 409
    assert TYPED in page(late)
    assert HEEL.goals in page(late)
    with acting_as(cast.maya):
        assert find_or_404(Episode, heel.id).goals == HEEL.goals


def test_the_page_of_an_episode_shows_what_is_on_record(maya, heel):
    shown = page(maya.get(f"/episodes/{heel.id}/edit"))
    for text in ("Left plantar heel pain", "2026-02-10", "her physician", 'value="8"', HEEL.goals):
        assert text in shown
