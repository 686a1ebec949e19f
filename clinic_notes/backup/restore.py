"""Restores a backup into an empty store of either kind, all of it or nothing."""

from collections.abc import Iterator
from itertools import islice, zip_longest
from typing import Any

from sqlalchemy import Connection, Engine, Table, insert

from clinic_notes.backup.archive import Archive, BadBackup, Manifest
from clinic_notes.backup.tables import (
    act_for,
    clinic_ids,
    continue_numbering,
    rows_of,
    tables_of,
    without_guards,
)
from clinic_notes.backup.values import as_line, from_line
from clinic_notes.core import schema

AT_ONCE = 500
"""Rows inserted by one statement."""


def restore(engine: Engine, archive: Archive, manifest: Manifest) -> None:
    """Fill an empty store with the backup, then bring it up to date.

    Raises BadBackup where the store has a clinic, the backup is of a newer version, or what was
    stored is not what the backup holds; the store then stays empty.
    """
    if not schema.knows(engine, manifest.revision):
        raise BadBackup("The backup was made by a newer version of Clinic Notes.")
    _prepare(engine, manifest.revision)
    with engine.begin() as connection:
        tables = tables_of(connection)
        with without_guards(connection, tables):
            for table, clinic_id in _parts(archive, tables):
                _fill(connection, archive, table, clinic_id)
        continue_numbering(connection, tables)
        for table, clinic_id in _parts(archive, tables):
            _compare(connection, archive, table, clinic_id)
    schema.upgrade(engine)


def _prepare(engine: Engine, revision: str) -> None:
    if not schema.is_new(engine):
        with engine.connect() as connection:
            if clinic_ids(connection):
                raise BadBackup("There is a clinic here already: restore into an empty place.")
        schema.downgrade(engine, "base")
    schema.upgrade(engine, revision)


def _parts(archive: Archive, tables: list[Table]) -> Iterator[tuple[Table, int | None]]:
    for table in tables:
        yield from ((table, clinic_id) for clinic_id in archive.clinics_of(table.name))


def _fill(connection: Connection, archive: Archive, table: Table, clinic_id: int | None) -> None:
    if clinic_id is not None:
        act_for(connection, clinic_id)
    rows: Iterator[dict[str, Any]] = (
        from_line(line, table) for line in archive.lines(table.name, clinic_id)
    )
    while some := list(islice(rows, AT_ONCE)):
        connection.execute(insert(table), some)


def _compare(connection: Connection, archive: Archive, table: Table, clinic_id: int | None) -> None:
    if clinic_id is not None:
        act_for(connection, clinic_id)
    stored = (as_line(dict(row)) for row in rows_of(connection, table, clinic_id))
    expected = archive.lines(table.name, clinic_id)
    if any(one != other for one, other in zip_longest(stored, expected)):
        raise BadBackup(f"The table {table.name} was not stored as the backup holds it.")
