"""The trail: numbered without gaps, sealed, and telling when somebody touched it."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, text

from clinic_notes.accounts.models import User
from clinic_notes.core import audit, clock
from clinic_notes.core.audit import AuditEntry
from clinic_notes.core.db import db
from tests.cast import Cast
from tests.factories import make_instrument, make_patient
from tests.fixture_types import ActingAs, ClientFor, CountStatements


@pytest.fixture
def trail(acting_as: ActingAs, cast: Cast) -> int:
    """A morning's work of the clinic; how many entries its trail then has."""
    for _ in range(3):
        with acting_as(cast.maya):
            make_instrument(cast.maya)
            make_patient(cast.maya)
    with acting_as(cast.maya):
        return len(db.session.scalars(select(AuditEntry)).all())


def lines(acting_as: ActingAs, person: User) -> list[AuditEntry]:
    with acting_as(person):
        return list(db.session.scalars(select(AuditEntry).order_by(AuditEntry.number)))


def complaint(acting_as: ActingAs, person: User) -> str | None:
    with acting_as(person):
        return audit.find_tampering()


def test_entries_are_numbered_without_gaps(trail: int, acting_as: ActingAs, cast: Cast) -> None:
    assert [line.number for line in lines(acting_as, cast.maya)] == list(range(1, trail + 1))
    assert complaint(acting_as, cast.maya) is None


def test_a_rollback_leaves_no_gap(trail: int, acting_as: ActingAs, cast: Cast) -> None:
    with pytest.raises(ZeroDivisionError), acting_as(cast.maya):
        _ = make_instrument(cast.maya).id / 0
    with acting_as(cast.maya):
        make_instrument(cast.maya)
    assert [line.number for line in lines(acting_as, cast.maya)] == list(range(1, trail + 2))
    assert complaint(acting_as, cast.maya) is None


def test_each_clinic_has_a_trail_of_its_own(trail: int, acting_as: ActingAs, cast: Cast) -> None:
    with acting_as(cast.stranger):
        make_instrument(cast.stranger)
    assert [line.number for line in lines(acting_as, cast.stranger)] == [1, 2, 3]
    assert len(lines(acting_as, cast.maya)) == trail
    assert complaint(acting_as, cast.stranger) is None


def test_an_entry_says_who_did_what_to_whose_record(acting_as: ActingAs, cast: Cast) -> None:
    with acting_as(cast.maya):
        patient = make_patient(cast.maya)
        audit.record("patient.marked", patient, by=cast.maya, count=3)
    last = lines(acting_as, cast.maya)[-1]
    assert (last.action, last.subject) == ("patient.marked", f"patient:{patient.id}")
    assert (last.actor_id, last.patient_id) == (cast.maya.id, patient.id)
    assert (last.facts, last.origin) == ('{"count": 3}', "command line")


def test_a_request_leaves_the_address_it_came_from(
    client_for: ClientFor, acting_as: ActingAs, cast: Cast
) -> None:
    assert client_for(cast.maya).get("/patients").status_code == 200
    last = lines(acting_as, cast.maya)[-1]
    assert (last.action, last.actor_id, last.origin) == (
        "patients.viewed",
        cast.maya.id,
        "127.0.0.1",
    )


def test_the_trail_costs_two_statements_however_many_lines(
    acting_as: ActingAs,
    cast: Cast,
    count_statements: CountStatements,
) -> None:
    with acting_as(cast.maya), count_statements() as sent:
        db.session.scalar(select(1))
        sent.clear()
        for number in range(5):
            audit.record("tried", f"thing {number}", by=cast.maya)
        audit.write()
        assert [statement.split()[0] for statement in sent] == ["UPDATE", "INSERT"]


