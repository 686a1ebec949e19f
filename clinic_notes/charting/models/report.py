"""The report: a progress report, discharge summary, plan of care or referral letter."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic_notes.accounts.models import User
from clinic_notes.clinical.reports import ReportKind
from clinic_notes.core.db import LABEL, Base, Term, UtcDateTime
from clinic_notes.core.tenancy import OwnedByClinic, child_of, index_for, owned
from clinic_notes.patients.models import Episode, Patient
from clinic_notes.plan_of_care.models import DueRecord


class Report(OwnedByClinic, Base):
    """A draft until it is signed or discarded; from then on it never changes, in either store."""

    __tablename__ = "report"
    __table_args__ = owned(
        child_of("patient"),
        child_of("episode"),
        child_of("user", "author_id"),
        child_of("user", "signed_by_id"),
        child_of("report", "corrects_id"),
        child_of("due_record"),
        CheckConstraint("period_until >= period_from", name="ends_after_start"),
        CheckConstraint(
            "(signed_at IS NULL) = (signed_by_id IS NULL)"
            " AND (signed_at IS NULL) = (document = '')",
            name="signed_by_someone",
        ),
        CheckConstraint("signed_at IS NULL OR discarded_at IS NULL", name="signed_or_discarded"),
        index_for("Which reports has this episode?", "episode_id"),
        index_for(
            "Which reports has this user begun and not signed?",
            "author_id",
            where="signed_at IS NULL AND discarded_at IS NULL",
        ),
        index_for(
            "With which licence did this user sign last?",
            "signed_by_id",
            where="signed_at IS NOT NULL",
        ),
    )

    patient_id: Mapped[int]
    episode_id: Mapped[int]
    kind: Mapped[ReportKind] = mapped_column(Term(ReportKind))
    author_id: Mapped[int]
    period_from: Mapped[date]
    period_until: Mapped[date]
    recipient: Mapped[str] = mapped_column(Text, default="")
    diagnosis: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    attendance: Mapped[str] = mapped_column(Text, default="")
    goals: Mapped[str] = mapped_column(Text, default="")
    changes: Mapped[str] = mapped_column(Text, default="")
    treatment: Mapped[str] = mapped_column(Text, default="")
    response: Mapped[str] = mapped_column(Text, default="")
    frequency: Mapped[str] = mapped_column(Text, default="")
    skilled_need: Mapped[str] = mapped_column(Text, default="")
    plan: Mapped[str] = mapped_column(Text, default="")
    corrects_id: Mapped[int | None]
    """The signed report that this one corrects."""
    due_record_id: Mapped[int | None]
    """What its signature recorded as done."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    discarded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    signed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    signed_by_id: Mapped[int | None]
    printed_name: Mapped[str] = mapped_column(String(2 * LABEL), default="")
    licence: Mapped[str] = mapped_column(String(60), default="")
    document: Mapped[str] = mapped_column(Text, default="")
    """What was signed, "" of a draft."""
    digest: Mapped[str] = mapped_column(String(64), default="")
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    patient: Mapped[Patient] = relationship(
        viewonly=True,
        lazy="raise",
        primaryjoin="and_(Report.patient_id == Patient.id, Report.clinic_id == Patient.clinic_id)",
    )
    episode: Mapped[Episode] = relationship(
        viewonly=True,
        lazy="raise",
        primaryjoin="and_(Report.episode_id == Episode.id, Report.clinic_id == Episode.clinic_id)",
    )
    author: Mapped[User] = relationship(
        viewonly=True,
        lazy="raise",
        primaryjoin="and_(Report.author_id == User.id, Report.clinic_id == User.clinic_id)",
    )

    due_record: Mapped[DueRecord | None] = relationship(
        viewonly=True,
        lazy="raise",
        primaryjoin="and_(Report.due_record_id == DueRecord.id, "
        "Report.clinic_id == DueRecord.clinic_id)",
    )

    @property
    def is_signed(self) -> bool:
        """Say whether it is closed for good."""
        return self.signed_at is not None

    @property
    def is_open(self) -> bool:
        """Say whether it may still be written."""
        return self.signed_at is None and self.discarded_at is None
