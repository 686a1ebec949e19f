"""The tables of a store as they stand in it, and the rows of each clinic in them.

They are read from the store, not from the code: a backup of an older version has other columns.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, MetaData, Table, func, select, text
from sqlalchemy.schema import Column

NOT_KEPT = ("alembic_version",)
"""What a backup leaves out: its manifest names the revision, and the migrations write this."""


def tables_of(connection: Connection) -> list[Table]:
    """Return the store's tables, each after those it refers to."""
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name not in NOT_KEPT]


def owner(table: Table) -> Column[Any] | None:
    """Return the column that says which clinic owns a row, None in a table of no clinic."""
    return table.c.get("clinic_id")


def clinic_ids(connection: Connection) -> list[int]:
    """Return the ids of the store's clinics."""
    return list(connection.scalars(text("SELECT id FROM clinic ORDER BY id")))


def act_for(connection: Connection, clinic_id: int) -> None:
    """On PostgreSQL, read and write as this clinic: row-level security lets no other through."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.set_config("app.clinic_id", str(clinic_id), True)))


def rows_of(connection: Connection, table: Table, clinic_id: int | None) -> Iterator[Any]:
    """Yield a table's rows, of one clinic or of none, in the order of their keys."""
    statement = select(table).order_by(*table.primary_key.columns)
    owned_by = owner(table)
    if owned_by is not None:
        statement = statement.where(owned_by == clinic_id)
    with connection.execute(statement, execution_options={"yield_per": 1000}) as found:
        yield from found.mappings()


@contextmanager
def without_guards(connection: Connection, tables: list[Table]) -> Iterator[None]:
    """Let signed rows be inserted: they come as a whole, not one after another.

    In the transaction of the restore: where that fails, the guards were never gone.
    """
    if connection.dialect.name == "postgresql":
        for table in tables:
            connection.execute(text(f'ALTER TABLE "{table.name}" DISABLE TRIGGER USER'))
        yield
        for table in tables:
            connection.execute(text(f'ALTER TABLE "{table.name}" ENABLE TRIGGER USER'))
        return
    kept = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    guards = [(row.name, row.sql) for row in kept]
    for name, _ in guards:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    yield
    for _, made_by in guards:
        connection.exec_driver_sql(made_by)


def continue_numbering(connection: Connection, tables: list[Table]) -> None:
    """On PostgreSQL, let new rows be numbered after those that were inserted with their ids."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables:
        if "id" in table.c and table.c.id.primary_key:
            connection.execute(
                text(
                    f"SELECT setval(pg_get_serial_sequence('\"{table.name}\"', 'id'), "  # noqa: S608
                    f'coalesce(max(id), 0) + 1, false) FROM "{table.name}"'
                )
            )
