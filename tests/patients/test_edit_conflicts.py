"""Two people at one patient's record: no allergy goes that a form did not show, no word is lost."""

import re

import pytest
from sqlalchemy import select

from clinic_notes.core.db import db
from clinic_notes.patients import actions
from clinic_notes.patients.models import Allergy, Condition
from clinic_notes.patients.queries import with_background
from tests.html_page import Page
from tests.patients.people import ALMA
from tests.stores import ON_ONE_STORE

LATEX = {"has_allergies": "yes", "allergies-0-allergen": "latex", "allergies-0-substance": "Gloves"}


@pytest.fixture
def alma(acting_as, cast):
    with acting_as(cast.maya):
        return actions.register_patient(ALMA, by=cast.maya)


@pytest.fixture
def jonas(client_for, cast):
    return client_for(cast.jonas)


@pytest.fixture
def reacts_to(acting_as, cast):
    def listed():
        with acting_as(cast.maya):
            rows = db.session.scalars(select(Allergy).where(Allergy.ended_on.is_(None)))
            return sorted(row.substance for row in rows)

    return listed


def edit(client, patient, **typed):
    address = f"/patients/{patient.id}/edit"
    return client.post(address, data=Page(client.get(address)).filled(**typed))


def test_an_allergy_that_a_colleague_added_stays_when_the_phone_is_saved_twice(
    maya, jonas, alma, reacts_to, acting_as, cast
):
    address = f"/patients/{alma.id}/edit"
    ours = Page(maya.get(address)).filled(phone="030 1")
    assert edit(jonas, alma, **LATEX).status_code == 303
    late = Page(maya.post(address, data=ours))
    assert late.status == 409
    assert "Gloves" in late.text
    assert late.sent["phone"] == "030 1"
    assert maya.post(address, data=late.sent).status_code == 303
    assert reacts_to() == ["Gloves"]
    shown = Page(maya.get(address)).sent
    assert (shown["phone"], shown["has_allergies"]) == ("030 1", "yes")


def test_where_a_colleague_removed_an_allergy_the_form_comes_back(maya, jonas, rosa, reacts_to):
    address = f"/patients/{rosa.id}/edit"
    ours = Page(maya.get(address)).filled(phone="030 1")
    ours["allergies-0-reaction"] = "hives"
    theirs = Page(jonas.get(address)).filled(has_allergies="no")
    for name in [name for name in theirs if name.startswith("allergies-")]:
        del theirs[name]
    assert jonas.post(address, data=theirs).status_code == 303
    assert reacts_to() == []
    late = Page(maya.post(address, data=ours))
    assert late.status == 409
    assert "This row was taken away" in late.text
    assert "hives" in late.text
    open_choice = next(name for name in late.fields if re.fullmatch(r"pick-allergies-\d+", name))
    chosen = late.filled(**{open_choice: "typed", "pick-has_allergies": "typed"})
    assert maya.post(address, data=chosen).status_code == 303
    assert reacts_to() == ["Beeswax"]


@ON_ONE_STORE
def test_choices_that_contradict_each_other_come_back_as_a_form(maya, jonas, alma, reacts_to):
    address = f"/patients/{alma.id}/edit"
    ours = Page(maya.get(address)).filled(phone="030 1")
    edit(jonas, alma, **LATEX)
    late = Page(maya.post(address, data=ours))
    page = Page(maya.post(address, data=late.filled(**{"pick-has_allergies": "typed"})))
    assert page.status == 422
    assert set(page.summary()) == {"has_allergies"}
    assert (page.sent["phone"], page.sent["allergies-0-substance"]) == ("030 1", "Gloves")
    assert maya.post(address, data=page.filled(has_allergies="yes")).status_code == 303
    assert reacts_to() == ["Gloves"]


@ON_ONE_STORE
@pytest.mark.parametrize("snapshot", ["", "forged"])
def test_a_form_that_does_not_say_what_it_showed_removes_nothing(maya, rosa, reacts_to, snapshot):
    sent = Page(maya.get(f"/patients/{rosa.id}/edit")).filled(snapshot=snapshot)
    sent["has_allergies"] = "not_asked"
    for name in [name for name in sent if re.match(r"allergies-|conditions-", name)]:
        del sent[name]
    assert maya.post(f"/patients/{rosa.id}/edit", data=sent).status_code == 303
    assert reacts_to() == ["Beeswax"]


@ON_ONE_STORE
def test_a_row_taken_away_ends_and_the_others_stay(maya, rosa, reacts_to, acting_as, cast):
    edit(maya, rosa, **{"allergies-1-allergen": "latex", "allergies-1-substance": "Gloves"})
    address = f"/patients/{rosa.id}/edit"
    less = Page(maya.post(address, data=Page(maya.get(address)).filled(drop="allergies-0")))
    assert maya.post(address, data=less.sent).status_code == 303
    assert reacts_to() == ["Gloves"]
    with acting_as(cast.maya):
        whole = with_background(rosa)
        assert len(whole.allergies) == 2
        assert db.session.scalars(select(Condition.ended_on)).all() == [None]


@ON_ONE_STORE
def test_what_was_shown_of_another_patient_is_not_believed(maya, rosa, alma, reacts_to):
    other = Page(maya.get(f"/patients/{alma.id}/edit")).sent["snapshot"]
    ours = Page(maya.get(f"/patients/{rosa.id}/edit")).filled(snapshot=other, phone="1")
    edit(maya, rosa, phone="2")
    late = Page(maya.post(f"/patients/{rosa.id}/edit", data=ours))
    assert late.status == 409
    assert "changed-by-unknown" in late.ids
