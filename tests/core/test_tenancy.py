"""Each clinic sees and writes only its own rows: the read filter and the flush guard."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import bindparam, delete, exists, func, insert, select, update
from sqlalchemy.orm import aliased, joinedload, selectinload

from clinic_notes.charting.models import UseTissue, Visit
from clinic_notes.core import audit, tenancy
from clinic_notes.core.bulk import read_rows, update_rows
from clinic_notes.core.db import db
from clinic_notes.core.lookup import RowGone
from clinic_notes.core.transaction import one_transaction
from clinic_notes.equipment.models import Instrument
from clinic_notes.patients.models import Episode, Patient
from tests.cast import Cast
from tests.factories import make_episode, make_instrument, make_patient, open_visit
from tests.fixture_types import ActingAs


@pytest.fixture
def other_clinics_patient(acting_as: ActingAs, cast: Cast) -> int:
    """A visit of the other clinic, with all that belongs to it; the id of its patient."""
    with acting_as(cast.stranger):
        patient = make_patient(cast.stranger, given_name="Foreign")
        open_visit(cast.stranger, patient=patient)
        return patient.id


Neighbour = aliased(Patient)
MANY = select(Patient.id).scalar_subquery()
WAYS_TO_LOOK: dict[str, Callable[[int], Any]] = {
    "by its id": lambda number: db.session.get(Patient, number),
    "as a whole": lambda number: db.session.scalars(select(Patient)).first(),
    "one column": lambda number: db.session.scalar(select(Patient.mrn)),
    "counted": lambda number: db.session.scalar(select(func.count(Patient.id))),
    "counted blindly": lambda number: db.session.scalar(select(func.count()).select_from(Patient)),
    "asked whether it exists": lambda number: db.session.scalar(
        select(exists().where(Patient.id == number))
    ),
    "through a join": lambda number: db.session.execute(
        select(Visit.id).join(Visit.patient)
    ).first(),
    "through an alias": lambda number: db.session.scalar(select(Neighbour.mrn)),
    "in a subquery": lambda number: db.session.scalar(
        select(func.count()).select_from(select(Patient.id).subquery())
    ),
    "in a common table expression": lambda number: db.session.scalar(
        select(func.count()).select_from(select(Patient.id).cte())
    ),
    "in a union": lambda number: db.session.execute(
        select(Patient.id).union(select(Episode.id))
    ).first(),
    "past the session": lambda number: read_rows(
        select(Patient.mrn).where(Patient.id == bindparam("number")), {"number": number}
    ).first(),
    "past the session, through a join": lambda number: read_rows(
        select(Visit.id).outerjoin(Patient, Patient.id == Visit.patient_id), {}
    ).first(),
    "past the session, counted blindly": lambda number: read_rows(
        select(func.count()).select_from(Patient), {}
    ).scalar(),
    "through the old query": lambda number: db.session.query(Patient).first(),
}


@pytest.mark.parametrize("look", WAYS_TO_LOOK.values(), ids=WAYS_TO_LOOK)
def test_another_clinics_record_is_not_found(
    look: Callable[[int], Any], other_clinics_patient: int, acting_as: ActingAs, cast: Cast
) -> None:
    with acting_as(cast.maya):
        assert not look(other_clinics_patient)


@pytest.mark.parametrize("look", WAYS_TO_LOOK.values(), ids=WAYS_TO_LOOK)
def test_without_a_clinic_nothing_is_found(
    look: Callable[[int], Any], other_clinics_patient: int, app: Flask
) -> None:
    with app.app_context(), one_transaction():
        assert not look(other_clinics_patient)


def test_the_ways_to_look_do_find_ones_own(
    other_clinics_patient: int, acting_as: ActingAs, cast: Cast
) -> None:
    for name, look in WAYS_TO_LOOK.items():
        with acting_as(cast.stranger):
            assert look(other_clinics_patient), name


@pytest.mark.parametrize(
    "loading", [selectinload(Patient.allergies), joinedload(Patient.allergies)], ids=str
)
def test_what_belongs_to_a_record_comes_with_it_and_nothing_else(
    loading: Any, other_clinics_patient: int, acting_as: ActingAs, cast: Cast
) -> None:
    with acting_as(cast.maya):
        ours = make_patient(cast.maya).id
    with acting_as(cast.maya):
        patient = db.session.get(Patient, ours, options=[loading])
        assert patient is not None
        assert [allergy.clinic_id for allergy in patient.allergies] == [cast.maya.clinic_id]


def test_a_join_across_clinics_finds_nothing(
    other_clinics_patient: int, acting_as: ActingAs, cast: Cast
) -> None:
    with acting_as(cast.maya):
        make_episode(make_patient(cast.maya), cast.maya)
    with acting_as(cast.maya):
        pairs = select(Episode.id, Neighbour.id).join(Neighbour, Neighbour.id != Episode.patient_id)
        assert db.session.execute(pairs).all() == []


def test_a_new_row_belongs_to_the_current_clinic(acting_as: ActingAs, cast: Cast) -> None:
    with acting_as(cast.stranger):
        assert make_instrument(cast.stranger).clinic_id == cast.stranger.clinic_id


def of_clinic(clinic_id: int | None) -> Instrument:
    return Instrument(clinic_id=clinic_id, name="Planted", material="polymer")


def test_a_row_for_another_clinic_is_refused(acting_as: ActingAs, cast: Cast) -> None:
    with pytest.raises(tenancy.CrossClinicError), acting_as(cast.maya):
        db.session.add(of_clinic(cast.stranger.clinic_id))


def test_without_a_clinic_nothing_is_written(app: Flask, cast: Cast) -> None:
    for clinic_id in (None, cast.maya.clinic_id):
        with pytest.raises(tenancy.CrossClinicError), app.app_context(), one_transaction():
            db.session.add(of_clinic(clinic_id))


def test_a_row_is_not_moved_to_another_clinic(acting_as: ActingAs, cast: Cast) -> None:
    with acting_as(cast.maya):
        number = make_instrument(cast.maya).id
    with pytest.raises(tenancy.CrossClinicError), acting_as(cast.maya):
        db.session.get_one(Instrument, number).clinic_id = cast.stranger.clinic_id


@pytest.mark.parametrize("act", ["changed", "deleted"])
def test_a_row_looked_up_across_clinics_is_still_not_written(
    act: str, other_clinics_patient: int, acting_as: ActingAs, cast: Cast
) -> None:
    def take() -> None:
        # PostgreSQL hides it by itself; it is looked up as if it had not.
        tenancy.set_clinic(cast.stranger.clinic_id)
        everywhere = select(Instrument).execution_options(every_clinic=True)
        found = db.session.scalars(everywhere).one()
        tenancy.set_clinic(cast.maya.clinic_id)
        if act == "changed":
            found.name = "Ours now"
        else:
            db.session.delete(found)
        audit.record("instrument.taken", found, by=cast.maya)

    with pytest.raises(tenancy.CrossClinicError), acting_as(cast.maya):
        take()


IN_BULK = {
    "changed": update(Patient).values(phone="0"),
    "deleted": delete(UseTissue),
}


@pytest.mark.parametrize("statement", IN_BULK.values(), ids=IN_BULK)
@pytest.mark.parametrize("is_entered", [True, False], ids=["another clinic", "no clinic"])
def test_another_clinics_rows_are_not_touched_in_bulk(
    statement: Any, is_entered: bool, other_clinics_patient: int, app: Flask, cast: Cast
) -> None:
    with app.app_context():
        if is_entered:
            tenancy.set_clinic(cast.maya.clinic_id)
        assert db.session.execute(statement).rowcount == 0
        db.session.rollback()


def test_ones_own_rows_are_touched_in_bulk(
    other_clinics_patient: int, acting_as: ActingAs, cast: Cast
) -> None:
    with acting_as(cast.stranger):
        counts = [db.session.execute(statement).rowcount for statement in IN_BULK.values()]
        audit.record("everything.changed", "everything", by=cast.stranger)
    assert counts == [1, 2]


@pytest.mark.parametrize("clinic", ["another's", "none"])
def test_rows_inserted_together_are_all_of_the_current_clinic(
    clinic: str, acting_as: ActingAs, cast: Cast
) -> None:
    planted = {"name": "Planted", "material": "polymer"}
    if clinic == "another's":
        planted["clinic_id"] = str(cast.stranger.clinic_id)
    with pytest.raises(tenancy.CrossClinicError), acting_as(cast.maya):
        db.session.execute(insert(Instrument), [planted])


def test_rows_named_by_number_are_not_changed_past_the_filter(
    other_clinics_patient: int, acting_as: ActingAs, cast: Cast
) -> None:
    changes = [{"id": other_clinics_patient, "phone": "0"}]
    with pytest.raises(tenancy.CrossClinicError), acting_as(cast.maya):
        db.session.execute(update(Patient), changes)
    with pytest.raises(RowGone), acting_as(cast.maya):
        update_rows(Patient, changes)
    with acting_as(cast.stranger):
        assert db.session.get_one(Patient, other_clinics_patient).phone == ""


def test_rows_are_changed_together_in_one_statement(acting_as: ActingAs, cast: Cast) -> None:
    with acting_as(cast.maya):
        tools = [make_instrument(cast.maya).id for _ in range(3)]
    with acting_as(cast.maya):
        update_rows(Instrument, [{"id": tool, "name": f"Tool {tool}"} for tool in tools])
        audit.record("instruments.renamed", "instruments", by=cast.maya)
    with acting_as(cast.maya):
        names = db.session.scalars(select(Instrument.name).order_by(Instrument.id)).all()
    assert names == [f"Tool {tool}" for tool in tools]


def test_the_next_transaction_begins_without_a_clinic(
    other_clinics_patient: int, app: Flask, cast: Cast
) -> None:
    with app.app_context():
        with one_transaction():
            tenancy.set_clinic(cast.stranger.clinic_id)
        with one_transaction():
            assert db.session.scalars(select(Patient)).all() == []
