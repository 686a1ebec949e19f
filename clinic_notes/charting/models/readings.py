"""Values measured before and after, each pair one row.

Pain, ROM, strength and the other measures share a table, so that a note's
readings come in one statement; each kind has checks of its own.
A pair is comparable by construction: it shares side, mode, position and device.
"""

from decimal import Decimal

from sqlalchemy import CheckConstraint, String, false
from sqlalchemy.orm import Mapped, mapped_column

from clinic_notes.core.db import LABEL, Base, Exact, Term
from clinic_notes.core.tenancy import OwnedByClinic, child_of, index_for, owned
from clinic_notes.reference.terms import Mode, ReadingState, Side, StrengthMethod


class Reading(OwnedByClinic, Base):
    """A before/after pair of one thing measured. An end that was left blank has no state."""

    __tablename__ = "reading"
    __table_args__ = owned(
        child_of("visit"),
        index_for("What was measured in this visit?", "visit_id"),
        CheckConstraint("kind IN ('pain', 'rom', 'strength', 'measure')", name="kind"),
        CheckConstraint(
            "kind <> 'pain' OR before_number IS NULL OR before_number BETWEEN 0 AND 1000",
            name="pain_before_0_to_10",
        ),
        CheckConstraint(
            "kind <> 'pain' OR after_number IS NULL OR after_number BETWEEN 0 AND 1000",
            name="pain_after_0_to_10",
        ),
        CheckConstraint("kind <> 'rom' OR (side IS NOT NULL AND mode IS NOT NULL)", name="rom"),
        CheckConstraint(
            "kind <> 'strength' OR (side IS NOT NULL AND method IS NOT NULL)", name="strength"
        ),
        CheckConstraint("before_number IS NULL OR before_state IS NOT NULL", name="before_state"),
        CheckConstraint("after_number IS NULL OR after_state IS NOT NULL", name="after_state"),
    )

    visit_id: Mapped[int]
    row_order: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    """`pain`, `rom`, `strength` or `measure`."""
    key: Mapped[str] = mapped_column(String(60))
    """What was measured: a pain context, a movement or a measure of the catalogues."""
    side: Mapped[Side | None] = mapped_column(Term(Side))
    detail: Mapped[str] = mapped_column(String(LABEL), default="")
    mode: Mapped[Mode | None] = mapped_column(Term(Mode))
    position: Mapped[str] = mapped_column(String(60), default="")
    device: Mapped[str] = mapped_column(String(60), default="")
    method: Mapped[StrengthMethod | None] = mapped_column(Term(StrengthMethod))
    before_state: Mapped[ReadingState | None] = mapped_column(Term(ReadingState))
    before_number: Mapped[Decimal | None] = mapped_column(Exact)
    before_grade: Mapped[str] = mapped_column(String(10), default="")
    before_by_patient: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether the patient entered it, on the tablet."""
    after_state: Mapped[ReadingState | None] = mapped_column(Term(ReadingState))
    after_number: Mapped[Decimal | None] = mapped_column(Exact)
    after_grade: Mapped[str] = mapped_column(String(10), default="")
