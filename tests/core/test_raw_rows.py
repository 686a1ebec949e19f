"""What the stores themselves refuse, whoever speaks to them: crossed rows, other clinics' rows."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from sqlalchemy import Connection, Table, delete, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.attributes import set_committed_value

from clinic_notes.accounts import actions as accounts
from clinic_notes.accounts.models import User
from clinic_notes.charting.actions import add_documentation_time
from clinic_notes.clinical.documentation_time import TimeSpent
from clinic_notes.core.db import db
from clinic_notes.core.permissions import Role
from clinic_notes.models import Base
from clinic_notes.patients.models import Episode
from clinic_notes.plan_of_care import actions as plan_of_care
from tests.cast import Cast
from tests.factories import (
    amend,
    awaiting_note,
    close_episode,
    correct,
    give_tablet,
    keep_typing,
    loaded,
    make_goal,
    make_policy,
    make_report,
    make_snippet,
    open_visit,
    record_done,
    relocate,
    return_to_author,
    sign,
    sign_report,
    void,
)
from tests.fixture_types import ActingAs
from tests.stores import Store

Raw = Callable[[], AbstractContextManager[Connection]]
_VISITS = Base.metadata.tables["visit"]
OWNED = [table for table in Base.metadata.sorted_tables if "clinic_id" in table.c]
BEHIND_RLS = [table for table in OWNED if table.name != "user"]
CROSSINGS = [
    (table, key)
    for table in OWNED
    for key in table.foreign_key_constraints
    if key.column_keys != ["clinic_id"]
]
UNLIKE = {
    "number": 9999,
    "item": "planted",
    "mrn": "planted",
    "name": "planted",
    "form_instance": "planted",
}
"""What no two rows share."""


@pytest.fixture
def both_clinics(acting_as: ActingAs, cast: Cast) -> dict[str, int]:
    """A signed and amended visit in each clinic: a row in every table. Whose clinic is which."""
    for person in (cast.maya, cast.stranger):
        with acting_as(person):
            assistant = an_assistant(person)
            awaiting = awaiting_note(assistant, person)
            return_to_author(awaiting, person)
            void(awaiting, person)
        with acting_as(person):
            visit = open_visit(person)
            visit_id = visit.id
            make_policy(person)
            make_snippet(person)
            give_tablet(visit, person)
            keep_typing(visit, person, plan="Not saved yet.")
            add_documentation_time(visit, TimeSpent(60_000, 900, 50_000, 12, 40), by=person)
        with acting_as(person):
            sign(visit_id, person)
            with_plan_of_care(loaded(visit_id).episode_id, person)
        with acting_as(person):
            amend(visit_id, person)
            correct(visit_id, person)
            relocate(loaded(visit_id).episode_id, person)
        with acting_as(person):
            with_reports(loaded(visit_id).episode_id, person)
    return {"ours": cast.maya.clinic_id, "theirs": cast.stranger.clinic_id}


def an_assistant(person: User) -> User:
    """Return somebody of that person's clinic who is an assistant."""
    added = accounts.add_user(
        email=f"assistant-of-{person.id}@demo.clinic", name="Kim Assistant", credentials="PTA",
        role=Role.ASSISTANT, password=None, by=None,
    )  # fmt: skip
    db.session.flush()
    set_committed_value(added, "clinic", person.clinic)
    return added


def with_plan_of_care(episode_id: int, by: User) -> None:
    """Give an episode a goal, a progress report, and a closing that was taken back."""
    episode = db.session.get_one(Episode, episode_id)
    make_goal(episode, by)
    record_done(episode, by)
    close_episode(episode, by)
    plan_of_care.reopen_episode(episode, "closed by mistake", by=by)


def with_reports(episode_id: int, by: User) -> None:
    """Give an episode a signed progress report and a draft that corrects it."""
    first = make_report(episode_id, by)
    sign_report(first.id, by)
    make_report(episode_id, by, corrects=first)


@pytest.fixture
def raw(store: Store) -> Raw:
    """Speak to the store as the application's own role, past everything of the application."""
    with store.app.app_context():
        return db.engine.connect


def enter_raw(connection: Connection, clinic_id: int) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT set_config('app.clinic_id', '{clinic_id}', true)"))


def a_copy(connection: Connection, table: Table, clinic_id: int) -> dict[str, Any]:
    """Return a row of that clinic, ready to be inserted again as a new one."""
    enter_raw(connection, clinic_id)
    found = connection.execute(table.select().where(table.c.clinic_id == clinic_id).limit(1))
    row = dict(found.mappings().one())
    row.pop("id")
    if table.name == "void":
        # A session is voided once.
        row["visit_id"] = max(
            connection.scalars(select(_VISITS.c.id).where(_VISITS.c.clinic_id == clinic_id))
        )
    return row | {name: value for name, value in UNLIKE.items() if name in row}


def refusal(connection: Connection, statement: Any, *rows: dict[str, Any]) -> str:
    """Return the store's words of refusal, or "" where it did what was asked."""
    try:
        with connection.begin_nested():
            connection.execute(statement, *([rows] if rows else []))
    except DBAPIError as error:
        return str(error.orig)
    return ""


