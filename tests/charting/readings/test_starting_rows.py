"""A new session lays out last time's rows, never last time's readings."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from tests import drafts, factories
from tests.charting.form_payloads import sent
from tests.html_page import Page

READING = re.compile(r"(pains|roms|strengths|measures)-\d+-(before|after)(_state|_grade)?")


@pytest.fixture
def signed(acting_as, cast, save_visit, patient_with_episode):
    """Save and sign a session."""

    def done(draft):
        number = save_visit(patient_with_episode.new_session_url, sent(draft))
        with acting_as(cast.maya):
            factories.sign(number, cast.maya)
        return number

    return done


def readings(page: Page) -> dict[str, list[str]]:
    """Return what stands in every field of a reading."""
    return {name: page.sent.getlist(name) for name in page.fields if READING.fullmatch(name)}


def test_a_first_session_lays_out_fields_and_fills_in_none(maya, patient_with_episode):
    found = readings(Page(maya.get(patient_with_episode.new_session_url)))
    assert found
    assert all(set(texts) <= {""} for texts in found.values())


def test_no_reading_is_ever_filled_in_beforehand(maya, patient_with_episode, full_session, signed):
    signed(full_session)
    page = Page(maya.get(patient_with_episode.new_session_url))
    found = readings(page)
    assert len([name for name in found if name.endswith("before")]) == 5 + 20 + 3 + 4
    assert all(set(texts) <= {""} for texts in found.values())
    ticked = [
        given
        for name, inputs in page.fields.items()
        for given in inputs
        if READING.fullmatch(name) and "checked" in given and given.get("value")
    ]
    assert ticked == []
    assert page.sent["roms-2-movement"] == "ankle_dorsiflexion"
    assert page.sent["uses-0-minutes"] == ""


def test_last_time_stands_beside_the_field(maya, patient_with_episode, draft, signed):
    signed(draft)
    page = Page(maya.get(patient_with_episode.new_session_url))
    assert page.texts["roms-0-before-last"].split() == ["last", "time", "4", "last"]
    assert "Last time 3." in page.text
    assert page.texts["strengths-0-before_grade-last"] == "last time 4"
    assert page.texts["measures-0-before-last"] == "last time 36.8"
    assert "strengths-0-before-last" not in page.texts


def test_last_is_by_the_day_of_the_session_not_of_its_entry(
    maya, patient_with_episode, draft, signed
):
    signed(draft)
    earlier = (replace(draft.roms[0], before=drafts.measured(1)),)
    signed(replace(draft, served_on=draft.served_on - timedelta(days=7), roms=earlier))
    page = Page(maya.get(patient_with_episode.new_session_url))
    assert "4" in page.texts["roms-0-before-last"].split()


def test_a_draft_is_not_last_time(maya, patient_with_episode, draft, save_visit):
    save_visit(patient_with_episode.new_session_url, sent(draft))
    page = Page(maya.get(patient_with_episode.new_session_url))
    assert "roms-0-before-last" not in page.texts
    assert "Last time" not in page.text
