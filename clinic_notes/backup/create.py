"""Makes a backup of a store while it is in use: one moment of it, as one transaction sees it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine

from clinic_notes.backup.archive import Archive, Manifest, created
from clinic_notes.backup.tables import act_for, clinic_ids, owner, rows_of, tables_of
from clinic_notes.backup.values import as_line
from clinic_notes.core import clock
from clinic_notes.core.db import writing


def create(engine: Engine, path: Path, *, key: str, secret_key: str) -> Manifest:
    """Write every row of the store to a new file. Raises BadBackup where it cannot be made."""
    with created(path, key) as archive, _one_moment(engine) as connection:
        _copy(connection, archive)
        counted = {table: archive.count(table) for table in archive.tables()}
        manifest = Manifest(
            made_at=clock.now().isoformat(timespec="seconds"),
            revision=MigrationContext.configure(connection).get_current_revision() or "",
            rows={table: number for table, (number, _) in counted.items()},
            digests={table: digest for table, (_, digest) in counted.items()},
            secret_key=secret_key,
        )
        archive.seal(manifest)
    return manifest


@contextmanager
def _one_moment(engine: Engine) -> Iterator[Connection]:
    """Read in one transaction that sees nothing of what others commit meanwhile."""
    if engine.dialect.name == "postgresql":
        # Its usual level would see what is committed between two statements.
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    token = writing.set(False)
    try:
        with engine.connect() as connection, connection.begin():
            yield connection
    finally:
        writing.reset(token)


def _copy(connection: Connection, archive: Archive) -> None:
    clinics = clinic_ids(connection)
    for table in tables_of(connection):
        owners = clinics if owner(table) is not None else [None]
        for clinic_id in owners:
            if clinic_id is not None:
                act_for(connection, clinic_id)
            rows = rows_of(connection, table, clinic_id)
            archive.add(table.name, clinic_id, (as_line(dict(row)) for row in rows))
