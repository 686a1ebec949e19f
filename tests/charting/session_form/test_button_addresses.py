"""Each button of the session form has an address of its own, and none but "save" saves."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine

from clinic_notes.core import clock
from tests.cast import PASSWORD
from tests.charting.form_payloads import sent
from tests.html_page import Page

BUTTONS = {
    "rows": {"add": "uses"},
    "answers": {"answer_rest_no": "due"},
    "repeat": {"repeat": "last"},
    "minutes": {"minutes_as": "last"},
}
buttons = pytest.mark.parametrize("job", BUTTONS)


@pytest.fixture
def form_of(maya, patient_with_episode, save_visit, draft):
    """Return the address of the form of a new session, or of a stored one."""

    def address(which: str) -> str:
        if which == "new":
            return patient_with_episode.new_session_url
        return f"/visits/{save_visit(patient_with_episode.new_session_url, sent(draft))}/edit"

    return address


@buttons
@pytest.mark.parametrize("which", ["new", "edit"])
def test_a_button_shows_the_form_again_and_saves_nothing(
    maya, form_of, draft, all_rows, job, which
):
    form = form_of(which)
    before = all_rows()
    data = Page(maya.get(form)).filled(plan="Not saved yet.", **BUTTONS[job])
    page = Page(maya.post(f"{form}/{job}", data=data))
    assert (page.status, page.sent["plan"]) == (200, "Not saved yet.")
    assert all_rows() == before


@buttons
def test_the_page_that_comes_back_saves_at_the_address_of_the_form(
    maya, patient_with_episode, draft, save_visit, job
):
    page = Page(
        maya.post(f"{patient_with_episode.new_session_url}/{job}", data=sent(draft) | BUTTONS[job])
    )
    (action,) = re.findall(r'<form class="session-form"[^>]* action="([^"]+)"', page.source)
    assert (
        unescape(action)
        == f"{patient_with_episode.new_session_url}?episode={patient_with_episode.episode_id}"
    )
    assert save_visit(action, page.sent)


@buttons
def test_what_came_with_a_button_is_autosaved(
    maya, patient_with_episode, new_form_instance, open_autosaves, job
):
    typed = new_form_instance(plan="Kept by the answer.") | BUTTONS[job]
    assert maya.post(f"{patient_with_episode.new_session_url}/{job}", data=typed).status_code == 200
    assert ["Kept by the answer." in row[2] for row in open_autosaves()] == [True]


@pytest.mark.parametrize("job", [*BUTTONS, "conflict"])
def test_whoever_opens_the_address_of_a_button_gets_the_form(
    maya, patient_with_episode, form_of, job
):
    edit = form_of("edit")
    assert maya.get(f"{edit}/{job}").location == edit
    if job != "conflict":
        again = maya.get(
            f"{patient_with_episode.new_session_url}/{job}?episode={patient_with_episode.episode_id}"
        )
        assert (
            again.location
            == f"{patient_with_episode.new_session_url}?episode={patient_with_episode.episode_id}"
        )


@pytest.mark.parametrize("job", [*BUTTONS, "conflict"])
def test_signed_out_before_a_button_the_words_go_on_to_its_address(maya, form_of, job):
    address = f"{form_of('edit')}/{job}"
    with time_machine.travel(clock.now() + timedelta(minutes=16)):
        asked = Page(maya.post(address, data={"plan": "Typed too late.", "add": "uses"}))
        assert (asked.status, asked.sent["path"]) == (401, address)
        page = Page(maya.post("/sign-in/again", data=asked.filled(password=PASSWORD)))
        assert f'action="{address}"' in page.source
        assert (page.sent["plan"], page.sent["add"]) == ("Typed too late.", "uses")
