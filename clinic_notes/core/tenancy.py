"""Keeps each clinic to its own rows, in reading and in writing.

Four locks: the read filter and the write guards here, composite foreign keys in the tables,
and a generated test of every route. PostgreSQL adds row-level security.
"""

from collections.abc import Mapping
from types import NoneType
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    UniqueConstraint,
    bindparam,
    cast,
    event,
    func,
    null,
    text,
)
from sqlalchemy.orm import (
    InstrumentedAttribute,
    Mapped,
    ORMExecuteState,
    Session,
    UOWTransaction,
    mapped_column,
    with_loader_criteria,
)

from clinic_notes.core.db import db


class CrossClinicError(Exception):
    """A row was about to be written that is not the current clinic's."""


class OwnedByClinic:
    """A row that belongs to one clinic and is found only in that clinic's sessions."""

    id: Mapped[int] = mapped_column(primary_key=True)
    clinic_id: Mapped[int] = mapped_column(ForeignKey("clinic.id"))


def owned(*constraints: Any) -> tuple[Any, ...]:
    """Return table arguments with the key that children of the same clinic refer to."""
    return (UniqueConstraint("clinic_id", "id"), *constraints)


def child_of(table: str, column: str = "") -> ForeignKeyConstraint:
    """Return the composite key that keeps a child in its parent's clinic."""
    column = column or f"{table}_id"
    return ForeignKeyConstraint(["clinic_id", column], [f"{table}.clinic_id", f"{table}.id"])


def index_for(question: str, *columns: str, where: str = "") -> Index:
    """Return the index that answers ``question``: by the clinic first, then by these columns.

    Every statement asks for the clinic, so an index without it competes with each one that has it.
    With ``where`` it holds only the rows of which that is true.
    """
    condition = text(where) if where else None
    return Index(
        None,
        "clinic_id",
        *columns,
        info={"question": question},
        sqlite_where=condition,
        postgresql_where=condition,
    )


def set_clinic(clinic_id: int) -> None:
    """Make this the current clinic until the transaction ends."""
    session = db.session
    session.info["clinic_id"] = clinic_id
    if session.get_bind().dialect.name == "postgresql":
        session.execute(
            text("SELECT set_config('app.clinic_id', :clinic_id, true)"),
            {"clinic_id": str(clinic_id)},
        )


def clear_clinic() -> None:
    """Have no current clinic any more: the transaction has ended."""
    db.session.info.pop("clinic_id", None)


def bind_clinic(clinic_id: InstrumentedAttribute[int], dialect: str) -> ColumnElement[Any]:
    """Return a column for the statement that finds the user: it sets the clinic in PostgreSQL.

    Every request begins by finding its user; so it need not send a second statement. Where a
    row came back, `clinic_was_bound` must follow.
    """
    if dialect == "postgresql":
        return func.set_config("app.clinic_id", cast(clinic_id, String), True)
    return null()


def clinic_was_bound(clinic_id: int) -> None:
    """Make current the clinic that a statement with `bind_clinic` has found."""
    db.session.info["clinic_id"] = clinic_id


def current_clinic_id() -> int:
    """Return the id of the current clinic; CrossClinicError where there is none."""
    clinic_id: int | None = db.session.info.get("clinic_id")
    if clinic_id is None:
        raise CrossClinicError("There is no current clinic.")
    return clinic_id


def changes_owned_rows(state: ORMExecuteState) -> bool:
    """Say whether a statement changes rows that belong to a clinic."""
    mapper = state.bind_mapper
    is_writing = state.is_insert or state.is_update or state.is_delete
    return is_writing and mapper is not None and issubclass(mapper.class_, OwnedByClinic)


# Made once, and asks for the clinic each time a statement runs: made anew for every statement,
# the option took longer than most statements do. Without a current clinic the parameter is NULL,
# and the comparison true of no row.
_CURRENT_CLINIC_ID = bindparam(
    "current_clinic_id", callable_=lambda: db.session.info.get("clinic_id"), type_=Integer
)
_ONLY_THIS_CLINIC = with_loader_criteria(
    OwnedByClinic,
    lambda owned: owned.clinic_id == _CURRENT_CLINIC_ID,
    include_aliases=True,
    track_closure_variables=False,
)

_FILTERED: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()
"""Statements that are made once, each with its filter, so that it is added only once."""


def only_this_clinic(statement: Any) -> Any:
    """Return the statement limited to rows of the current clinic."""
    filtered = _FILTERED.get(statement)
    if filtered is None:
        filtered = _FILTERED[statement] = statement.options(_ONLY_THIS_CLINIC)
    return filtered


@event.listens_for(Session, "do_orm_execute")
def _read_only_this_clinic(state: ORMExecuteState) -> None:
    # Children loaded through a relationship inherit the option of their parent's statement.
    if state.is_column_load or state.is_relationship_load:
        return
    if not state.execution_options.get("every_clinic"):
        state.statement = only_this_clinic(state.statement)


@event.listens_for(Session, "do_orm_execute")
def _guard_bulk_writes(state: ORMExecuteState) -> None:
    # Rows given as parameters pass neither the filter above nor the flush guard below.
    if not changes_owned_rows(state):
        return
    given = state.parameters
    rows = [dict(given)] if isinstance(given, Mapping) else list(given or ({},))
    clinic_id = state.session.info.get("clinic_id")
    if state.is_insert and any(row.get("clinic_id") != (clinic_id or 0) for row in rows):
        raise CrossClinicError("Every row that is inserted names the current clinic.")
    if state.is_update and not isinstance(given, Mapping | NoneType):
        raise CrossClinicError("Rows are changed by their ids with bulk.update_rows.")


@event.listens_for(Session, "before_flush")
def _guard_flush(session: Session, flush: UOWTransaction, instances: object) -> None:
    for row in (*session.new, *session.dirty, *session.deleted):
        if not isinstance(row, OwnedByClinic):
            continue
        clinic_id = current_clinic_id()
        if row.clinic_id is None:
            row.clinic_id = clinic_id
        if row.clinic_id != clinic_id:
            raise CrossClinicError(f"{type(row).__name__} belongs to another clinic.")
