from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from clinic_notes.clinical.findings import Refused
from clinic_notes.core.audit import AuditEntry
from clinic_notes.core.db import db
from clinic_notes.core.lookup import RowGone, find_or_404
from clinic_notes.patients import actions, queries
from clinic_notes.patients.drafts import AllergiesAsked, AllergyDraft, ConditionDraft
from clinic_notes.patients.models import Allergy, Condition, Episode, Patient
from clinic_notes.plan_of_care import actions as plan_of_care
from tests import factories
from tests.patients.people import ALMA, HEEL, ROSA, TOM

LONG_AGO = date(2024, 5, 6)


def registered(draft, by):
    return actions.register_patient(draft, by=by).id


def record_of(patient_id):
    return queries.with_background(find_or_404(Patient, patient_id))


def trail():
    return list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.number)))


def test_a_registered_patient_reads_back_as_she_was_written(acting_as, cast):
    with acting_as(cast.maya):
        number = registered(ROSA, cast.maya)
    with acting_as(cast.jonas):
        rosa = record_of(number)
        assert (rosa.name, rosa.born_on, rosa.mrn) == ("Rosa Delgado", date(1979, 3, 14), "H-1042")
        assert rosa.background == "Works as a nurse, 12-hour shifts."
        (allergy,) = rosa.allergies
        assert (allergy.allergen, allergy.substance, allergy.reaction) == (
            "bee_products",
            "Beeswax",
            "contact rash 2021",
        )
        (condition,) = rosa.conditions
        assert (condition.label, condition.item) == ("Apixaban", "anticoagulant")
        assert trail()[-1] == "patient.registered"


@pytest.mark.parametrize(
    ("draft", "was_asked", "alerts"),
    [
        pytest.param(ALMA, False, ("Allergies not asked",), id="not asked"),
        pytest.param(TOM, True, (), id="none known"),
        pytest.param(ROSA, True, ("Beeswax allergy", "Apixaban"), id="has allergies"),
        pytest.param(
            replace(ROSA, has_allergies=AllergiesAsked.SOME),
            False,
            ("Other allergies not asked", "Beeswax allergy", "Apixaban"),
            id="some known, the rest not asked",
        ),
        pytest.param(
            replace(ROSA, allergies=(AllergyDraft("latex"),), conditions=()),
            True,
            ("Latex allergy",),
            id="a group without a substance",
        ),
    ],
)
def test_not_asked_is_not_none_known(acting_as, cast, draft, was_asked, alerts):
    with acting_as(cast.maya):
        number = registered(draft, cast.maya)
    with acting_as(cast.maya):
        patient = record_of(number)
        assert (patient.allergies_asked_on is not None) is was_asked
        assert queries.alerts(patient) == alerts


@pytest.mark.parametrize(
    ("change", "is_renewed"),
    [
        pytest.param({"phone": "555 0101"}, False, id="another phone number"),
        pytest.param({"asked_again": True}, True, id="asked again, nothing changed"),
        pytest.param(
            {"has_allergies": AllergiesAsked.NO, "allergies": ()}, True, id="another answer"
        ),
        pytest.param(
            {"allergies": (*ROSA.allergies, AllergyDraft("latex"))}, True, id="one more allergy"
        ),
    ],
)
def test_the_day_of_asking_about_allergies_is_that_of_the_last_answer(
    acting_as, cast, change, is_renewed
):
    with acting_as(cast.maya):
        number = registered(ROSA, cast.maya)
        record_of(number).allergies_asked_on = LONG_AGO
    with acting_as(cast.maya):
        patient = record_of(number)
        rows = tuple(
            AllergyDraft(a.allergen, a.substance, a.reaction, a.id) for a in patient.allergies
        )
        opened = replace(ROSA, allergies=rows)
        given = {"allergies": rows} | change
        if len(given["allergies"]) > 1:
            given["allergies"] = (*rows, *given["allergies"][1:])
        actions.revise_patient(
            patient, replace(opened, **given), shown=opened, version=patient.version, by=cast.maya
        )
        assert (patient.allergies_asked_on != LONG_AGO) is is_renewed


