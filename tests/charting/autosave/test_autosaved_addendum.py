"""What she means to add to a signed note is kept as she types, as a visit's form is: for her."""

import pytest

from clinic_notes.charting.autosave.form_instance import FormInstance
from clinic_notes.charting.models.autosaved_form import ADDENDUM
from tests.charting.conftest import JSON
from tests.html_page import Page

WORDS = "She called: the bruise was gone on Friday.\n\nSize 3 cm — <b>not</b> 5."


@pytest.fixture
def note(signed_session) -> int:
    return signed_session()


@pytest.fixture
def keep_addendum(maya, note):
    """Type an addendum, as the open page would send it."""

    def kept(**typed: str) -> Page:
        page = Page(maya.get(f"/visits/{note}/addenda"))
        data = page.filled(revision="1", **typed)
        answer = maya.post(f"/visits/{note}/autosave", data=data, headers=JSON)
        assert answer.json["saved_at"]
        return page

    return kept


def test_it_comes_back_to_its_writer_and_to_nobody_else(
    maya, patient_with_episode, note, keep_addendum, client_for, cast
):
    keep_addendum(text=WORDS, about_on="2026-13-40")
    back = Page(maya.get(f"/visits/{note}/addenda"))
    assert (back.sent["text"], back.sent["about_on"]) == (WORDS, "2026-13-40")
    assert "restored. They are not added yet." in back.text
    home = Page(maya.get("/"))
    assert f"/visits/{note}/addenda" in home.links
    assert "to be added to a note" in home.text
    for address in (f"/visits/{note}", f"/patients/{patient_with_episode.patient_id}"):
        assert "gone on Friday" not in maya.get(address).text
    for name, person in cast.everyone().items():
        if name != "maya":
            for address in (f"/visits/{note}/addenda", f"/visits/{note}", "/"):
                assert "Friday" not in client_for(person).get(address, follow_redirects=True).text


def test_added_it_is_kept_no_more_and_a_late_send_does_not_bring_it_back(
    maya, note, keep_addendum, open_autosaves
):
    page = keep_addendum(text=WORDS)
    sent = page.filled(revision="2", text=WORDS)
    answer = maya.post(f"/visits/{note}/addenda", data=sent)
    assert answer.status_code == 303
    assert maya.post(f"/visits/{note}/autosave", data=page.filled(revision="1", text=WORDS))
    assert open_autosaves() == []
    assert Page(maya.get(f"/visits/{note}/addenda")).sent["text"].strip() == ""


def test_what_came_back_is_carried_on_and_kept_once(maya, note, keep_addendum, open_autosaves):
    keep_addendum(text="First.")
    keep_addendum(text="First. And more.")
    assert len(open_autosaves()) == 1
    back = Page(maya.get(f"/visits/{note}/addenda"))
    assert back.sent["text"].strip() == "First. And more."
    thrown = maya.post(f"/visits/{note}/autosave", data=back.filled(discard="yes"))
    assert thrown.headers["Location"] == f"/visits/{note}"
    assert open_autosaves() == []


def test_a_refused_one_is_kept_by_the_answer_itself(maya, note, open_autosaves):
    page = Page(maya.get(f"/visits/{note}/addenda"))
    refused = maya.post(f"/visits/{note}/addenda", data=page.filled(text=WORDS, size_cm="3,5"))
    assert refused.status_code == 422
    assert Page(refused).sent["text"] == WORDS
    assert [WORDS.split("\n")[0] in fields for _, _, fields in open_autosaves()] == [True]


def test_it_is_not_taken_for_words_typed_into_the_note(maya, note, keep_addendum):
    keep_addendum(text=WORDS)
    answer = maya.get(f"/visits/{note}/edit")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/visits/{note}")


def test_typing_an_addendum_does_not_let_go_of_words_typed_into_the_note(
    maya, note, cast, autosave, new_form_instance, open_autosaves
):
    autosave(hers := new_form_instance(version="1"), f"/visits/{note}/autosave", plan="Hers too.")
    added = FormInstance.for_person(
        cast.maya.id, FormInstance(hers["form_instance"], 1), kind=ADDENDUM
    )
    autosave(
        {"form_instance": added.token, "restored_from": added.restored_from},
        f"/visits/{note}/autosave",
        text="Only this of it.",
    )
    assert len(open_autosaves()) == 2
