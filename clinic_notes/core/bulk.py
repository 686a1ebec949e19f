"""Many rows of the clinic read or written in one statement, without objects."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import CursorResult, Select, bindparam, func, insert, select, text, update

from clinic_notes.core import audit
from clinic_notes.core.db import db
from clinic_notes.core.lookup import RowGone
from clinic_notes.core.tenancy import (
    CrossClinicError,
    OwnedByClinic,
    current_clinic_id,
    only_this_clinic,
)


def read_rows(
    statement: Select[*tuple[Any, ...]], values: Mapping[str, Any]
) -> CursorResult[*tuple[Any, ...]]:
    """Return the clinic's rows of a statement that selects columns and is made once.

    It runs on the session's connection under the session's own filter, which ``every_clinic``
    turns off as it does there. What was added to the session must be flushed before.
    """
    if not statement.get_execution_options().get("every_clinic"):
        statement = only_this_clinic(statement)
    return db.session.connection().execute(statement, values)


def insert_rows(table: type[Any], rows: Iterable[Mapping[str, Any]], *returned: str) -> list[Any]:
    """Insert rows of the current clinic, all of the same columns, in one statement.

    Return the columns named in ``returned`` of each row. The store gives them in any order, so
    one of them should tell the rows apart.
    """
    clinic_id = current_clinic_id()
    new = [{"clinic_id": clinic_id, **row} for row in rows]
    if not new:
        return []
    if any(row["clinic_id"] != clinic_id for row in new):
        raise CrossClinicError("Every row that is inserted is the current clinic's.")
    statement = insert(table.__table__)
    if returned:
        statement = statement.returning(*(table.__table__.c[name] for name in returned))
    result = db.session.connection().execute(statement, new)
    audit.mark_changed()
    return [*result] if returned else []


def reserve_ids(table: type[Any], count: int, *, after: int = 0) -> list[int]:
    """Return this many ids of a table for rows that are inserted later in this transaction.

    Until then nothing else may be added to the table in the same transaction. ``after`` is the
    last id that was reserved and has no row yet.
    """
    connection = db.session.connection()
    if connection.dialect.name == "postgresql":
        values = {"name": table.__tablename__, "count": count}
        return [*connection.scalars(_NEXT_IDS, values)]
    last = connection.scalar(select(func.max(table.__table__.c.id))) or 0
    first = max(last, after) + 1
    return [*range(first, first + count)]


_NEXT_IDS = text(
    "SELECT nextval(pg_get_serial_sequence(quote_ident(:name), 'id'))"
    " FROM generate_series(1, :count)"
)


def update_rows(table: type[OwnedByClinic], rows: Sequence[Mapping[str, Any]]) -> None:
    """Change the clinic's rows of these ids, all in one statement.

    Each row gives its id and the same columns. RowGone where the clinic has no such row.
    """
    if not rows:
        return
    # The session updates many rows by their ids alone; this statement asks for the clinic as well.
    statement = update(table).where(
        table.id == bindparam("row_id"), table.clinic_id == bindparam("row_clinic")
    )
    known = {"row_clinic": current_clinic_id()}
    values = [known | {"row_id" if n == "id" else n: row[n] for n in row} for row in rows]
    changed = db.session.connection().execute(statement, values)
    audit.mark_changed()
    if changed.rowcount != len(rows):
        raise RowGone(f"Some of these rows of {table.__name__} are not the clinic's.")
