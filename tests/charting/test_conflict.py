"""Two people at one note: nothing is overwritten unseen, and no word is lost."""

from dataclasses import replace

import pytest

from tests import making
from tests.charting.pages import Page
from tests.charting.sessions import sent


@pytest.fixture
def visit(save, ready, draft) -> int:
    return save(ready.new, sent(draft))


@pytest.fixture
def edit(visit) -> str:
    return f"/visits/{visit}/edit"


@pytest.fixture
def conflict(client_for, cast, maya, edit):
    """Jonas and Maya open the note; he saves first; she gets this page."""
    jonas = client_for(cast.jonas)
    hers, his = Page(maya.get(edit)).sent, Page(jonas.get(edit)).sent
    his["assessment"] = "Written by Jonas."
    del his["interventions-0-kind"], his["interventions-0-detail"], his["interventions-0-minutes"]
    del his["interventions-0-id"]
    assert jonas.post(edit, data=his).status_code == 303
    hers["assessment"] = "Written by Maya."
    hers["pains-0-after"] = "1"
    return Page(maya.post(edit, data=hers))


def test_the_second_to_save_sees_both_versions_and_her_own_words(conflict, held, visit):
    assert conflict.status == 409
    assert conflict.text.count("Written by Jonas.") == 1
    assert "Written by Maya." in conflict.texts["conflict"]
    assert conflict.sent["assessment"] == "Written by Maya."
    assert conflict.sent["pains-0-after"] == "1"
    assert held(visit).assessment == "Written by Jonas."
    assert held(visit).interventions == ()


def test_saved_again_hers_goes_over_the_version_she_was_shown(conflict, maya, edit, held, visit):
    assert maya.post(edit, data=conflict.sent).status_code == 303
    after = held(visit)
    assert after.assessment == "Written by Maya."
    assert after.pains[0].after.number == 1
    assert [row.kind for row in after.interventions] == ["stretch"]


def test_a_third_save_meanwhile_is_a_conflict_again(
    conflict, maya, client_for, cast, edit, held, visit
):
    jonas = client_for(cast.jonas)
    jonas.post(edit, data=Page(jonas.get(edit)).filled(plan="Jonas again."))
    assert Page(maya.post(edit, data=conflict.sent)).status == 409
    assert held(visit).plan == "Jonas again."


def test_words_typed_into_a_note_signed_meanwhile_are_given_back(
    maya, edit, visit, entered, cast, everything
):
    data = Page(maya.get(edit)).sent
    with entered(cast.jonas):
        making.sign(visit, cast.jonas)
    before = everything()
    data["plan"] = "Words that must not be lost."
    page = Page(maya.post(edit, data=data))
    assert page.status == 409
    assert "Words that must not be lost." in page.text
    assert everything() == before


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
    maya, edit, visit, ready, held, entered, cast
):
    from clinic_notes.core.db import db
    from clinic_notes.equipment import actions as equipment
    from clinic_notes.equipment.models import Instrument, Lubricant

    before = held(visit)
    with entered(cast.maya):
        equipment.retire(db.session.get_one(Instrument, ready.instrument_id), by=cast.maya)
        equipment.retire(db.session.get_one(Lubricant, ready.lubricant_id), by=cast.maya)
    data = Page(maya.get(edit)).sent
    data["plan"] = "Another plan."
    assert maya.post(edit, data=data).status_code == 303
    assert held(visit) == replace(before, plan="Another plan.")
