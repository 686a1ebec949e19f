"""The safety questions of a visit: what was asked, answered and decided."""

from datetime import date, datetime

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clinic_notes.core.db import Base, Term, UtcDateTime
from clinic_notes.core.tenancy import OwnedByClinic, child_of, index_for, owned
from clinic_notes.reference.terms import Answer, HowAsked, Mitigation, Side


class ScreeningAnswer(OwnedByClinic, Base):
    """The answer to one checklist item.

    An item that was not asked has a row only where something was written beside it.
    """

    __tablename__ = "screening_answer"
    __table_args__ = owned(
        child_of("visit"),
        index_for("Which questions were answered how in this visit?", "visit_id", "answer", "item"),
        UniqueConstraint("visit_id", "item"),
    )

    visit_id: Mapped[int]
    row_order: Mapped[int]
    item: Mapped[str] = mapped_column(String(60))
    question: Mapped[str] = mapped_column(Text)
    answer: Mapped[Answer] = mapped_column(Term(Answer))
    detail: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    mitigation: Mapped[Mitigation | None] = mapped_column(Term(Mitigation))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    how_asked: Mapped[HowAsked | None] = mapped_column(Term(HowAsked))
    unchanged_since: Mapped[date | None]


class ScreeningSite(OwnedByClinic, Base):
    """A place on the body that a "yes" is about."""

    __tablename__ = "screening_site"
    __table_args__ = owned(
        child_of("screening_answer"),
        index_for("Which places is this answer about?", "screening_answer_id"),
    )

    screening_answer_id: Mapped[int]
    row_order: Mapped[int]
    region: Mapped[str] = mapped_column(String(60))
    side: Mapped[Side] = mapped_column(Term(Side))
