"""Many rows at a time, read and written past the session, which filters and guards by itself."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import CursorResult, Dialect, Select, Table, Update, bindparam, insert, update
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.exc import StaleDataError

from clinic_notes.core import audit
from clinic_notes.core.db import Base, db
from clinic_notes.core.tenancy import current_clinic_id, only_this_clinic, require_own


class RowGone(Exception):
    """A submitted row names an id this record does not have."""


def read_rows(
    statement: Select[*tuple[Any, ...]], values: Mapping[str, Any]
) -> CursorResult[*tuple[Any, ...]]:
    """Return the clinic's rows of a statement that is kept and selects columns.

    The filter is the session's own, and so is the way past it, ``every_clinic``. What the session
    does besides, writing what waits to be written and making objects, costs more than the
    database takes to answer.
    """
    is_of_every_clinic = statement.get_execution_options().get("every_clinic")
    seen: Select[*tuple[Any, ...]] = (
        statement if is_of_every_clinic else only_this_clinic(statement)
    )
    return db.session.connection().execute(seen, values)


def insert_rows(table: type[Base], rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows of the clinic at work in one statement; each gives every column but its id."""
    new, clinic_id = list(rows), current_clinic_id()
    if new:
        connection = db.session.connection()
        insertion = _insertion(table.__table__, frozenset(new[0]), connection.dialect)
        sent = [insertion.values(row, clinic_id) for row in new]
        connection.exec_driver_sql(insertion.text, sent)
        audit.mark_changed()


def insert_now(row: Any) -> None:
    """Insert an object of the clinic at work and give it its id; the session knows it from then on.

    Whoever made it has set every column that may not be empty. What the session would do on the
    way, sorting what depends on what, costs several times the insertion.
    """
    require_own(row)
    new = {name: getattr(row, name) for name in _names(row.__table__)}
    connection = db.session.connection()
    insertion = _insertion(row.__table__, frozenset(new), connection.dialect, gives_id=True)
    sent = insertion.values(new, row.clinic_id)
    result = connection.exec_driver_sql(insertion.text, sent)
    row.id = result.scalar_one()
    make_transient_to_detached(row)
    db.session.add(row)
    audit.mark_changed()


def change_now(row: Any, **values: Any) -> None:
    """Change an object that bears a version, at once. StaleDataError if somebody else did first."""
    require_own(row)
    changed = {**values, "version": row.version + 1}
    this = {"this_id": row.id, "this_clinic": row.clinic_id, "this_version": row.version}
    statement = _change(row.__table__, frozenset(changed))
    if db.session.connection().execute(statement, changed | this).rowcount != 1:
        raise StaleDataError(f"{row.__tablename__} {row.id} is not at version {row.version}.")
    for name, value in changed.items():
        set_committed_value(row, name, value)
    audit.mark_changed()


def update_rows(table: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Change the clinic's rows that bear these ids, all in one statement.

    Each row gives its id and the same columns. RowGone where the clinic has no such row.
    """
    clinic_id = current_clinic_id()
    sent = [
        {"this_id" if key == "id" else key: row[key] for key in row} | {"this_clinic": clinic_id}
        for row in rows
    ]
    changed = db.session.connection().execute(_update(table.__table__), sent)
    if changed.rowcount != len(rows):
        raise RowGone(f"Some of these rows of {table.__tablename__} are not the clinic's.")
    audit.mark_changed()


class _Insertion(NamedTuple):
    """A statement as its driver takes it, and how each column's value is made ready.

    SQLAlchemy works out anew for every row how its values go into a statement: for a hundred
    rows that takes longer than the database takes to keep them.
    """

    text: str
    ready: tuple[tuple[str, Callable[[Any], Any]], ...]
    in_order: Callable[[Mapping[str, Any]], Any]

    def values(self, row: Mapping[str, Any], clinic_id: int) -> Any:
        """Return a row's values as the driver takes them; nothing is NULL in every column."""
        made = {**row, "clinic_id": clinic_id}
        for name, ready in self.ready:
            if made[name] is not None:
                made[name] = ready(made[name])
        return self.in_order(made)


@cache
def _names(table: Table) -> tuple[str, ...]:
    return tuple(column.key for column in table.c if column.key not in ("id", "clinic_id"))


@cache
def _insertion(
    table: Table, names: frozenset[str], dialect: Dialect, *, gives_id: bool = False
) -> _Insertion:
    every = names | {"clinic_id"}
    statement = insert(table).returning(table.c.id) if gives_id else insert(table).inline()
    compiled: Any = statement.compile(dialect=dialect, column_keys=sorted(every))
    in_order = compiled.positiontup or list(compiled.params)
    if set(in_order) != every:
        raise LookupError(f"Rows of {table.name} give every column: {sorted(in_order)}.")
    types = {name: table.c[name].type.dialect_impl(dialect) for name in in_order}
    processors = {name: of.bind_processor(dialect) for name, of in types.items()}
    return _Insertion(
        str(compiled),
        tuple((name, ready) for name, ready in processors.items() if ready),
        itemgetter(*in_order) if dialect.positional else dict,
    )


@cache
def _change(table: Table, names: frozenset[str]) -> Update:
    return (
        update(table)
        .where(
            table.c.id == bindparam("this_id"),
            table.c.clinic_id == bindparam("this_clinic"),
            table.c.version == bindparam("this_version"),
        )
        .values({name: bindparam(name) for name in names})
    )


@cache
def _update(table: Table) -> Update:
    return update(table).where(
        table.c.id == bindparam("this_id"), table.c.clinic_id == bindparam("this_clinic")
    )