def test_a_row_cannot_hang_on_another_clinics(both_clinics: dict[str, int], raw: Raw) -> None:
    ours, theirs = both_clinics["ours"], both_clinics["theirs"]
    with raw() as connection:
        for table, key in CROSSINGS:
            _drop_guards(connection, table)
            row = a_copy(connection, table, ours)
            column, parent = key.column_keys[1], key.referred_table
            crossed = row | {column: a_copy_id(connection, parent, theirs)}
            if (table.name, column) == ("correction", "instrument_use_id"):
                # It corrects a reading or a treatment row, never both.
                crossed |= {"reading_id": None, "which": ""}
            enter_raw(connection, ours)
            words = refusal(connection, table.insert(), crossed)
            # SQLite speaks of any foreign key alike; PostgreSQL names the table.
            named = f'is not present in table "{parent.name}"'
            assert "FOREIGN KEY" in words or named in words, f"{table.name}.{column}: {words}"


def a_copy_id(connection: Connection, table: Table, clinic_id: int) -> int:
    """Return the id of a row of that clinic."""
    enter_raw(connection, clinic_id)
    found = select(table.c.id).where(table.c.clinic_id == clinic_id).limit(1)
    return connection.execute(found).scalar_one()


def _drop_guards(connection: Connection, table: Table) -> None:
    # A signed visit takes no new row either; it is the key that must refuse this one.
    if connection.dialect.name == "postgresql":
        connection.execute(text(f'ALTER TABLE "{table.name}" DISABLE TRIGGER USER'))
    else:
        connection.execute(text(f"DROP TRIGGER IF EXISTS {table.name}_insert_guard"))


def test_every_key_between_records_carries_the_clinic() -> None:
    plain = [
        f"{table.name}.{key.column_keys[0]}"
        for table in OWNED
        for key in table.foreign_key_constraints
        if "clinic_id" not in key.column_keys
    ]
    assert plain == []


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
class TestRowLevelSecurity:
    """On PostgreSQL, as `clinic_app`: the owner of the tables, but no superuser."""

    def test_without_a_clinic_nothing_is_seen(self, both_clinics: dict[str, int], raw: Raw) -> None:
        with raw() as connection:
            seen = [table.name for table in BEHIND_RLS if connection.execute(table.select()).all()]
        assert seen == []

    def test_a_clinic_sees_its_own_rows_only(self, both_clinics: dict[str, int], raw: Raw) -> None:
        with raw() as connection:
            enter_raw(connection, both_clinics["ours"])
            seen = {
                table.name: set(connection.scalars(select(table.c.clinic_id)))
                for table in BEHIND_RLS
            }
        assert seen == {table.name: {both_clinics["ours"]} for table in BEHIND_RLS}

    def test_a_row_for_another_clinic_is_not_inserted(
        self, both_clinics: dict[str, int], raw: Raw
    ) -> None:
        with raw() as connection:
            for table in BEHIND_RLS:
                _drop_guards(connection, table)
                row = a_copy(connection, table, both_clinics["theirs"])
                enter_raw(connection, both_clinics["ours"])
                words = refusal(connection, table.insert(), row)
                assert "row-level security" in words, table.name

    def test_another_clinics_rows_are_neither_changed_nor_given_away(
        self, both_clinics: dict[str, int], raw: Raw
    ) -> None:
        ours, theirs = both_clinics["ours"], both_clinics["theirs"]
        with raw() as connection:
            enter_raw(connection, ours)
            for table in BEHIND_RLS:
                _drop_guards(connection, table)
                taken = update(table).where(table.c.clinic_id == theirs).values(clinic_id=ours)
                assert connection.execute(taken).rowcount == 0, table.name
                dropped = delete(table).where(table.c.clinic_id == theirs)
                assert connection.execute(dropped).rowcount == 0, table.name
                words = refusal(connection, update(table).values(clinic_id=theirs))
                assert "row-level security" in words, table.name

    def test_no_table_of_a_clinic_was_forgotten(self, raw: Raw) -> None:
        with raw() as connection:
            bound = connection.scalars(
                text(
                    "SELECT relname FROM pg_class JOIN pg_policy ON polrelid = pg_class.oid "
                    "WHERE relrowsecurity AND relforcerowsecurity"
                )
            )
            assert set(bound) == {table.name for table in BEHIND_RLS}

    def test_the_application_is_no_superuser(self, raw: Raw) -> None:
        with raw() as connection:
            powers = connection.execute(
                text("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
            )
            assert powers.one() == (False, False)

    def test_a_pooled_connection_forgets_the_last_clinic(
        self, both_clinics: dict[str, int], raw: Raw, acting_as: ActingAs, cast: Cast
    ) -> None:
        with acting_as(cast.maya):
            pid = db.session.scalar(text("SELECT pg_backend_pid()"))
        for end in ("commit", "rollback"):
            with raw() as connection:
                assert connection.scalar(text("SELECT pg_backend_pid()")) == pid
                assert connection.scalar(text("SELECT count(*) FROM patient")) == 0
                enter_raw(connection, both_clinics["ours"])
                assert connection.scalar(text("SELECT count(*) FROM patient")) == 2
                getattr(connection, end)()
