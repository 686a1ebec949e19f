"""Signatures and addenda of a note; both are inserted and never changed."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from clinic_notes.charting.models.treatment import EffectColumns
from clinic_notes.core.db import LABEL, Base, UtcDateTime
from clinic_notes.core.tenancy import OwnedByClinic, child_of, index_for, owned


class Signature(OwnedByClinic, Base):
    """Who signed, when, meaning what (21 CFR 11.50), and the text that was signed."""

    __tablename__ = "signature"
    __table_args__ = owned(
        child_of("visit"),
        child_of("user", "signed_by_id"),
        index_for("Who signed this note?", "visit_id"),
    )

    visit_id: Mapped[int]
    signed_by_id: Mapped[int]
    signed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    printed_name: Mapped[str] = mapped_column(String(2 * LABEL))
    meaning: Mapped[str] = mapped_column(String(40))
    document: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))


class Addendum(EffectColumns, OwnedByClinic, Base):
    """Something added to a signed note: a correction, a late entry, or a late effect."""

    __tablename__ = "addendum"
    __table_args__ = owned(
        child_of("visit"),
        child_of("user", "author_id"),
        CheckConstraint("grade BETWEEN 0 AND 4", name="grade"),
        index_for("What was added to this note?", "visit_id"),
        index_for(
            "Which serious effects were reported since a moment?",
            "written_at",
            where="grade >= 2",
        ),
    )

    visit_id: Mapped[int]
    author_id: Mapped[int]
    printed_name: Mapped[str] = mapped_column(String(2 * LABEL))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    about_on: Mapped[date | None]
    text: Mapped[str] = mapped_column(Text, default="")
