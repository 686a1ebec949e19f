"""Versions of a clinic's policy, and reviews of it; both are only ever added to."""

from datetime import date, datetime

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clinic_notes.core.db import LABEL, Base, UtcDateTime
from clinic_notes.core.tenancy import OwnedByClinic, child_of, owned


class PolicyVersion(OwnedByClinic, Base):
    """One version: who made it, when and why, the whole policy, and what it changed."""

    __tablename__ = "policy_version"
    __table_args__ = owned(child_of("user", "made_by_id"), UniqueConstraint("clinic_id", "number"))

    number: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by_id: Mapped[int]
    printed_name: Mapped[str] = mapped_column(String(2 * LABEL))
    reason: Mapped[str] = mapped_column(Text)
    items: Mapped[str] = mapped_column(Text)
    """Every item of the policy, as JSON."""
    changes: Mapped[str] = mapped_column(Text)
    """What was in force before and is now, as JSON."""


class PolicyReview(OwnedByClinic, Base):
    """A clinician's review of one version, on the list of questions as it was then."""

    __tablename__ = "policy_review"
    __table_args__ = owned(child_of("user", "recorded_by_id"))

    policy_number: Mapped[int]
    """0 for the catalogue alone."""
    list_digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the questions in force: a later catalogue needs a review of its own."""
    reviewer: Mapped[str] = mapped_column(String(LABEL))
    licence: Mapped[str] = mapped_column(String(LABEL))
    reviewed_on: Mapped[date]
    recorded_by_id: Mapped[int]
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