TOUCHES = {
    "a word changed": (
        "UPDATE audit_entry SET action = 'x' WHERE number = 5", "entry 5 was changed",
    ),
    "a fact changed": (
        "UPDATE audit_entry SET facts = '[]' WHERE number = 2", "entry 2 was changed",
    ),
    "a person exchanged": (
        "UPDATE audit_entry SET actor_id = actor_id + 1 WHERE number = 9", "entry 9 was changed",
    ),
    "a patient hidden": (
        "UPDATE audit_entry SET patient_id = NULL WHERE number = 8", "entry 8 was changed",
    ),
    "an origin changed": (
        "UPDATE audit_entry SET origin = '10.0.0.1' WHERE number = 4", "entry 4 was changed",
    ),
    "an entry removed": ("DELETE FROM audit_entry WHERE number = 6", "entry 6 is missing"),
    "the first removed": ("DELETE FROM audit_entry WHERE number = 1", "entry 1 is missing"),
    "the end cut off": ("DELETE FROM audit_entry WHERE number > 10", "entry 11 is missing"),
    "all of it removed": ("DELETE FROM audit_entry", "entry 1 is missing"),
    "two exchanged": (
        "UPDATE audit_entry SET number = CASE number WHEN 104 THEN 5 ELSE 4 END "
        "WHERE number IN (104, 105)",
        "entry 4 was changed",
    ),
    "one added, and counted": (
        "INSERT INTO audit_entry (number, at, action, subject, facts, origin, mac, clinic_id) "
        "SELECT 13, at, action, subject, facts, origin, mac, clinic_id FROM audit_entry "
        "WHERE number = 3",
        "entry 13 was changed",
    ),
    "one added at the end": (
        "INSERT INTO audit_entry (number, at, action, subject, facts, origin, mac, clinic_id) "
        "SELECT 99, at, action, subject, facts, origin, mac, clinic_id FROM audit_entry "
        "WHERE number = 3",
        "entry 13 is missing",
    ),
    "the last removed": (
        "DELETE FROM audit_entry WHERE number = 12", "entry 12 is missing",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("touch", "words"), TOUCHES.values(), ids=TOUCHES)
def test_whoever_touches_the_trail_past_its_locks_is_found_out(
    touch: str, words: str, trail: int, app: Flask, acting_as: ActingAs, cast: Cast
) -> None:
    assert trail == 12
    with app.app_context(), db.engine.begin() as connection:
        unlocked(connection, cast.maya.clinic_id)
        if "104" in touch:
            connection.execute(
                text("UPDATE audit_entry SET number = number + 100 WHERE number IN (4, 5)")
            )
        connection.execute(text(touch))
        if "SELECT 13" in touch:
            connection.execute(text("UPDATE audit_counter SET entries = 13"))
    assert complaint(acting_as, cast.maya) == words


def unlocked(connection: Any, clinic_id: int) -> None:
    """Do what an intruder who owns the tables would: take the triggers away."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("ALTER TABLE audit_entry DISABLE TRIGGER USER"))
        connection.execute(text(f"SELECT set_config('app.clinic_id', '{clinic_id}', true)"))
        return
    for event in ("update", "delete"):
        connection.execute(text(f"DROP TRIGGER audit_entry_{event}_guard"))
    # SQLite has one table for both clinics: leave only ours, as the statements speak of it.
    connection.execute(
        text("DELETE FROM audit_entry WHERE clinic_id <> :ours"), {"ours": clinic_id}
    )


def test_a_moved_moment_is_found_out(
    trail: int, app: Flask, acting_as: ActingAs, cast: Cast
) -> None:
    with app.app_context(), db.engine.begin() as connection:
        unlocked(connection, cast.maya.clinic_id)
        table = AuditEntry.__table__
        later = clock.now() + timedelta(hours=1)
        connection.execute(table.update().where(table.c.number == 7).values(at=later))  # type: ignore[attr-defined]
    assert complaint(acting_as, cast.maya) == "entry 7 was changed"


def test_another_key_makes_no_entry_of_ours(
    trail: int, app: Flask, acting_as: ActingAs, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "secret_key", "another secret")
    assert complaint(acting_as, cast.maya) == "entry 1 was changed"


def test_a_clock_set_back_changes_no_order(trail: int, acting_as: ActingAs, cast: Cast) -> None:
    with time_machine.travel(clock.now() - timedelta(days=400)), acting_as(cast.maya):
        audit.record("clock.was_wrong", "clock", by=None)
    written = lines(acting_as, cast.maya)
    assert written[-1].at < written[-2].at
    assert all(after.number == before.number + 1 for before, after in pairwise(written))
    assert complaint(acting_as, cast.maya) is None


def test_an_entry_survives_its_journey_through_the_store(acting_as: ActingAs, cast: Cast) -> None:
    odd = {
        "name": "O\N{RIGHT SINGLE QUOTATION MARK}Brien; DROP TABLE",
        "text": "\N{ARABIC LETTER ALEF} 🦶 \\ \" '",
        "n": 0,
    }
    with acting_as(cast.maya):
        audit.record("tried", "thing", by=cast.maya, **odd)
    assert complaint(acting_as, cast.maya) is None
