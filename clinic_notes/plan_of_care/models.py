"""Tables of a plan of care: goals, due items done, closings."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from clinic_notes.clinical.due import DueKind
from clinic_notes.core.db import LABEL, Base, Exact, Term, UtcDateTime
from clinic_notes.core.tenancy import OwnedByClinic, child_of, index_for, owned
from clinic_notes.reference.terms import AgreedBy


class Goal(OwnedByClinic, Base):
    """A goal of an episode. It is never deleted: it ends, with a reason."""

    __tablename__ = "goal"
    __table_args__ = owned(
        child_of("patient"),
        child_of("episode"),
        child_of("user", "set_by_id"),
        CheckConstraint("by_on >= agreed_on", name="by_after_agreed"),
        CheckConstraint("(ended_on IS NULL) = (end_reason = '')", name="ended_for_a_reason"),
        index_for("Which goals has this episode?", "episode_id"),
    )

    patient_id: Mapped[int]
    episode_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(60))
    words: Mapped[str] = mapped_column(String(LABEL), default="")
    measure: Mapped[str] = mapped_column(String(120), default="")
    detail: Mapped[str] = mapped_column(String(LABEL), default="")
    start: Mapped[Decimal | None] = mapped_column(Exact)
    target: Mapped[Decimal | None] = mapped_column(Exact)
    agreed_on: Mapped[date]
    agreed_by: Mapped[AgreedBy] = mapped_column(Term(AgreedBy))
    by_on: Mapped[date]
    set_by_id: Mapped[int]
    ended_on: Mapped[date | None]
    end_reason: Mapped[str] = mapped_column(String(60), default="")
    end_detail: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class DueRecord(OwnedByClinic, Base):
    """That something due was done: what, on which day, and who says so."""

    __tablename__ = "due_record"
    __table_args__ = owned(
        child_of("patient"),
        child_of("episode"),
        child_of("user", "recorded_by_id"),
        index_for("What was done when it was due in this episode?", "episode_id"),
    )

    patient_id: Mapped[int]
    episode_id: Mapped[int]
    kind: Mapped[DueKind] = mapped_column(Term(DueKind))
    done_on: Mapped[date]
    recorded_by_id: Mapped[int]
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was taken back as a mistake; it then counts no more."""
    withdrawn_by_id: Mapped[int | None]


class Closing(OwnedByClinic, Base):
    """That an episode was closed: why, and what had come of it; and why it was reopened."""

    __tablename__ = "closing"
    __table_args__ = owned(
        child_of("patient"),
        child_of("episode"),
        child_of("user", "closed_by_id"),
        index_for("How was this episode closed?", "episode_id"),
    )

    patient_id: Mapped[int]
    episode_id: Mapped[int]
    closed_on: Mapped[date]
    reason: Mapped[str] = mapped_column(String(60))
    detail: Mapped[str] = mapped_column(Text, default="")
    goals_met: Mapped[int]
    goals_not_met: Mapped[int]
    sessions: Mapped[int]
    planned_sessions: Mapped[int | None]
    closed_by_id: Mapped[int]
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reopened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reopened_by_id: Mapped[int | None]
    reopen_reason: Mapped[str] = mapped_column(Text, default="")
