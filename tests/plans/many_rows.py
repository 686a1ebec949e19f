"""Fills a store with the rows of a large clinic: plain ones, for planners, not for readers."""

from typing import Any

from sqlalchemy import Boolean, Column, Connection, Date, DateTime, Integer, Table, text

from clinic_notes.core.db import Exact, Term
from clinic_notes.models import Base

ROWS = 10_000
"""Rows in each table that grows."""
FIRST = 1_000_000
"""No row made by an action has an id this high."""
CHILDREN = 5
"""Rows of one parent."""
SMALL = {
    "clinic", "user", "instrument", "lubricant", "audit_counter", "invitation", "refused_tries",
    "policy_version", "policy_review", "text_snippet",
}  # fmt: skip
"""Tables that do not grow with the number of patients, nor with the years."""
EMPTY = SMALL - {"user"}
"""Tables left as they are; rows need users to be of."""
LAST = {"void"}
"""Tables whose rows close a visit for good; each visit has one."""
SIGNED = ("signed_at", "signed_by_id")
FILLED = {*SIGNED, "patient_id", "reading_id"}
"""Columns that may be empty and in a large clinic seldom are."""
GIVEN = {
    "kind": "'measure'",
    "which": "'before'",
    "end_reason": "''",
    "instrument_id": "1",
    "number": f"{FIRST} + g",
    "person_id": f"{FIRST} + 1 + g % {ROWS // CHILDREN}",
}
_DAYS = "g % 1800"


def fill(connection: Connection, clinic_id: int) -> None:
    """Give this clinic many rows in each table that grows."""
    is_sqlite = connection.dialect.name == "sqlite"
    for table in Base.metadata.sorted_tables:
        if table.name not in EMPTY | LAST:
            connection.execute(text(_insert(table, clinic_id, is_sqlite)))
    # A signed visit takes no more rows, so they are signed last, all but one in five hundred.
    visit = Base.metadata.tables["visit"]
    values = ", ".join(f"{name} = {_value(visit.c[name], clinic_id, is_sqlite)}" for name in SIGNED)
    signed = f"UPDATE visit SET {values} FROM s WHERE visit.id = {FIRST} + g AND g % 500 > 0"  # noqa: S608 - made of constants.
    connection.execute(text(f"WITH {_numbers(is_sqlite)} {signed}"))
    for name in LAST:
        insertion = _insert(Base.metadata.tables[name], clinic_id, is_sqlite)
        connection.execute(text(insertion))


def _insert(table: Table, clinic_id: int, is_sqlite: bool) -> str:
    values = {column.name: _value(column, clinic_id, is_sqlite) for column in table.columns}
    if table.name in LAST:
        values["visit_id"] = f"{FIRST} + g"
    filled = {
        name: value
        for name, value in values.items()
        if value is not None and not (table.name == "visit" and name in SIGNED)
    }
    into = f'INSERT INTO "{table.name}" ({", ".join(filled)})'
    return f"{into} WITH {_numbers(is_sqlite)} SELECT {', '.join(filled.values())} FROM s"  # noqa: S608 - made of constants.


def _numbers(is_sqlite: bool) -> str:
    if is_sqlite:
        return f"RECURSIVE s(g) AS (SELECT 1 UNION ALL SELECT g + 1 FROM s WHERE g < {ROWS})"  # noqa: S608 - made of constants.
    return f"s(g) AS (SELECT generate_series(1, {ROWS}))"


def _value(column: Column[Any], clinic_id: int, is_sqlite: bool) -> str | None:
    """Return what a column of row ``g`` holds, in SQL; None where it stays empty."""
    if column.nullable and column.name not in FILLED:
        return None
    if column.name in ("id", "clinic_id"):
        return {"id": f"{FIRST} + g", "clinic_id": str(clinic_id)}[column.name]
    if column.name in GIVEN:
        return GIVEN[column.name]
    if column.name.endswith("_id"):
        return f"{FIRST} + 1 + (g - 1) / {CHILDREN}"
    return _plain_value(column.type, is_sqlite)


def _plain_value(kind: Any, is_sqlite: bool) -> str:
    if isinstance(kind, Term):
        return f"'{next(iter(kind.vocabulary)).value}'"
    if isinstance(kind, Boolean):
        return "false"
    if isinstance(kind, Integer | Exact):
        return "1"
    if isinstance(kind, Date):
        return (
            f"date('2021-01-01', ({_DAYS}) || ' days')"
            if is_sqlite
            else (f"DATE '2021-01-01' + {_DAYS}")
        )
    if isinstance(getattr(kind, "impl", None), DateTime):
        moment = f"datetime('2021-01-01', ({_DAYS}) || ' days') || '.000000'"
        return moment if is_sqlite else f"TIMESTAMPTZ '2021-01-01' + ({_DAYS}) * INTERVAL '1 day'"
    return "'x' || g"
