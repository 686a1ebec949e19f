"""Signatures, addenda and returns of a note; they are inserted and never changed."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ScalarSelect,
    String,
    Text,
    and_,
    literal_column,
    select,
)
from sqlalchemy.orm import Mapped, aliased, mapped_column

from clinic_notes.charting.models.treatment import EffectColumns
from clinic_notes.clinical.lifecycle import AWAITING
from clinic_notes.core.db import LABEL, Base, UtcDateTime
from clinic_notes.core.tenancy import OwnedByClinic, child_of, index_for, owned

LITERALLY_AWAITING: list[Any] = [literal_column(f"'{meaning}'") for meaning in AWAITING]
"""The meanings of signatures that await another: of a bound value no store knows that it is in
the index."""
NOT_AUTHOR = "meaning <> 'author'"


class Signature(OwnedByClinic, Base):
    """Who signed, when, meaning what (21 CFR 11.50), and the text that was signed."""

    __tablename__ = "signature"
    __table_args__ = owned(
        child_of("visit"),
        child_of("user", "signed_by_id"),
        index_for("Who signed this note?", "visit_id"),
        index_for(
            "Which signatures await a co-signature?",
            "meaning",
            "signed_at",
            where=NOT_AUTHOR,
        ),
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


class CosignatureReturn(OwnedByClinic, Base):
    """A note given back to its author by a therapist who does not co-sign it as it is."""

    __tablename__ = "cosignature_return"
    __table_args__ = owned(
        child_of("visit"),
        child_of("user", "returned_by_id"),
        index_for("Why was this note returned?", "visit_id"),
    )

    visit_id: Mapped[int]
    returned_by_id: Mapped[int]
    printed_name: Mapped[str] = mapped_column(String(2 * LABEL))
    returned_at: Mapped[datetime] = mapped_column(UtcDateTime)
    comment: Mapped[str] = mapped_column(Text)


def is_awaiting() -> ColumnElement[bool]:
    """Say whether a signature asks for another, in the words of the index."""
    return and_(
        Signature.meaning.in_(LITERALLY_AWAITING),
        # A literal as the index has it; a boolean of ours SQLite would be asked to equal 1.
        Signature.meaning != literal_column("'author'"),
    )


def last_meaning(visit: Any) -> ScalarSelect[str]:
    """Return what the last signature under a visit means; NULL where there is none.

    ``visit`` is the table or an alias.
    """
    under = aliased(Signature)
    # Of an EXISTS, PostgreSQL may make a list of every signature of the clinic.
    last = select(under.meaning).where(under.visit_id == visit.id).order_by(under.id.desc())
    return last.limit(1).correlate(visit).scalar_subquery()