def test_rows_are_matched_by_id_and_end_instead_of_going(acting_as, cast):
    two = replace(
        ROSA, allergies=(AllergyDraft("bee_products", "Beeswax"), AllergyDraft("latex", "Gloves"))
    )
    with acting_as(cast.maya):
        number = registered(two, cast.maya)
    with acting_as(cast.maya):
        rosa = record_of(number)
        beeswax, gloves = rosa.allergies
        kept = (AllergyDraft("latex", "Latex gloves", id=gloves.id), AllergyDraft("cocoa"))
        draft = replace(ROSA, allergies=kept, conditions=())
        shown = replace(
            ROSA,
            allergies=tuple(AllergyDraft(row.allergen, id=row.id) for row in rosa.allergies),
            conditions=tuple(ConditionDraft(row.label, id=row.id) for row in rosa.conditions),
        )
        actions.revise_patient(rosa, draft, shown=shown, version=1, by=cast.maya)
    with acting_as(cast.maya):
        rosa = record_of(number)
        assert [row.id for row in rosa.allergies][:2] == [beeswax.id, gloves.id]
        assert queries.alerts(rosa) == ("Latex gloves allergy", "Cocoa allergy")
        assert db.session.get_one(Allergy, beeswax.id).ended_on is not None
        assert db.session.scalars(select(Condition)).one().ended_on is not None


@pytest.mark.parametrize("kind", ["allergies", "conditions"])
def test_a_row_of_another_patient_is_not_touched(acting_as, cast, kind):
    with acting_as(cast.maya):
        hers = actions.register_patient(ROSA, by=cast.maya)
        row = getattr(hers, kind)[0]
        tom = registered(TOM, cast.maya)
    stolen = {
        "allergies": replace(
            TOM,
            has_allergies=AllergiesAsked.YES,
            allergies=(AllergyDraft("latex", "Gloves", id=row.id),),
        ),
        "conditions": replace(TOM, conditions=(ConditionDraft("Diabetes", id=row.id),)),
    }[kind]
    with pytest.raises(RowGone), acting_as(cast.maya):
        actions.revise_patient(record_of(tom), stolen, version=1, by=cast.maya)
    with acting_as(cast.maya):
        assert queries.alerts(record_of(hers.id)) == ("Beeswax allergy", "Apixaban")


def test_a_change_of_rows_alone_is_a_new_version(acting_as, cast):
    with acting_as(cast.maya):
        number = registered(ALMA, cast.maya)
    with_condition = replace(ALMA, conditions=(ConditionDraft("Diabetes"),))
    with acting_as(cast.maya):
        actions.revise_patient(record_of(number), with_condition, version=1, by=cast.maya)
    with pytest.raises(StaleDataError), acting_as(cast.jonas):
        actions.revise_patient(record_of(number), ALMA, version=1, by=cast.jonas)
    with acting_as(cast.jonas):
        assert "Diabetes" in queries.alerts(record_of(number))


@pytest.mark.parametrize("number", ["H-1042", "h-1042"], ids=["the same", "in small letters"])
def test_a_number_is_given_once_in_a_clinic(acting_as, cast, number):
    with acting_as(cast.maya):
        registered(ROSA, cast.maya)
    with pytest.raises(Refused) as refused, acting_as(cast.maya):
        registered(replace(TOM, mrn=number), cast.maya)
    assert refused.value.findings[0].about == "mrn"
    with acting_as(cast.stranger):
        assert registered(replace(TOM, mrn=number), cast.stranger)


def test_what_cannot_be_right_is_refused_by_the_action_too(acting_as, cast):
    with pytest.raises(Refused), acting_as(cast.maya):
        registered(replace(ROSA, born_on=date(2999, 1, 1)), cast.maya)
    with acting_as(cast.maya):
        assert queries.found("").total == 0


def test_an_episode_opens_closes_and_opens_again(acting_as, cast):
    with acting_as(cast.maya):
        rosa = actions.register_patient(ROSA, by=cast.maya)
        number = actions.open_episode(rosa, HEEL, by=cast.maya).id
        assert [episode.id for episode in factories.open_episodes(rosa.id)] == [number]
    with acting_as(cast.maya):
        factories.close_episode(find_or_404(Episode, number), cast.maya, on=date(2026, 4, 1))
    with acting_as(cast.maya):
        assert factories.open_episodes(rosa.id) == []
        plan_of_care.reopen_episode(find_or_404(Episode, number), "Pain is back", by=cast.maya)
    with acting_as(cast.maya):
        assert actions.episode_draft(find_or_404(Episode, number)) == HEEL
        assert trail()[-3:] == ["episode.opened", "episode.closed", "episode.reopened"]


def test_an_episode_changed_meanwhile_is_not_overwritten(acting_as, cast):
    with acting_as(cast.maya):
        rosa = actions.register_patient(ROSA, by=cast.maya)
        number = actions.open_episode(rosa, HEEL, by=cast.maya).id
    changed = replace(HEEL, goals="Stand a full shift.")
    with acting_as(cast.maya):
        actions.revise_episode(find_or_404(Episode, number), changed, version=1, by=cast.maya)
    with pytest.raises(StaleDataError), acting_as(cast.jonas):
        actions.revise_episode(find_or_404(Episode, number), HEEL, version=1, by=cast.jonas)
