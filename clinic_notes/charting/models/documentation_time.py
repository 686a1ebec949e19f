"""How long writing a note took: no part of the note, seen by its author only."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clinic_notes.core.db import Base, UtcDateTime
from clinic_notes.core.tenancy import OwnedByClinic, child_of, owned


class DocumentationTime(OwnedByClinic, Base):
    """All work of one user on one note, added up; when it was signed the visit says."""

    __tablename__ = "documentation_time"
    __table_args__ = owned(
        child_of("visit"),
        child_of("user", "person_id"),
        UniqueConstraint("visit_id", "person_id"),
        CheckConstraint("active_ms >= 0 AND interactions >= 0 AND keystrokes >= 0", name="counts"),
    )

    visit_id: Mapped[int]
    person_id: Mapped[int]
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    first_input_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    active_ms: Mapped[int] = mapped_column(BigInteger)
    interactions: Mapped[int] = mapped_column(BigInteger)
    """Presses of a control and filled fields; 0 where no script counted."""
    keystrokes: Mapped[int] = mapped_column(BigInteger)
    refused: Mapped[str] = mapped_column(Text, default="")
    """The fields of all refusals, each name followed by a space."""
