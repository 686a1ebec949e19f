"""Objects written through the session and rows written in bulk: the same locks hold for both."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from clinic_notes.core import audit, clock, tenancy
from clinic_notes.core.bulk import insert_rows
from clinic_notes.core.db import db
from clinic_notes.core.transaction import one_transaction
from clinic_notes.equipment.models import Instrument
from clinic_notes.patients.models import Episode
from clinic_notes.reference.terms import Side
from tests.cast import Cast
from tests.factories import make_episode, make_patient
from tests.fixture_types import ActingAs, CountStatements

Counting = CountStatements


def an_episode(patient_id: int, **other: object) -> Episode:
    """Return an episode nobody has written yet."""
    given = {"complaint": "Sore", "region": "calf", "side": Side.LEFT, "onset": ""}
    given |= {"referral": "", "goals": "", "opened_on": date(2026, 3, 4), "version": 1}
    return Episode(patient_id=patient_id, **(given | other))


def change(row: Episode, **values: object) -> None:
    """Change an object that was read in an earlier transaction."""
    db.session.add(row)
    for name, value in values.items():
        setattr(row, name, value)


@pytest.fixture
def episode_id(acting_as: ActingAs, cast: Cast) -> int:
    """An episode of the clinic."""
    with acting_as(cast.maya):
        return make_episode(make_patient(cast.maya), cast.maya).id


def test_an_object_is_written_and_known_from_then_on(acting_as: ActingAs, cast: Cast) -> None:
    with acting_as(cast.maya):
        episode = an_episode(make_patient(cast.maya).id)
        db.session.add(episode)
        db.session.flush()
        assert db.session.get(Episode, episode.id) is episode
        audit.record("episode.opened", episode, by=cast.maya)
    with acting_as(cast.maya):
        read = db.session.get_one(Episode, episode.id)
        assert (read.complaint, read.side, read.version) == ("Sore", Side.LEFT, 1)
        assert read.clinic_id == cast.maya.clinic_id
        read.goals = "Changed as ever."
        audit.record("episode.changed", read, by=cast.maya)
    with acting_as(cast.maya):
        assert db.session.get_one(Episode, episode.id).version == 2


def test_an_object_of_another_clinic_is_refused(acting_as: ActingAs, cast: Cast) -> None:
    with acting_as(cast.maya):
        patient_id = make_patient(cast.maya).id
    stray = an_episode(patient_id, clinic_id=cast.stranger.clinic_id)
    with pytest.raises(tenancy.CrossClinicError), acting_as(cast.maya):
        db.session.add(stray)


def test_without_a_clinic_nothing_is_written(app: Flask) -> None:
    with app.app_context(), pytest.raises(tenancy.CrossClinicError), one_transaction():
        db.session.add(an_episode(1))


def test_without_a_line_in_the_trail_nothing_is_inserted(acting_as: ActingAs, cast: Cast) -> None:
    with acting_as(cast.maya):
        patient_id = make_patient(cast.maya).id
    with pytest.raises(audit.Unaudited), acting_as(cast.maya):
        db.session.add(an_episode(patient_id))


def test_without_a_line_in_the_trail_nothing_is_changed(
    acting_as: ActingAs, cast: Cast, episode_id: int
) -> None:
    with acting_as(cast.maya):
        held = db.session.get_one(Episode, episode_id)
    with pytest.raises(audit.Unaudited), acting_as(cast.maya):
        change(held, goals="Planted")


def test_what_is_changed_bears_the_next_version(
    acting_as: ActingAs, cast: Cast, episode_id: int
) -> None:
    with acting_as(cast.maya):
        held = db.session.get_one(Episode, episode_id)
        held.closed_on = clock.today("Europe/Berlin")
        db.session.flush()
        assert (held.version, held.closed_on) == (2, clock.today("Europe/Berlin"))
        assert not db.session.dirty
        audit.record("episode.closed", held, by=cast.maya)
    with acting_as(cast.maya):
        read = db.session.get_one(Episode, episode_id)
        assert (read.version, read.closed_on) == (2, held.closed_on)


def test_what_somebody_changed_meanwhile_is_not_overwritten(
    acting_as: ActingAs, cast: Cast, episode_id: int
) -> None:
    with acting_as(cast.maya):
        seen_before = db.session.get_one(Episode, episode_id)
    with acting_as(cast.jonas):
        held = db.session.get_one(Episode, episode_id)
        held.goals = "His"
        audit.record("episode.changed", held, by=cast.jonas)
    with pytest.raises(StaleDataError), acting_as(cast.maya):
        change(seen_before, goals="Hers")
    with acting_as(cast.maya):
        assert db.session.get_one(Episode, episode_id).goals == "His"


def test_another_clinics_object_is_not_changed(
    acting_as: ActingAs, cast: Cast, episode_id: int
) -> None:
    with acting_as(cast.maya):
        theirs = db.session.get_one(Episode, episode_id)
    with pytest.raises(tenancy.CrossClinicError), acting_as(cast.stranger):
        change(theirs, goals="Planted")


def tools(how_many: int, **other: object) -> list[dict[str, object]]:
    """Return rows of instruments, every second of them retired."""
    retired = (None, clock.now())
    return [
        {"name": f"Tool {nth}", "material": "polymer", "retired_at": retired[nth % 2], **other}
        for nth in range(how_many)
    ]


def test_many_rows_are_inserted_in_one_statement(
    acting_as: ActingAs, cast: Cast, count_statements: Counting
) -> None:
    with acting_as(cast.maya), count_statements() as statements:
        insert_rows(Instrument, tools(100))
        assert len([s for s in statements if s.startswith("INSERT")]) == 1
        audit.record("instruments.added", "instruments", by=cast.maya)
    with acting_as(cast.maya):
        found = db.session.scalars(select(Instrument)).all()
    assert {tool.name for tool in found} == {f"Tool {nth}" for nth in range(100)}
    assert {tool.clinic_id for tool in found} == {cast.maya.clinic_id}
    assert sum(tool.retired_at is None for tool in found) == 50


def test_the_ids_of_inserted_rows_come_back_from_the_same_statement(
    acting_as: ActingAs, cast: Cast, count_statements: Counting
) -> None:
    with acting_as(cast.maya), count_statements() as statements:
        rows = insert_rows(Instrument, tools(100), "name", "id")
        assert len([s for s in statements if s.startswith("INSERT")]) == 1
        audit.record("instruments.added", "instruments", by=cast.maya)
    with acting_as(cast.maya):
        found = db.session.execute(select(Instrument.name, Instrument.id)).all()
    assert sorted(map(tuple, rows)) == sorted(map(tuple, found))


def test_rows_are_not_inserted_for_another_clinic(acting_as: ActingAs, cast: Cast) -> None:
    with pytest.raises(tenancy.CrossClinicError), acting_as(cast.maya):
        insert_rows(Instrument, tools(2, clinic_id=cast.stranger.clinic_id))


def test_without_a_clinic_no_rows_are_inserted(app: Flask) -> None:
    with app.app_context(), pytest.raises(tenancy.CrossClinicError), one_transaction():
        insert_rows(Instrument, tools(2))


def test_without_a_line_in_the_trail_no_rows_are_inserted(acting_as: ActingAs, cast: Cast) -> None:
    with pytest.raises(audit.Unaudited), acting_as(cast.maya):
        insert_rows(Instrument, tools(2))
