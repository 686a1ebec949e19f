"""No page and no action walks through all rows of a clinic, however large it grows."""

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from flask import Flask
from sqlalchemy import Connection, Engine, text

from clinic_notes import create_app
from clinic_notes.core.db import db
from clinic_notes.models import Base
from tests.conftest import prepare, settings
from tests.plans.asking import ask_everything, noted
from tests.plans.explain import Statements, walks
from tests.plans.many_rows import fill
from tests.postgres_template import Prepared

INDEXES = {str(index.name): index for t in Base.metadata.sorted_tables for index in t.indexes}
ONLY_FOR_SQLITE = {
    "ix_autosaved_form_clinic_id_person_id_patient_id",
    "ix_screening_answer_clinic_id_visit_id_answer_item",
}
"""PostgreSQL would do with the unique key of the same rows."""
EITHER_WAY = {"ix_episode_fact_clinic_id_last_on"}
"""Without it a planner takes the index on the day of closing, or walks, by its statistics."""
ALONE = {"ix_browser_session_user_id"}
"""Indexes of tables that belong to no clinic."""
# 10,000 rows are few: at these costs PostgreSQL plans as it does for millions.
COSTS = ("SET LOCAL random_page_cost = 1.1", "SET LOCAL cpu_tuple_cost = 1")


class Large(NamedTuple):
    """A large clinic, and every statement its pages and actions send."""

    engine: Engine
    statements: Statements
    clinic_id: int

    def enter(self, connection: Connection) -> None:
        if connection.dialect.name == "postgresql":
            clinic = f"SELECT set_config('app.clinic_id', '{self.clinic_id}', true)"
            for statement in (clinic, *COSTS):
                connection.execute(text(statement))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def large(
    request: pytest.FixtureRequest, worker: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Large]:
    """A store of its own: to empty it again would take longer than to make it."""
    folder = tmp_path_factory.mktemp("large")
    if request.param == "sqlite":
        yield from _large(create_app(settings(folder)))
        return
    superuser: str = request.getfixturevalue("postgres")
    database = Prepared(superuser, f"large_{worker}", f"large_kept_{worker}")
    database.begin()
    own = superuser.replace("postgres:@", "clinic_app:@").replace("/postgres?", f"/large_{worker}?")
    yield from _large(create_app(settings(folder, DATABASE_URL=own)))
    database.close()


def _large(app: Flask) -> Iterator[Large]:
    cast = prepare(app)
    with app.app_context():
        engine = db.engine
    if engine.dialect.name == "postgresql":
        # It would count some tables while they are small, and take the grown ones for small.
        with engine.begin() as connection:
            for table in Base.metadata.tables:
                connection.execute(text(f'ALTER TABLE "{table}" SET (autovacuum_enabled = off)'))
    with noted(engine) as statements:
        ask_everything(app, cast)
    # A connection that has checked keys in small tables would read the grown ones from end to end.
    engine.dispose()
    made = Large(engine, statements, cast.maya.clinic_id)
    with engine.begin() as connection:
        made.enter(connection)
        fill(connection, made.clinic_id)
    yield made
    engine.dispose()


@pytest.mark.slow
def test_no_statement_walks_through_a_clinic(large: Large) -> None:
    with large.engine.connect() as connection:
        large.enter(connection)
        known = large.statements
        if connection.dialect.name == "postgresql":
            # Before it has counted anything, it takes the clinic for a handful of patients, fewer
            # than a search finds or a list of ids names. It counts by itself, and after an upgrade.
            known = {
                name: values
                for name, values in known.items()
                if "search_key" not in name and " IN (%" not in name
            }
        assert walks(connection, known) == []
        connection.execute(text("ANALYZE"))
        assert walks(connection, large.statements) == []


@pytest.mark.slow
def test_a_new_statement_that_walks_is_noticed(large: Large) -> None:
    with large.engine.connect() as connection:
        large.enter(connection)
        added = f"SELECT id FROM visit WHERE clinic_id = {large.clinic_id} AND plan = 'x'"  # noqa: S608 - a test.
        assert walks(connection, {added: ()})


@pytest.mark.slow
def test_without_any_one_of_its_indexes_some_statement_walks(large: Large) -> None:
    # In one test: each worker of a parallel run that took one would make a large clinic for it.
    assert [name for name in sorted(INDEXES) if not is_missed(large, name)] == []


def is_missed(large: Large, name: str) -> bool:
    """Say whether a statement walks once this index is dropped."""
    with large.engine.connect() as connection:
        large.enter(connection)
        connection.execute(text(f"DROP INDEX {name}"))
        is_spared = connection.dialect.name == "postgresql" and name in ONLY_FOR_SQLITE
        found = is_spared or name in EITHER_WAY or bool(walks(connection, large.statements))
        connection.rollback()
    return found


def test_each_index_says_which_question_it_answers() -> None:
    assert [name for name in set(INDEXES) - ALONE if not INDEXES[name].info.get("question")] == []
