"""Writing many rows at a time, where the session neither filters nor guards by itself."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, update

from clinic_notes.core import audit
from clinic_notes.core.db import Base, db
from clinic_notes.core.tenancy import clinic_at_work


class RowGone(Exception):
    """A submitted row names an id this record does not have."""


def update_rows(table: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Change the clinic's rows that bear these ids, all in one statement.

    Each row gives its id and the same columns. RowGone where the clinic has no such row.
    """
    stored = table.__table__
    statement = update(stored).where(  # type: ignore[arg-type]  # Every model's table is a Table.
        stored.c.id == bindparam("this_id"), stored.c.clinic_id == clinic_at_work()
    )
    sent = [{"this_id" if key == "id" else key: row[key] for key in row} for row in rows]
    if db.session.connection().execute(statement, sent).rowcount != len(rows):
        raise RowGone(f"Some of these rows of {table.__tablename__} are not the clinic's.")
    audit.noticed()
