"""Sessions taken out of the record: drafts discarded, signed notes voided; never deleted."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, String, Text, UniqueConstraint, and_, select
from sqlalchemy.orm import Mapped, mapped_column

from clinic_notes.core.db import LABEL, Base, UtcDateTime
from clinic_notes.core.tenancy import OwnedByClinic, child_of, owned


class Void(OwnedByClinic, Base):
    """Who took a session out of the record, when and why; inserted once and never changed."""

    __tablename__ = "void"
    __table_args__ = owned(
        child_of("visit"),
        child_of("user", "voided_by_id"),
        UniqueConstraint("clinic_id", "visit_id"),
    )

    visit_id: Mapped[int]
    voided_by_id: Mapped[int]
    printed_name: Mapped[str] = mapped_column(String(2 * LABEL))
    voided_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(Text)


def is_void(visit: Any) -> ColumnElement[bool]:
    """Say whether a session was taken out of the record. ``visit`` is the table or an alias."""
    return _void_id(visit).is_not(None)


def counts(visit: Any) -> ColumnElement[bool]:
    """Say whether a session counts: it is signed, and was not voided.

    Everything that says something of the record asks this: what was answered before, what is
    repeated, numbers, charts, facts, clocks.
    """
    return and_(visit.signed_at.is_not(None), _void_id(visit).is_(None))


def is_draft(visit: Any) -> ColumnElement[bool]:
    """Say whether a session may still be written: it is neither signed nor discarded."""
    return and_(visit.signed_at.is_(None), _void_id(visit).is_(None))


def _void_id(visit: Any) -> ScalarSelect[int]:
    # Of an EXISTS, PostgreSQL may make a list of every voided session of the clinic.
    found = select(Void.id).where(Void.clinic_id == visit.clinic_id, Void.visit_id == visit.id)
    return found.limit(1).correlate(visit).scalar_subquery()
