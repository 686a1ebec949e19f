"""Writing many rows at a time, where the session neither filters nor guards by itself."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Insert, Table, Update, bindparam, insert, update

from clinic_notes.core import audit
from clinic_notes.core.db import Base, db
from clinic_notes.core.tenancy import clinic_at_work


class RowGone(Exception):
    """A submitted row names an id this record does not have."""


def insert_rows(table: type[Base], rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows of the clinic at work, all in one statement; each gives the same columns."""
    owned = [{**row, "clinic_id": clinic_at_work()} for row in rows]
    if owned:
        db.session.connection().execute(_insert(table.__table__), owned)
        audit.noticed()


def update_rows(table: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Change the clinic's rows that bear these ids, all in one statement.

    Each row gives its id and the same columns. RowGone where the clinic has no such row.
    """
    clinic_id = clinic_at_work()
    sent = [
        {"this_id" if key == "id" else key: row[key] for key in row} | {"this_clinic": clinic_id}
        for row in rows
    ]
    changed = db.session.connection().execute(_update(table.__table__), sent)
    if changed.rowcount != len(rows):
        raise RowGone(f"Some of these rows of {table.__tablename__} are not the clinic's.")
    audit.noticed()


@cache
def _insert(table: Table) -> Insert:
    return insert(table)


@cache
def _update(table: Table) -> Update:
    return update(table).where(
        table.c.id == bindparam("this_id"), table.c.clinic_id == bindparam("this_clinic")
    )
