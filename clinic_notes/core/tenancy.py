"""Each clinic sees and writes only its own rows.

Four locks: the read filter and the flush guard here, composite foreign keys in
the tables, and a generated test of every route. PostgreSQL adds row-level security.
"""

from collections.abc import Mapping
from types import NoneType
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
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
    """A row of one clinic was about to be written while another clinic was at work."""


class OwnedByClinic:
    """A row that belongs to one clinic, and is found only by it."""

    id: Mapped[int] = mapped_column(primary_key=True)
    clinic_id: Mapped[int] = mapped_column(ForeignKey("clinic.id"), index=True)


def owned(*constraints: Any) -> tuple[Any, ...]:
    """Return table arguments with the key that children of the same clinic refer to."""
    return (UniqueConstraint("clinic_id", "id"), *constraints)


def child_of(table: str, column: str = "") -> ForeignKeyConstraint:
    """Return the composite key that keeps a child in its parent's clinic."""
    column = column or f"{table}_id"
    return ForeignKeyConstraint(["clinic_id", column], [f"{table}.clinic_id", f"{table}.id"])


def set_clinic(clinic_id: int) -> None:
    """Work for this clinic until the transaction ends."""
    session = db.session
    session.info["clinic_id"] = clinic_id
    if session.get_bind().dialect.name == "postgresql":
        session.execute(
            text("SELECT set_config('app.clinic_id', :clinic_id, true)"),
            {"clinic_id": str(clinic_id)},
        )


def clear_clinic() -> None:
    """Work for no clinic: the transaction that entered one has ended, in either store."""
    db.session.info.pop("clinic_id", None)


def bind_clinic(clinic_id: InstrumentedAttribute[int], dialect: str) -> ColumnElement[Any]:
    """Return a column that enters the clinic of the one row a statement finds.

    Every page begins by finding who is signed in; so it need not ask twice.
    Where a row came back, ``claimed`` must follow.
    """
    if dialect == "postgresql":
        return func.set_config("app.clinic_id", cast(clinic_id, String), True)
    return null()


def claimed(clinic_id: int) -> None:
    """Note the clinic that a statement with ``claim`` has entered."""
    db.session.info["clinic_id"] = clinic_id


def current_clinic_id() -> int:
    """Return the id of the clinic entered; ForeignRow where none was."""
    clinic_id: int | None = db.session.info.get("clinic_id")
    if clinic_id is None:
        raise CrossClinicError("No clinic was entered.")
    return clinic_id


def require_own(row: OwnedByClinic) -> None:
    """Make a row the clinic's that is at work; ForeignRow where it is another's."""
    clinic_id = current_clinic_id()
    if row.clinic_id is None:
        row.clinic_id = clinic_id
    if row.clinic_id != clinic_id:
        raise CrossClinicError(f"{type(row).__name__} belongs to another clinic.")


def is_change(state: ORMExecuteState) -> bool:
    """Say whether a statement changes rows that belong to a clinic."""
    mapper = state.bind_mapper
    is_writing = state.is_insert or state.is_update or state.is_delete
    return is_writing and mapper is not None and issubclass(mapper.class_, OwnedByClinic)


_AT_WORK = bindparam(
    "clinic_at_work", callable_=lambda: db.session.info.get("clinic_id"), type_=Integer
)
# Made once, and asked for the clinic each time a statement runs: made anew for every statement,
# the option cost more than most of our statements take. Without a clinic the parameter is NULL,
# so the comparison is true of no row.
_ONLY_THIS_CLINIC = with_loader_criteria(
    OwnedByClinic,
    lambda owned: owned.clinic_id == _AT_WORK,
    include_aliases=True,
    track_closure_variables=False,
)


_FILTERED: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()
"""Statements that are kept and run again, each with its filter: told apart only once."""


def only_this_clinic(statement: Any) -> Any:
    """Return the statement as it finds rows of the clinic at work, and of no other."""
    filtered = _FILTERED.get(statement)
    if filtered is None:
        filtered = _FILTERED[statement] = statement.options(_ONLY_THIS_CLINIC)
    return filtered


@event.listens_for(Session, "do_orm_execute")
def _see_only_this_clinic(state: ORMExecuteState) -> None:
    # Children loaded through a relationship inherit the option of their parent's statement.
    if state.is_column_load or state.is_relationship_load:
        return
    if not state.execution_options.get("every_clinic"):
        state.statement = only_this_clinic(state.statement)


@event.listens_for(Session, "do_orm_execute")
def _write_rows_of_this_clinic(state: ORMExecuteState) -> None:
    # Rows that are written many at a time pass neither the filter above nor the flush below.
    if not is_change(state):
        return
    sent = state.parameters
    rows = [dict(sent)] if isinstance(sent, Mapping) else list(sent or ({},))
    clinic_id = state.session.info.get("clinic_id")
    if state.is_insert and any(row.get("clinic_id") != (clinic_id or 0) for row in rows):
        raise CrossClinicError("Every row that is inserted names the clinic at work.")
    if state.is_update and not isinstance(sent, Mapping | NoneType):
        raise CrossClinicError("Rows named by their numbers are changed by bulk.update_rows.")


@event.listens_for(Session, "before_flush")
def _write_only_this_clinic(session: Session, flush: UOWTransaction, instances: object) -> None:
    for row in (*session.new, *session.dirty, *session.deleted):
        if isinstance(row, OwnedByClinic):
            require_own(row)
