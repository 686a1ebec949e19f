"""What one session wrote on our side, row by row, for the floor to write the same."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import ColumnElement, Engine, Table, func, select

from benchmarks.client import Browser, Supplies
from benchmarks.stores import Store
from clinic_notes.core import tenancy
from clinic_notes.core.db import Base, db
from clinic_notes.core.transaction import one_transaction

TABLES = {table.name: table for table in Base.metadata.sorted_tables if "id" in table.c}
"""Every table of the app, parents before their children."""

Rows = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Written:
    """The rows a request inserted into one table."""

    table: str
    columns: tuple[str, ...]
    rows: Rows


@dataclass(frozen=True)
class Recorded:
    """What saving and what signing one session inserted, and what signing set in the visit."""

    saved: tuple[Written, ...]
    signed: tuple[Written, ...]
    signing: Mapping[str, Any]


SET_BY_SIGNING = ("signed_at", "signed_by_id", "version")


def record(
    store: Store, browser: Browser, supplies: Supplies, patient_id: int
) -> tuple[Recorded, Engine]:
    """Save and sign one session; return what it wrote, and the engine of the floor's copy."""
    before = _last_ids(store.app, supplies)
    visit_id = browser.save(patient_id)
    between = _last_ids(store.app, supplies)
    browser.sign(visit_id)
    after = _last_ids(store.app, supplies)
    engine = store.floor()
    connection: Any = engine.raw_connection().driver_connection
    saved, signed = _rows(connection, before, between), _rows(connection, between, after)
    visit = next(written for written in saved if written.table == "visit")
    whole = dict(zip(visit.columns, visit.rows[0], strict=True))
    # What was read back is the signed visit; a draft had none of this yet.
    unsigned = whole | {"signed_at": None, "signed_by_id": None, "version": 1}
    visit.rows[0] = tuple(unsigned.values())
    signing = {name: whole[name] for name in SET_BY_SIGNING}
    connection.close()
    engine.dispose()
    return Recorded(saved, signed, signing), engine


def rows_of_ours(app: Flask, supplies: Supplies) -> dict[str, int]:
    """Return how many rows each of our tables holds."""
    return _of_each_table(app, supplies, lambda table: func.count(table.c.id))


def _last_ids(app: Flask, supplies: Supplies) -> dict[str, int]:
    return _of_each_table(app, supplies, lambda table: func.coalesce(func.max(table.c.id), 0))


def _of_each_table(
    app: Flask, supplies: Supplies, asked: Callable[[Table], ColumnElement[int]]
) -> dict[str, int]:
    with app.app_context(), one_transaction(for_writing=False):
        tenancy.set_clinic(supplies.person.clinic_id)
        each = [select(asked(table)).scalar_subquery() for table in TABLES.values()]
        return dict(zip(TABLES, db.session.execute(select(*each)).one(), strict=True))


def _rows(connection: Any, above: dict[str, int], until: dict[str, int]) -> tuple[Written, ...]:
    cursor = connection.cursor()
    found = []
    for table in TABLES:
        first, last = above[table], until[table]
        cursor.execute(
            f'SELECT * FROM "{table}" WHERE id > {first} AND id <= {last} ORDER BY id'  # noqa: S608
        )
        rows = [tuple(row) for row in cursor.fetchall()]
        if rows:
            found.append(Written(table, tuple(each[0] for each in cursor.description), rows))
    connection.rollback()
    return tuple(found)


def rows_of_floor(connection: Any) -> dict[str, int]:
    """Return how many rows each of the floor's tables holds."""
    cursor = connection.cursor()
    counts = {
        table: cursor.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]  # noqa: S608
        for table in TABLES
    }
    connection.rollback()
    return counts


def gained(before: Mapping[str, int], after: Mapping[str, int]) -> dict[str, int]:
    """Return how many rows each table gained, those with none left out."""
    return {name: after[name] - before[name] for name in after if after[name] != before[name]}
