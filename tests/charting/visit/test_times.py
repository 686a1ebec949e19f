"""When a session can have been: not before the patient was born, not later than now."""

from datetime import UTC, datetime

import pytest

from clinic_notes.core import clock
from tests.html_page import Page

NOW = datetime(2026, 3, 11, 9, 30, tzinfo=UTC)
"""Half past ten in Berlin, where the clinic is."""


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"served_on": "1950-03-11"}, "served_on"),
        ({"served_on": "1979-03-13"}, "served_on"),
        ({"served_on": "2026-03-11", "start_time": "10:31"}, "start_time"),
        ({"served_on": "2026-03-11", "start_time": "10:00", "end_time": "10:31"}, "end_time"),
        ({"served_on": "2026-03-11", "end_time": "10:31"}, "end_time"),
    ],
    ids=["long before birth", "the day before birth", "in a minute", "ends in a minute", "an end"],
)
def test_a_time_that_cannot_be_is_refused_and_stays_to_be_mended(
    maya, patient_with_episode, visit_ids, typed, field
):
    with clock.at(NOW):
        page = Page(maya.post(patient_with_episode.new_session_url, data=typed))
    assert page.status == 422
    assert list(page.summary()) == [field]
    assert page.sent[field] == typed[field]
    assert visit_ids() == []


@pytest.mark.parametrize(
    "typed",
    [{"served_on": "2026-03-11", "start_time": "10:30"}, {"served_on": "1979-03-14"}],
    ids=["now", "on the day of birth"],
)
def test_the_first_and_the_last_moment_can_be(save_visit, patient_with_episode, typed):
    with clock.at(NOW):
        save_visit(patient_with_episode.new_session_url, typed)


def test_an_end_without_a_start_is_shown(maya, save_visit, patient_with_episode):
    with clock.at(NOW):
        typed = {"served_on": "2026-03-10", "end_time": "10:15"}
        visit = save_visit(patient_with_episode.new_session_url, typed)
        assert "until 10:15" in Page(maya.get(f"/visits/{visit}")).text
