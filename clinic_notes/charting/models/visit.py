"""The visit: one attended session and its note."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, String, Text, func, tuple_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic_notes.accounts.models import User
from clinic_notes.charting.models.void import Void
from clinic_notes.core.db import LABEL, Base, Term, UtcDateTime
from clinic_notes.core.tenancy import OwnedByClinic, child_of, index_for, owned
from clinic_notes.patients.models import Episode, Patient
from clinic_notes.reference.terms import AnsweredBy, ConsentBy, Decision, EffectOutcome


class Visit(OwnedByClinic, Base):
    """A draft until it is signed; from then on no row of it changes, in either store."""

    __tablename__ = "visit"
    __table_args__ = owned(
        child_of("patient"),
        child_of("episode"),
        child_of("user", "author_id"),
        child_of("user", "measured_by_id"),
        child_of("user", "signed_by_id"),
        CheckConstraint("(signed_at IS NULL) = (signed_by_id IS NULL)", name="signed_by_someone"),
        CheckConstraint("end_time IS NULL OR end_time >= start_time", name="ends_after_start"),
        index_for("Which visits had this patient, in their order?", "patient_id", "served_on"),
        index_for("Which visits of this episode came before?", "episode_id", "served_on"),
        index_for(
            "Which notes has this user begun and not signed?",
            "author_id",
            where="signed_at IS NULL",
        ),
        index_for("Which notes did this user sign last?", "signed_by_id", "signed_at"),
        index_for(
            "Which notes of the clinic were signed since a day?",
            "signed_at",
            where="signed_at IS NOT NULL",
        ),
    )

    patient_id: Mapped[int]
    episode_id: Mapped[int]
    author_id: Mapped[int]
    measured_by_id: Mapped[int | None]
    served_on: Mapped[date]
    start_time: Mapped[time | None]
    end_time: Mapped[time | None]
    decision: Mapped[Decision] = mapped_column(Term(Decision), default=Decision.TREATED)
    not_treated_reason: Mapped[str] = mapped_column(Text, default="")
    referral: Mapped[str] = mapped_column(Text, default="")
    patient_informed: Mapped[bool] = mapped_column(default=False)
    consent_by: Mapped[ConsentBy | None] = mapped_column(Term(ConsentBy))
    consent_about: Mapped[str] = mapped_column(Text, default="")
    answered_by: Mapped[AnsweredBy | None] = mapped_column(Term(AnsweredBy))
    systolic: Mapped[int | None]
    diastolic: Mapped[int | None]
    earlier_effects: Mapped[EffectOutcome | None] = mapped_column(Term(EffectOutcome))
    earlier_effects_detail: Mapped[str] = mapped_column(Text, default="", server_default="")
    earlier_effects_resolved_on: Mapped[date | None]
    position: Mapped[str] = mapped_column(String(60), default="")
    position_detail: Mapped[str] = mapped_column(String(LABEL), default="")
    skin_response: Mapped[str] = mapped_column(String(60), default="")
    subjective: Mapped[str] = mapped_column(Text, default="")
    assessment: Mapped[str] = mapped_column(Text, default="")
    plan: Mapped[str] = mapped_column(Text, default="")
    timed_minutes: Mapped[int | None]
    total_minutes: Mapped[int | None]
    minutes_reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    # No foreign key, but a trigger that asks for more: a signed visit of this patient.
    repeated_from_id: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    signed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    signed_by_id: Mapped[int | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    patient: Mapped[Patient] = relationship(
        viewonly=True,
        lazy="raise",
        primaryjoin="and_(Visit.patient_id == Patient.id, Visit.clinic_id == Patient.clinic_id)",
    )
    episode: Mapped[Episode] = relationship(
        viewonly=True,
        lazy="raise",
        primaryjoin="and_(Visit.episode_id == Episode.id, Visit.clinic_id == Episode.clinic_id)",
    )
    author: Mapped[User] = relationship(
        viewonly=True,
        lazy="raise",
        primaryjoin="and_(Visit.author_id == User.id, Visit.clinic_id == User.clinic_id)",
    )

    measured_by: Mapped[User | None] = relationship(
        viewonly=True,
        lazy="raise",
        primaryjoin="and_(Visit.measured_by_id == User.id, Visit.clinic_id == User.clinic_id)",
    )

    void: Mapped[Void | None] = relationship(
        viewonly=True,
        lazy="raise",
        primaryjoin="and_(Visit.id == foreign(Void.visit_id), Visit.clinic_id == Void.clinic_id)",
        uselist=False,
    )

    @property
    def is_signed(self) -> bool:
        """Say whether the note is closed for good."""
        return self.signed_at is not None


def session_order(visit: Any = Visit) -> tuple[Any, ...]:
    """Return the columns that put sessions in order: day, start time, id.

    "Earlier", "last" and "first session" mean this order everywhere. ``visit`` is the table, an
    alias, or a subquery's columns. A session without a start time is the first of its day.
    """
    return (visit.served_on, func.coalesce(visit.start_time, time.min), visit.id)


def newest_first(visit: Any = Visit) -> tuple[Any, ...]:
    """Return the columns of the same order, the latest session first."""
    return tuple(part.desc() for part in session_order(visit))


def is_earlier(visit: Any, than: tuple[Any, ...]) -> ColumnElement[bool]:
    """Say whether a session comes before another, whose `session_order` is given."""
    return tuple_(*session_order(visit)) < tuple_(*than)
