"""What a patient answered on the tablet: part of no record until it is taken into a draft."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic_notes.clinical.readings.self_report import Became, KioskQuestion
from clinic_notes.core.db import Base, UtcDateTime
from clinic_notes.core.tenancy import OwnedByClinic, child_of, index_for, owned
from clinic_notes.patients.models import Patient


class Kiosk(OwnedByClinic, Base):
    """One time a patient was given the tablet: what was asked, answered, and became of it."""

    __tablename__ = "kiosk"
    __table_args__ = owned(
        child_of("patient"),
        child_of("visit"),
        child_of("user", "started_by_id"),
        index_for("What did the patient answer in this session?", "visit_id"),
    )

    patient_id: Mapped[int]
    visit_id: Mapped[int]
    started_by_id: Mapped[int]
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When somebody last answered: after the idle time nobody can until a therapist has come."""
    step: Mapped[int]
    """The question that is shown; their number stands for the page after the last."""
    questions: Mapped[str] = mapped_column(Text)
    answers: Mapped[str] = mapped_column(Text)
    became: Mapped[str] = mapped_column(Text)
    """What became of each answer, in JSON like the two before."""
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    taken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the answers were taken into the draft, or found no place there: once."""
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    patient: Mapped[Patient] = relationship(
        viewonly=True,
        lazy="raise",
        primaryjoin="and_(Kiosk.patient_id == Patient.id, Kiosk.clinic_id == Patient.clinic_id)",
    )

    @property
    def asked(self) -> tuple[KioskQuestion, ...]:
        """The questions, in their order."""
        return tuple(KioskQuestion(*one) for one in json.loads(self.questions))

    @property
    def given(self) -> dict[int, str]:
        """The answers, by the position of their question."""
        return {int(at): text for at, text in json.loads(self.answers).items()}

    @property
    def outcome(self) -> dict[int, Became]:
        """What became of each answer."""
        return {int(at): Became(one) for at, one in json.loads(self.became).items()}


def as_json(value: Any) -> str:
    """Return questions, answers or outcomes as they are stored."""
    return json.dumps(value)
