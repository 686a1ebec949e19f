"""Two people at one note: nothing is overwritten unseen, and no word is lost."""

from dataclasses import replace

import pytest

from clinic_notes.core.db import db
from tests.charting.form_payloads import sent
from tests.charting.pages import Page
from tests.charting.session_form.conflicts.choices import HERS, picks


def test_the_second_to_save_sees_both_versions_and_nothing_is_overwritten(conflict, held, visit):
    assert conflict.status == 409
    assert "Jonas Lind saved this session while you were typing" in conflict.text
    assert "Saved by Jonas Lind at" in conflict.text
    both = conflict.texts["changed-by-both"]
    assert "Written by Jonas." in both
    assert "Written by Maya." in both
    assert held(visit).assessment == "Written by Jonas."
    assert held(visit).interventions == ()


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


def test_saved_with_these_choices_neither_loses_a_change(conflict, maya, edit, held, visit):
    assert maya.post(edit, data=conflict.filled(**HERS)).status_code == 303
    after = held(visit)
    assert (after.assessment, after.plan) == ("Written by Maya.", "His plan.")
    assert (after.pains[0].after.number, after.roms[0].after.number) == (1, 12)
    assert after.interventions == ()


def test_one_press_never_discards_what_both_changed(conflict, maya, edit, held, visit):
    page = Page(maya.post(edit, data=conflict.sent))
    assert (page.status, page.summary()) == (
        422, {"pick-assessment": "Choose one of the two: Assessment."},
    )  # fmt: skip
    assert held(visit).assessment == "Written by Jonas."
    assert picks(page) == picks(conflict)


def test_a_third_save_meanwhile_is_a_conflict_again(conflict, jonas, maya, edit, held, visit):
    jonas.post(edit, data=Page(jonas.get(edit)).filled(plan="Jonas again."))
    chosen = conflict.filled(**{"pick-assessment": "stored"})
    page = Page(maya.post(edit, data=chosen))
    assert page.status == 409
    assert held(visit).plan == "Jonas again."
    assert "Jonas again." in page.texts["changed-by-them"]
    assert picks(page)["assessment"] == "stored"
    assert maya.post(edit, data=page.sent).status_code == 303
    assert (held(visit).assessment, held(visit).plan) == ("Written by Jonas.", "Jonas again.")


def test_words_typed_into_a_note_signed_meanwhile_are_given_back(signed, held, visit):
    page = signed(plan="Words that must\nnot be lost.", **{"pains-0-after": "1"})
    assert page.status == 409
    assert "Jonas Lind, PT signed this session" in page.text
    assert page.sent["text"] == "Plan: Words that must\nnot be lost.\n\nPain now, after: 1"
    assert "Repeat in two days." in page.texts["differences"]
    assert held(visit).plan == "Repeat in two days."


def test_a_form_without_a_version_is_a_conflict(maya, edit, visit, held):
    before = held(visit)
    data = Page(maya.get(edit)).sent
    del data["version"]
    assert maya.post(edit, data=data).status_code == 409
    assert held(visit) == before


@pytest.mark.parametrize("version", ["", "0", "-1", "one", "9" * 30])
def test_a_version_that_cannot_be_is_a_conflict(maya, edit, visit, held, version):
    before = held(visit)
    data = Page(maya.get(edit)).sent
    data["version"] = version
    assert maya.post(edit, data=data).status_code == 409
    assert held(visit) == before


def test_the_same_form_sent_twice_makes_one_visit(maya, ready, draft, visits):
    data = sent(draft) | {"once": Page(maya.get(ready.new)).sent["once"]}
    first, second = (maya.post(ready.new, data=data) for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
    assert len(visits()) == 1


def test_two_sessions_of_one_day_are_two(maya, ready, draft, visits):
    for once in ("a", "b"):
        maya.post(ready.new, data=sent(draft, once=once))
    assert len(visits()) == 2


def test_what_went_out_of_use_stays_on_the_session_it_was_used_in(
    maya, edit, visit, ready, held, acting_as, cast
):
    from clinic_notes.equipment import actions as equipment
    from clinic_notes.equipment.models import Instrument, Lubricant

    before = held(visit)
    with acting_as(cast.maya):
        equipment.retire(db.session.get_one(Instrument, ready.instrument_id), by=cast.maya)
        equipment.retire(db.session.get_one(Lubricant, ready.lubricant_id), by=cast.maya)
    data = Page(maya.get(edit)).sent
    data["plan"] = "Another plan."
    assert maya.post(edit, data=data).status_code == 303
    assert held(visit) == replace(before, plan="Another plan.")
