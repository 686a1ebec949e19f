"""Two people at one note: nothing is overwritten unseen, and no word is lost."""

from dataclasses import replace

import pytest

from clinic_notes.core.db import db
from tests.charting.form_payloads import sent
from tests.charting.session_form.conflicts.choices import HERS, picks
from tests.html_page import Page


def test_the_second_to_save_sees_both_versions_and_nothing_is_overwritten(
    conflict, stored_draft, saved_draft
):
    assert conflict.status == 409
    assert "Jonas Lind saved this session while you were typing" in conflict.text
    assert "Saved by Jonas Lind at" in conflict.text
    both = conflict.texts["changed-by-both"]
    assert "Written by Jonas." in both
    assert "Written by Maya." in both
    assert stored_draft(saved_draft).assessment == "Written by Jonas."
    assert stored_draft(saved_draft).interventions == ()


def test_every_word_she_typed_is_in_the_page_to_be_sent_again(conflict):
    assert conflict.sent["assessment"] == "Written by Maya."
    assert conflict.sent["pains-0-after"] == "1"


def test_a_change_of_one_stands_chosen_and_where_both_changed_nothing(conflict):
    assert 'name="pick-assessment"' in conflict.source
    assert "Choose one of the two for each" in conflict.text
    assert picks(conflict) == {
        "plan": "stored",
        "pains-after": "typed",
        "roms-after": "stored",
        "interventions": "stored",
    }


def test_saved_with_these_choices_neither_loses_a_change(
    conflict, maya, resolve, stored_draft, saved_draft
):
    assert maya.post(resolve, data=conflict.filled(**HERS)).status_code == 303
    after = stored_draft(saved_draft)
    assert (after.assessment, after.plan) == ("Written by Maya.", "His plan.")
    assert (after.pains[0].after.number, after.roms[0].after.number) == (1, 12)
    assert after.interventions == ()


def test_one_press_never_discards_what_both_changed(
    conflict, maya, resolve, stored_draft, saved_draft
):
    page = Page(maya.post(resolve, data=conflict.sent))
    assert (page.status, page.summary()) == (
        422, {"pick-assessment": "Choose one of the two: Assessment."},
    )  # fmt: skip
    assert stored_draft(saved_draft).assessment == "Written by Jonas."
    assert picks(page) == picks(conflict)


def test_a_third_save_meanwhile_is_a_conflict_again(
    conflict, jonas, maya, edit, resolve, stored_draft, saved_draft
):
    jonas.post(edit, data=Page(jonas.get(edit)).filled(plan="Jonas again."))
    chosen = conflict.filled(**{"pick-assessment": "stored"})
    page = Page(maya.post(resolve, data=chosen))
    assert page.status == 409
    assert stored_draft(saved_draft).plan == "Jonas again."
    assert "Jonas again." in page.texts["changed-by-them"]
    assert picks(page)["assessment"] == "stored"
    assert maya.post(resolve, data=page.sent).status_code == 303
    assert (stored_draft(saved_draft).assessment, stored_draft(saved_draft).plan) == (
        "Written by Jonas.",
        "Jonas again.",
    )


def test_words_typed_into_a_note_signed_meanwhile_are_given_back(signed, stored_draft, saved_draft):
    page = signed(plan="Words that must\nnot be lost.", **{"pains-0-after": "1"})
    assert page.status == 409
    assert "Jonas Lind, PT signed this session" in page.text
    assert page.sent["text"] == "Plan: Words that must\nnot be lost.\n\nPain now, after: 1"
    assert "Repeat in two days." in page.texts["differences"]
    assert stored_draft(saved_draft).plan == "Repeat in two days."


def test_a_form_without_a_version_is_a_conflict(maya, edit, saved_draft, stored_draft):
    before = stored_draft(saved_draft)
    data = Page(maya.get(edit)).sent
    del data["version"]
    assert maya.post(edit, data=data).status_code == 409
    assert stored_draft(saved_draft) == before


@pytest.mark.parametrize("version", ["", "0", "-1", "one", "9" * 30])
def test_a_version_that_cannot_be_is_a_conflict(maya, edit, saved_draft, stored_draft, version):
    before = stored_draft(saved_draft)
    data = Page(maya.get(edit)).sent
    data["version"] = version
    assert maya.post(edit, data=data).status_code == 409
    assert stored_draft(saved_draft) == before


def test_the_same_form_sent_twice_makes_one_visit(maya, patient_with_episode, draft, visit_ids):
    data = sent(draft) | {"once": Page(maya.get(patient_with_episode.new_session_url)).sent["once"]}
    first, second = (maya.post(patient_with_episode.new_session_url, data=data) for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
    assert len(visit_ids()) == 1


def test_two_sessions_of_one_day_are_two(maya, patient_with_episode, draft, visit_ids):
    for once in ("a", "b"):
        maya.post(patient_with_episode.new_session_url, data=sent(draft, once=once))
    assert len(visit_ids()) == 2


def test_what_went_out_of_use_stays_on_the_session_it_was_used_in(
    maya, edit, saved_draft, patient_with_episode, stored_draft, acting_as, cast
):
    from clinic_notes.equipment import actions as equipment
    from clinic_notes.equipment.models import Instrument, Lubricant

    before = stored_draft(saved_draft)
    with acting_as(cast.maya):
        equipment.retire(
            db.session.get_one(Instrument, patient_with_episode.instrument_id), by=cast.maya
        )
        equipment.retire(
            db.session.get_one(Lubricant, patient_with_episode.lubricant_id), by=cast.maya
        )
    data = Page(maya.get(edit)).sent
    data["plan"] = "Another plan."
    assert maya.post(edit, data=data).status_code == 303
    assert stored_draft(saved_draft) == replace(before, plan="Another plan.")
