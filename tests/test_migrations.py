"""The migrations lead from nothing to the tables the code knows, and back, on both stores."""

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, Engine, inspect, text

from clinic_notes.core import schema
from clinic_notes.models import Base


def differences(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, Base.metadata))


def things(engine: Engine) -> set[str]:
    """Return the name of every table, trigger, function and policy in the store."""
    asked = ["SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"]
    if engine.dialect.name == "postgresql":
        asked = [
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace",
            "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
            "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
            "SELECT polname || ' on ' || polrelid::regclass FROM pg_policy",
        ]
    with engine.connect() as connection:
        return {name for sql in asked for name in connection.scalars(text(sql))}


def checks_in(engine: Engine) -> dict[str, set[str | None]]:
    found = inspect(engine)
    return {
        table: {check["name"] for check in found.get_check_constraints(table)}
        for table in Base.metadata.tables
    }


def test_from_nothing_to_what_the_code_knows(empty_store: Engine) -> None:
    assert not schema.is_current(empty_store)
    schema.upgrade(empty_store)
    assert schema.is_current(empty_store)
    assert differences(empty_store) == []


def test_the_checks_of_the_tables_are_the_models_own(empty_store: Engine) -> None:
    schema.upgrade(empty_store)
    # Alembic does not compare these by itself.
    assert checks_in(empty_store) == {
        name: {str(c.name) for c in table.constraints if isinstance(c, CheckConstraint)}
        for name, table in Base.metadata.tables.items()
    }


def test_and_back_to_nothing(empty_store: Engine) -> None:
    schema.upgrade(empty_store)
    schema.downgrade(empty_store, "base")
    assert things(empty_store) <= {"alembic_version", "alembic_version_pkc"}


def test_up_down_and_up_again_is_the_same(empty_store: Engine) -> None:
    schema.upgrade(empty_store)
    once = things(empty_store)
    schema.downgrade(empty_store, "base")
    schema.upgrade(empty_store)
    assert things(empty_store) == once
    assert differences(empty_store) == []


def test_each_step_can_be_taken_alone(empty_store: Engine) -> None:
    script = ScriptDirectory.from_config(schema.alembic_settings(empty_store))
    steps = [revision.revision for revision in script.walk_revisions()][::-1]
    assert len(script.get_heads()) == 1
    seen = [things(empty_store)]
    for step in steps:
        schema.upgrade(empty_store, step)
        seen.append(things(empty_store) - {"alembic_version", "alembic_version_pkc"})
    for below, step in zip(seen[-2::-1], ["-1"] * len(steps), strict=True):
        schema.downgrade(empty_store, step)
        assert things(empty_store) - {"alembic_version", "alembic_version_pkc"} == below


def test_a_second_upgrade_finds_nothing_to_do(empty_store: Engine) -> None:
    schema.upgrade(empty_store)
    before = things(empty_store)
    schema.upgrade(empty_store)
    assert things(empty_store) == before
