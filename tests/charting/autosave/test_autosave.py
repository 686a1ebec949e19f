"""What is typed is kept as it is typed, comes back to its writer alone, and is saved once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from clinic_notes.charting.autosave import actions
from clinic_notes.charting.models import AutosavedForm
from clinic_notes.core import audit, clock
from clinic_notes.core.db import db
from clinic_notes.patients.models import Patient
from tests import drafts, factories
from tests.charting.conftest import JSON
from tests.charting.form_payloads import sent
from tests.html_page import Page

WORDS = "Tight on stairs, three steps at most — <b>cold</b> & wet.\n\n  She said \N{NULL}so."


def test_what_was_typed_comes_back_even_what_is_not_valid(
    maya, patient_with_episode, autosave_url, autosave, visit_ids
):
    page = Page(maya.get(patient_with_episode.new_session_url))
    typed = page.filled(**{"pains-0-before": "many", "subjective": WORDS, "total_minutes": "3,5",
                           "uses-7-region": "calf", "uses-7-side": "left"})  # fmt: skip
    answer = maya.post(autosave_url, data=typed | {"revision": "1"}, headers=JSON)
    back = Page(maya.get(patient_with_episode.new_session_url))
    assert f"Unsaved changes from {answer.json['saved_at']} restored." in back.text
    assert back.sent["subjective"] == WORDS
    assert back.sent["total_minutes"] == "3,5"
    assert "What was sent: many" in back.text
    assert back.sent["uses-1-region"] == "calf"
    assert visit_ids() == []
    assert "three steps" not in maya.get(f"/patients/{patient_with_episode.patient_id}").text


def test_a_repeat_that_waits_behind_her_own_words_says_why(
    maya, patient_with_episode, autosave, new_form_instance, signed_session
):
    signed_session()
    assert "laid out" not in Page(maya.get(patient_with_episode.new_session_url)).text
    autosave(new_form_instance(), subjective="Her own words.")
    page = Page(maya.get(patient_with_episode.repeat_url(), follow_redirects=True))
    assert page.sent["subjective"] == "Her own words."
    assert "is not laid out, because your own words come first" in page.text
    assert (
        "your own words come first" not in Page(maya.get(patient_with_episode.new_session_url)).text
    )
    anywhere = f"{patient_with_episode.new_session_url}?repeat=last"
    assert "come first" in Page(maya.get(anywhere, follow_redirects=True)).text


def test_nobody_else_sees_it(
    maya,
    patient_with_episode,
    autosave_url,
    saved_draft,
    autosave,
    new_form_instance,
    client_for,
    cast,
):
    edit = f"/visits/{saved_draft}/edit"
    autosave(new_form_instance(), subjective="Maya's words.")
    autosave(new_form_instance(version="1"), f"/visits/{saved_draft}/autosave", plan="Hers too.")
    addresses = (
        patient_with_episode.new_session_url,
        f"{patient_with_episode.new_session_url}?episode={patient_with_episode.episode_id}&autosaved=1",
        edit,
        "/",
    )
    for name, person in cast.everyone().items():
        if name != "maya":
            browser = client_for(person)
            for address in addresses:
                text = browser.get(address, follow_redirects=True).text
                for word in ("Maya's words.", "Hers too.", "not saved yet"):
                    assert word not in text.replace("&#39;", "'"), (name, address)


def test_a_sheet_of_another_person_is_not_kept_under_ones_own_name(
    autosave_url, new_form_instance, client_for, cast, autosaved_rows
):
    hers = new_form_instance(subjective="Maya's words.")
    answer = client_for(cast.jonas).post(autosave_url, data=hers, headers=JSON)
    assert (answer.status_code, autosaved_rows()) == (403, [])


@pytest.mark.parametrize(
    "token", ["", "{id}", "-", "{id}-\0", "{id}-" + "x" * 90], ids=["none", "a", "b", "c", "long"]
)
def test_a_form_without_a_proper_sheet_is_not_kept(token, maya, autosave_url, cast, autosaved_rows):
    data = {"form_instance": token.format(id=cast.maya.id), "subjective": "Whose?"}
    assert maya.post(autosave_url, data=data, headers=JSON).status_code in (403, 422)
    assert autosaved_rows() == []


def test_an_older_send_that_comes_late_changes_nothing(autosave, new_form_instance, open_autosaves):
    hers = new_form_instance()
    autosave(hers, revision=2, plan="The newer.")
    for revision in (1, 2):
        autosave(hers, revision=revision, plan="The older.")
    assert [("The newer." in row[2], "The older." in row[2]) for row in open_autosaves()] == [
        (True, False)
    ]


def test_thrown_away_it_is_gone_with_what_was_typed_since(
    maya, autosave_url, patient_with_episode, autosave, new_form_instance, open_autosaves
):
    first = new_form_instance()
    autosave(first, plan="Not wanted.")
    second = new_form_instance(restored_from=f"{first['form_instance']}.1")
    autosave(second, plan="Not wanted either.")
    answer = maya.post(autosave_url, data=second | {"discard": "yes", "revision": "2"})
    assert (answer.status_code, open_autosaves()) == (303, [])
    page = Page(maya.get(answer.location))
    assert "Discarded." in page.text
    assert "Not wanted" not in page.source


def test_the_note_so_far_reads_what_came_back(maya, patient_with_episode, autosave):
    page = Page(maya.get(patient_with_episode.new_session_url))
    autosave(page.filled(**{"pains-0-before": "7", "skin_response": "petechiae"}).to_dict())
    back = Page(maya.get(patient_with_episode.new_session_url))
    assert "7" in back.texts["note-so-far"]
    assert "etechiae" in back.texts["note-so-far"]


def test_today_lists_it_beside_the_notes_to_finish(maya, saved_draft, autosave, new_form_instance):
    autosave(new_form_instance(), plan="A new one.")
    autosave(new_form_instance(version="1"), f"/visits/{saved_draft}/autosave", plan="Changed.")
    today = Page(maya.get("/"))
    assert today.text.count("not saved yet") == 2
    assert "2 drafts" in today.text


def test_a_form_of_another_episode_is_opened_under_its_own(
    maya, patient_with_episode, autosave, new_form_instance, acting_as, cast
):
    autosave(new_form_instance(), plan="For the calf.")
    with acting_as(cast.maya):
        patient = db.session.get_one(Patient, patient_with_episode.patient_id)
        other = factories.make_episode(patient, cast.maya, opened_on=drafts.yesterday()).id
    answer = maya.get(patient_with_episode.new_session_url, follow_redirects=True)
    assert f"/episodes/{patient_with_episode.episode_id}/autosave" in answer.text
    assert "For the calf." in answer.text
    assert (
        "For the calf."
        not in maya.get(f"{patient_with_episode.new_session_url}?episode={other}").text
    )


def test_an_episode_of_another_patient_is_not_found(
    maya, patient_with_episode, new_form_instance, acting_as, cast
):
    with acting_as(cast.maya):
        other = factories.make_patient(cast.maya).id
    address = f"/patients/{other}/episodes/{patient_with_episode.episode_id}/autosave"
    assert maya.post(address, data=new_form_instance(), headers=JSON).status_code == 404


def test_a_script_is_told_in_few_words_that_nobody_is_signed_in(
    maya, autosave_url, new_form_instance, autosaved_rows
):
    with maya.session_transaction() as cookie:
        cookie["_user_id"] = "nobody's"
    answer = maya.post(autosave_url, data=new_form_instance(plan="Words."), headers=JSON)
    assert (answer.status_code, answer.json, autosaved_rows()) == (401, {"signed_in": False}, [])


def test_an_emptied_sheet_is_forgotten_after_a_day(
    patient_with_episode,
    draft,
    save_visit,
    autosave,
    new_form_instance,
    autosaved_rows,
    acting_as,
    cast,
):
    save_visit(patient_with_episode.new_session_url, sent(draft) | new_form_instance(revision="2"))
    with acting_as(cast.maya):
        row = db.session.scalars(select(AutosavedForm)).one()
        row.saved_at = clock.now() - timedelta(days=2)
        audit.record("test", row, by=cast.maya)
    autosave(new_form_instance(), plan="Another.")
    assert [bool(row[2]) for row in autosaved_rows()] == [True]


def test_keeping_costs_as_many_statements_as_it_must(
    maya, autosave_url, new_form_instance, count_statements
):
    hers = new_form_instance(plan="Words.")
    maya.post(autosave_url, data=hers | {"revision": "1"}, headers=JSON)
    with count_statements() as statements:
        maya.post(autosave_url, data=hers | {"revision": "2"}, headers=JSON)
    # Who is it, which episode, keep, and the two of the trail.
    assert len([sql for sql in statements if sql.split()[0] not in ("BEGIN", "COMMIT")]) == 5


def test_one_person_keeps_so_many_forms_and_goes_on_with_those(
    maya, autosave_url, new_form_instance, autosave, open_autosaves, monkeypatch
):
    monkeypatch.setattr(actions, "MOST_KEPT", 2)
    first = new_form_instance()
    autosave(first, plan="One.")
    autosave(new_form_instance(), plan="Two.")
    third = new_form_instance() | {"revision": "1", "plan": "Three."}
    refused = maya.post(autosave_url, data=third, headers=JSON)
    assert (refused.status_code, refused.json) == (507, {"saved_at": None})
    autosave(first, revision=2, plan="One, and more.")
    assert len(open_autosaves()) == 2
