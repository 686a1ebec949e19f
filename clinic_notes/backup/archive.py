"""The backup file: an encrypted SQLite file with one line for each row, and a manifest.

The same file serves both kinds of store. It is encrypted with a key of its own, page by page with
a checksum for each (SQLCipher), so a flipped byte, another key and half a file are found.
"""

import json
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import sqlcipher3

FORMAT = 1
"""The version of this file's shape; another one is refused."""


class BadBackup(Exception):
    """The file is no whole backup that this key opens; the message says why, for a person."""


@dataclass(frozen=True)
class Manifest:
    """What a backup holds, to hold its contents against."""

    made_at: str
    """ISO 8601, UTC."""
    revision: str
    """The schema's revision (migrations/)."""
    rows: dict[str, int]
    """How many rows of each table."""
    digests: dict[str, str]
    """SHA-256 over the lines of each table."""
    secret_key: str
    """The application's key: without it the audit trail cannot be checked."""
    format: int = FORMAT


class Archive:
    """An open backup file."""

    def __init__(self, connection: Any) -> None:
        """Work on a connection that has the key."""
        self._connection = connection

    def add(self, table: str, clinic_id: int | None, lines: Iterator[str]) -> None:
        """Add lines of a table: each one row as JSON. ``clinic_id`` where a clinic owns them."""
        self._connection.executemany(
            "INSERT INTO line (table_name, clinic_id, columns) VALUES (?, ?, ?)",
            ((table, clinic_id, line) for line in lines),
        )

    def clinics_of(self, table: str) -> list[int | None]:
        """Return the clinics that have lines of this table, None for a table of no clinic."""
        found = self._connection.execute(
            "SELECT DISTINCT clinic_id FROM line WHERE table_name = ? ORDER BY clinic_id", (table,)
        )
        return [row[0] for row in found]

    def lines(self, table: str, clinic_id: int | None) -> Iterator[str]:
        """Yield a table's lines of one clinic, in the order they were added."""
        found = self._connection.execute(
            "SELECT columns FROM line WHERE table_name = ? AND clinic_id IS ? ORDER BY id",
            (table, clinic_id),
        )
        return (row[0] for row in found)

    def count(self, table: str) -> tuple[int, str]:
        """Return how many lines a table has, and the SHA-256 over them."""
        number, digest = 0, sha256()
        for clinic_id in self.clinics_of(table):
            for line in self.lines(table, clinic_id):
                number += 1
                digest.update(line.encode() + b"\n")
        return number, digest.hexdigest()

    def tables(self) -> list[str]:
        """Return the tables that have lines."""
        found = self._connection.execute("SELECT DISTINCT table_name FROM line ORDER BY table_name")
        return [row[0] for row in found]

    def seal(self, manifest: Manifest) -> None:
        """Write the manifest: the last step, so that half a backup has none."""
        facts = json.dumps(asdict(manifest))
        self._connection.execute("INSERT INTO manifest (facts) VALUES (?)", (facts,))

    def checked_manifest(self) -> Manifest:
        """Return the manifest after holding every line against it. Raises BadBackup."""
        if list(self._connection.execute("PRAGMA cipher_integrity_check")):
            raise BadBackup("The file is damaged.")
        found = self._connection.execute("SELECT facts FROM manifest").fetchall()
        if len(found) != 1:
            raise BadBackup("The backup was not finished.")
        facts = json.loads(found[0][0])
        if facts.get("format") != FORMAT:
            raise BadBackup("The backup was made by another version of Clinic Notes.")
        manifest = Manifest(**facts)
        counted = {table: self.count(table) for table in self.tables()}
        expected = {
            table: (rows, manifest.digests[table]) for table, rows in manifest.rows.items() if rows
        }
        if counted != expected:
            raise BadBackup("The backup does not hold what its manifest says.")
        return manifest


@contextmanager
def created(path: Path, key: str) -> Iterator[Archive]:
    """Create a backup file, readable by its owner alone; where that fails none is left.

    Raises BadBackup where a file of that name is there already.
    """
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        raise BadBackup(f"{path} is there already: choose another name.") from None
    except OSError as error:
        raise BadBackup(f"{path} cannot be written: {error.strerror}.") from None
    try:
        with closing(_connect(path, key)) as connection, connection:
            connection.execute("CREATE TABLE manifest (facts TEXT NOT NULL)")
            connection.execute(
                "CREATE TABLE line (id INTEGER PRIMARY KEY, table_name TEXT NOT NULL, "
                "clinic_id INTEGER, columns TEXT NOT NULL)"
            )
            connection.execute("CREATE INDEX ix_line ON line (table_name, clinic_id)")
            yield Archive(connection)
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise


@contextmanager
def opened(path: Path, key: str) -> Iterator[Archive]:
    """Open a backup file to read it. Raises BadBackup where it is none, or the key another."""
    if not path.is_file():
        raise BadBackup(f"There is no file {path}.")
    with closing(_connect(path, key)) as connection:
        try:
            connection.execute("SELECT count(*) FROM manifest")
            yield Archive(connection)
        except sqlcipher3.DatabaseError:
            raise BadBackup("This is no backup that the key opens, or it is damaged.") from None


def _connect(path: Path, key: str) -> Any:
    connection = sqlcipher3.connect(str(path))
    # As a passphrase it goes through PBKDF2; a quote in it is doubled, as SQL wants it.
    escaped = key.replace("'", "''")
    connection.execute(f"PRAGMA key = '{escaped}'")
    return connection
