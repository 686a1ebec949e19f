"""Tables of a plan of care: the goals of an episode."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from clinic_notes.core.db import LABEL, Base, Exact, Term
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
