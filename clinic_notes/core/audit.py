"""The audit trail: who did what to whose record, and when. Only this module writes it.

Entries are gathered during a request and written with its changes, in one transaction. Each has
its number in the clinic's gapless sequence and a keyed hash that the database cannot compute, so
a changed, missing or added entry shows.
"""

import hmac
import json
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
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

from clinic_notes.core import audit_spool, clock
from clinic_notes.core.db import Base, UtcDateTime, db
from clinic_notes.core.tenancy import (
    OwnedByClinic,
    changes_owned_rows,
    current_clinic_id,
    index_for,
)


class Unaudited(Exception):
    """Something was about to change without an entry in the trail."""


class AuditCounter(OwnedByClinic, Base):
    """How many entries a clinic's trail has. The lock on its row puts writers in order."""

    __tablename__ = "audit_counter"
    __table_args__ = (UniqueConstraint("clinic_id"),)

    entries: Mapped[int] = mapped_column(default=0)


class AuditEntry(OwnedByClinic, Base):
    """One entry of the trail. Ids, not names: the trail must not become a second chart."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        UniqueConstraint("clinic_id", "number"),
        index_for("What was done last with this patient's record?", "patient_id", "number"),
        index_for("What did this person do last?", "actor_id", "number"),
        index_for("What was done on these days?", "at"),
    )

    number: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    action: Mapped[str] = mapped_column(String(60))
    actor_id: Mapped[int | None]
    patient_id: Mapped[int | None]
    subject: Mapped[str] = mapped_column(String(80))
    facts: Mapped[str] = mapped_column(Text)
    origin: Mapped[str] = mapped_column(String(80))
    mac: Mapped[str] = mapped_column(String(64))


@dataclass(frozen=True)
class _Entry:
    """An entry that is not written yet. Its subject may get an id only at the flush."""

    at: datetime
    action: str
    actor_id: int | None
    patient_id: int | None
    subject: object
    facts: dict[str, Any]


def record(
    action: str, subject: object, *, by: Any, patient_id: int | None = None, **facts: Any
) -> None:
    """Add an entry to the trail of this transaction.

    ``subject`` is the row acted on (or its name), ``facts`` small plain values such
    as counts and keys, never what was written in a note.
    """
    if patient_id is None:
        patient_id = getattr(subject, "patient_id", None)
    actor_id = by.id if by is not None else None
    _gathered().append(_Entry(clock.now(), action, actor_id, patient_id, subject, facts))


def viewed(what: str, subject: object, *, patient_id: int) -> None:
    """Add an entry for a look at a patient's record by the current user."""
    record(f"{what}.viewed", subject, by=current_user, patient_id=patient_id)


def changes(before: Any, after: Any) -> dict[str, Any]:
    """Return, for the facts of an entry, what differs between two drafts of one record.

    Days, numbers and keys stand there as they were and are; of a text only that it changed.
    """
    names = (field.name for field in fields(before))
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in names)
    return {
        name: "changed" if _is_text(old) or _is_text(new) else f"{old} > {new}"
        for name, old, new in pairs
        if old != new
    }


def _is_text(value: object) -> bool:
    return isinstance(value, str) and not isinstance(value, StrEnum)


def write(spooled: Sequence[dict[str, Any]] = ()) -> None:
    """Write the gathered entries. Called just before the transaction commits.

    ``spooled`` are the columns of earlier looks, kept while the disk was full: they come first.
    """
    session = db.session
    session.flush()
    entries: list[_Entry] = session.info.pop("trail", [])
    if session.info.pop("changed", False) and not entries:
        raise Unaudited("A record changed without an entry in the trail.")
    if not entries:
        return
    columns = [*spooled, *map(_columns, entries)]
    last = _take_numbers(len(columns))
    rows = [
        _with_mac(each | {"number": number})
        for number, each in enumerate(columns, start=last - len(columns) + 1)
    ]
    session.connection().execute(_ENTER, rows)


def is_waiting() -> bool:
    """Say whether entries were gathered that are not written yet."""
    return bool(db.session.info.get("trail"))


def looks_alone() -> list[_Entry]:
    """Return the gathered looks, where nothing else is to be written with them."""
    entries = _gathered()
    is_look = all(entry.action.endswith(".viewed") for entry in entries)
    return [*entries] if is_look and not db.session.info.get("changed") else []


def spool(looks: Sequence[_Entry]) -> None:
    """Keep looks outside the store, whose disk is full; SpoolFull where there is no room either."""
    audit_spool.add([_columns(entry) for entry in looks])
    clear()


def entries_surviving_rollback() -> list[_Entry]:
    """Return the gathered looks and refusals: they happened though nothing was changed."""
    return [entry for entry in _gathered() if entry.action.endswith((".viewed", ".refused"))]


def requeue(entries: list[_Entry]) -> None:
    """Gather these entries again, after a rollback dropped them."""
    _gathered().extend(entries)


def clear() -> None:
    """Drop what was gathered: its transaction was rolled back."""
    db.session.info.pop("trail", None)
    db.session.info.pop("changed", None)


def mark_changed() -> None:
    """Note that a record changed: without an entry in the trail it cannot be committed."""
    db.session.info["changed"] = True


def find_tampering() -> str | None:
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
"""The columns under an entry's hash, in its order."""


def _entries_in_order() -> ScalarResult[AuditEntry]:
    statement = select(AuditEntry).order_by(AuditEntry.number)
    return db.session.scalars(statement.execution_options(yield_per=1000))


def _gathered() -> list[_Entry]:
    trail: list[_Entry] = db.session.info.setdefault("trail", [])
    return trail


def _columns(entry: _Entry) -> dict[str, Any]:
    name = getattr(entry.subject, "__tablename__", None) or str(entry.subject)
    number = getattr(entry.subject, "id", None)
    patient_id = entry.patient_id
    if patient_id is None and name == "patient":
        patient_id = number
    return {
        "clinic_id": current_clinic_id(),
        "at": entry.at,
        "action": entry.action,
        "actor_id": entry.actor_id,
        "patient_id": patient_id,
        "subject": f"{name}:{number}" if number is not None else name,
        "facts": json.dumps(entry.facts, sort_keys=True, default=str),
        "origin": (request.remote_addr or "") if has_request_context() else "command line",
    }


def _with_mac(columns: dict[str, Any]) -> dict[str, Any]:
    return columns | {"mac": _mac(columns)}


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


_COUNT = (
    update(AuditCounter)
    .where(AuditCounter.clinic_id == bindparam("this_clinic"))
    .values(entries=AuditCounter.entries + bindparam("more", type_=Integer))
    .returning(AuditCounter.entries)
)
_BEGIN_COUNT = insert(AuditCounter)
_ENTER = insert(AuditEntry)


@event.listens_for(Session, "do_orm_execute")
def _mark_statements(state: ORMExecuteState) -> None:
    mapper = state.bind_mapper
    if changes_owned_rows(state) and mapper and mapper.class_ not in (AuditCounter, AuditEntry):
        state.session.info["changed"] = True


@event.listens_for(Session, "before_flush")
def _mark_flush(session: Session, flush: UOWTransaction, instances: object) -> None:
    touched = (*session.new, *session.dirty, *session.deleted)
    if any(isinstance(row, OwnedByClinic) for row in touched):
        session.info["changed"] = True
