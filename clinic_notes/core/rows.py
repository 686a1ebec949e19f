"""Many rows at a time, read and written past the session, which filters and guards by itself."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import CursorResult, Insert, Select, Table, Update, bindparam, insert, update

from clinic_notes.core import audit
from clinic_notes.core.db import Base, db
from clinic_notes.core.tenancy import clinic_at_work, only_this_clinic


class RowGone(Exception):
    """A submitted row names an id this record does not have."""


def read_rows(
    statement: Select[*tuple[Any, ...]], values: Mapping[str, Any]
) -> CursorResult[*tuple[Any, ...]]:
    """Return the clinic's rows of a statement that is kept and selects columns.

    The filter is the session's own. What the session does besides, writing what waits to be
    written and making objects, costs more than the database takes to answer.
    """
    filtered: Select[*tuple[Any, ...]] = only_this_clinic(statement)
    return db.session.connection().execute(filtered, values)


def insert_rows(table: type[Base], rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows of the clinic at work, all in one statement; each gives the same columns."""
    clinic_id = clinic_at_work()
    owned = [{**row, "clinic_id": clinic_id} for row in rows]
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
