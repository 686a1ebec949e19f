"""The trail: who did what to whose record, when. Only this file writes it.

Entries are gathered while a request works and written with its changes, in one
transaction. Each bears its number in the clinic's gapless sequence and a keyed
hash the database cannot compute, so a changed, missing or added entry shows.
"""

import hmac
import json
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from flask import current_app, has_request_context, request
from flask_login import current_user
from sqlalchemy import (
    Integer,
    ScalarResult,
    String,
    Text,
    UniqueConstraint,
    bindparam,
    event,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Mapped, ORMExecuteState, Session, UOWTransaction, mapped_column

from clinic_notes.core import clock
from clinic_notes.core.db import Base, UtcDateTime, db
from clinic_notes.core.tenancy import OwnedByClinic, current_clinic_id, is_change


class Unaudited(Exception):
    """Something was about to change without an entry in the trail."""


class AuditCounter(OwnedByClinic, Base):
    """How many entries a clinic's trail has. Its row lock puts writers in order."""

    __tablename__ = "audit_counter"
    __table_args__ = (UniqueConstraint("clinic_id"),)

    entries: Mapped[int] = mapped_column(default=0)


class AuditEntry(OwnedByClinic, Base):
    """One line of the trail. Ids, not names: the trail must not become a second chart."""

    __tablename__ = "audit_entry"
    __table_args__ = (UniqueConstraint("clinic_id", "number"),)

    number: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    action: Mapped[str] = mapped_column(String(60))
    actor_id: Mapped[int | None]
    patient_id: Mapped[int | None] = mapped_column(index=True)
    subject: Mapped[str] = mapped_column(String(80))
    facts: Mapped[str] = mapped_column(Text)
    origin: Mapped[str] = mapped_column(String(80))
    mac: Mapped[str] = mapped_column(String(64))


@dataclass(frozen=True)
class _Line:
    action: str
    actor_id: int | None
    patient_id: int | None
    subject: str
    facts: dict[str, Any] = field(default_factory=dict)


def record(
    action: str, subject: object, *, by: Any, patient_id: int | None = None, **facts: Any
) -> None:
    """Put a line in the trail of this transaction.

    ``subject`` is the row acted on (or its name), ``facts`` small plain values such
    as counts and keys, never what was written in a note.
    """
    if patient_id is None:
        patient_id = getattr(subject, "patient_id", None)
    line = _Line(action, by.id if by is not None else None, patient_id, _named(subject), facts)
    _gathered().append((line, subject))


def viewed(what: str, subject: object, *, patient_id: int) -> None:
    """Put a line in the trail for a look at a patient's record by the person signed in."""
    record(f"{what}.viewed", subject, by=current_user, patient_id=patient_id)


def write() -> None:
    """Write the gathered lines. Called just before the transaction commits."""
    session = db.session
    session.flush()
    lines = session.info.pop("trail", [])
    if session.info.pop("changed", False) and not lines:
        raise Unaudited("A record changed without an entry in the trail.")
    if not lines:
        return
    last = _take_numbers(len(lines))
    entries = [
        _sealed(_row(line, subject), last - len(lines) + nth)
        for nth, (line, subject) in enumerate(lines, start=1)
    ]
    session.connection().execute(_ENTER, entries)


def is_waiting() -> bool:
    """Say whether lines were gathered that are not written yet."""
    return bool(db.session.info.get("trail"))


def survives_rollback() -> list[tuple["_Line", object]]:
    """Return the gathered looks and refusals: they happened even where nothing was changed."""
    return [line for line in _gathered() if line[0].action.endswith((".viewed", ".refused"))]


def requeue(lines: list[tuple["_Line", object]]) -> None:
    """Gather these lines again, after a rollback dropped them."""
    _gathered().extend(lines)


def clear() -> None:
    """Drop what was gathered: the transaction it belonged to was rolled back."""
    db.session.info.pop("trail", None)
    db.session.info.pop("changed", None)


def mark_changed() -> None:
    """Note that a record changed: without a line in the trail it will not be kept."""
    db.session.info["changed"] = True


def first_bad_entry() -> str | None:
    """Return what is wrong with the clinic's trail, in words, or None where it is whole."""
    expected = 0
    with closing(_entries_in_order()) as entries:
        for entry in entries:
            expected += 1
            if entry.number != expected:
                return f"entry {expected} is missing"
            columns = {name: getattr(entry, name) for name in _SEALED}
            if not hmac.compare_digest(entry.mac, _mac(columns)):
                return f"entry {entry.number} was changed"
    counted = db.session.scalar(select(AuditCounter.entries)) or 0
    return None if counted == expected else f"entry {expected + 1} is missing"


_SEALED = (
    "clinic_id", "number", "at", "action", "actor_id", "patient_id", "subject", "facts", "origin",
)  # fmt: skip


def _entries_in_order() -> ScalarResult[AuditEntry]:
    statement = select(AuditEntry).order_by(AuditEntry.number)
    return db.session.scalars(statement.execution_options(yield_per=1000))


def _gathered() -> list[tuple[_Line, object]]:
    trail: list[tuple[_Line, object]] = db.session.info.setdefault("trail", [])
    return trail


def _named(subject: object) -> str:
    table = getattr(subject, "__tablename__", None)
    return table or str(subject)


def _row(line: _Line, subject: object) -> dict[str, Any]:
    # Rows get their ids at the flush, so the subject is named only now.
    number = getattr(subject, "id", None)
    patient_id = line.patient_id
    if patient_id is None and line.subject == "patient":
        patient_id = number
    return {
        "clinic_id": current_clinic_id(),
        "at": clock.now(),
        "action": line.action,
        "actor_id": line.actor_id,
        "patient_id": patient_id,
        "subject": f"{line.subject}:{number}" if number is not None else line.subject,
        "facts": json.dumps(line.facts, sort_keys=True, default=str),
        "origin": (request.remote_addr or "") if has_request_context() else "command line",
    }


def _sealed(row: dict[str, Any], number: int) -> dict[str, Any]:
    row["number"] = number
    return row | {"mac": _mac(row)}


def _mac(columns: dict[str, Any]) -> str:
    spelled = json.dumps([str(columns[name]) for name in _SEALED])
    key = hmac.digest(current_app.secret_key.encode(), b"audit trail", "sha256")  # type: ignore[union-attr]
    return hmac.new(key, spelled.encode(), sha256).hexdigest()


def _take_numbers(count: int) -> int:
    connection, clinic_id = db.session.connection(), current_clinic_id()
    last = connection.scalar(_COUNT, {"this_clinic": clinic_id, "more": count})
    if last is None:
        connection.execute(_BEGIN_COUNT, {"clinic_id": clinic_id, "entries": count})
        return count
    return int(last)


_COUNTER: Any = AuditCounter.__table__
_COUNT = (
    update(_COUNTER)
    .where(_COUNTER.c.clinic_id == bindparam("this_clinic"))
    .values(entries=_COUNTER.c.entries + bindparam("more", type_=Integer))
    .returning(_COUNTER.c.entries)
)
_BEGIN_COUNT = insert(_COUNTER)
_ENTER = insert(AuditEntry.__table__)  # type: ignore[arg-type]  # Every model's table is a Table.


@event.listens_for(Session, "do_orm_execute")
def _notice_statements(state: ORMExecuteState) -> None:
    mapper = state.bind_mapper
    if is_change(state) and mapper and mapper.class_ not in (AuditCounter, AuditEntry):
        state.session.info["changed"] = True


@event.listens_for(Session, "before_flush")
def _notice_changes(session: Session, flush: UOWTransaction, instances: object) -> None:
    touched = (*session.new, *session.dirty, *session.deleted)
    if any(isinstance(row, OwnedByClinic) for row in touched):
        session.info["changed"] = True
