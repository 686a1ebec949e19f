"""The treatment of a visit: instrument uses, other interventions, effects."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from clinic_notes.core.db import LABEL, Base, Exact, Term
from clinic_notes.core.tenancy import OwnedByClinic, child_of, index_for, owned
from clinic_notes.reference.terms import EffectOutcome, ForceSource, Pressure, Side, TimeUnit


class InstrumentUse(OwnedByClinic, Base):
    """One instrument used on one region."""

    __tablename__ = "instrument_use"
    __table_args__ = owned(
        child_of("visit"),
        child_of("instrument"),
        child_of("lubricant"),
        index_for("Where was an instrument used in this visit?", "visit_id"),
        CheckConstraint("angle_degrees BETWEEN 0 AND 90", name="angle"),
        CheckConstraint("minutes > 0", name="minutes"),
        CheckConstraint("discomfort BETWEEN 0 AND 10", name="discomfort"),
        CheckConstraint("(newtons IS NULL) = (newtons_source IS NULL)", name="newtons_source"),
    )

    visit_id: Mapped[int]
    row_order: Mapped[int]
    instrument_id: Mapped[int]
    region: Mapped[str] = mapped_column(String(60))
    side: Mapped[Side] = mapped_column(Term(Side))
    stroke: Mapped[str] = mapped_column(String(60), default="")
    direction: Mapped[str] = mapped_column(String(60), default="")
    angle_degrees: Mapped[int | None]
    pressure: Mapped[Pressure | None] = mapped_column(Term(Pressure))
    newtons: Mapped[Decimal | None] = mapped_column(Exact)
    newtons_source: Mapped[ForceSource | None] = mapped_column(Term(ForceSource))
    minutes: Mapped[Decimal | None] = mapped_column(Exact)
    motion: Mapped[str] = mapped_column(String(60), default="")
    lubricant_id: Mapped[int | None]
    discomfort: Mapped[int | None]
    note: Mapped[str] = mapped_column(String(LABEL), default="")
    # No foreign key, but a trigger that asks for more: a row of a signed visit of this patient.
    copied_from_id: Mapped[int | None]
    is_confirmed: Mapped[bool] = mapped_column(default=False, server_default=false())


class UseTissue(OwnedByClinic, Base):
    """A tissue that was worked on."""

    __tablename__ = "use_tissue"
    __table_args__ = owned(
        child_of("instrument_use"),
        index_for("Which tissues were worked on in this row?", "instrument_use_id"),
    )

    instrument_use_id: Mapped[int]
    row_order: Mapped[int]
    tissue: Mapped[str] = mapped_column(String(60))


class Intervention(OwnedByClinic, Base):
    """Something else done in the session: exercise, stretch, taping, advice."""

    __tablename__ = "intervention"
    __table_args__ = owned(
        child_of("visit"), index_for("What else was done in this visit?", "visit_id")
    )

    visit_id: Mapped[int]
    row_order: Mapped[int]
    kind: Mapped[str] = mapped_column(String(60))
    detail: Mapped[str] = mapped_column(Text, default="")
    minutes: Mapped[Decimal | None] = mapped_column(Exact)
    billed_as: Mapped[str] = mapped_column(String(20), default="", server_default="")


class EffectColumns:
    """The columns of an effect, which a visit and an addendum share."""

    effect: Mapped[str] = mapped_column(String(60), default="")
    grade: Mapped[int | None]
    region: Mapped[str] = mapped_column(String(60), default="")
    side: Mapped[Side | None] = mapped_column(Term(Side))
    place_detail: Mapped[str] = mapped_column(String(LABEL), default="")
    size_cm: Mapped[Decimal | None] = mapped_column(Exact)
    lasted: Mapped[Decimal | None] = mapped_column(Exact)
    lasted_unit: Mapped[TimeUnit] = mapped_column(
        Term(TimeUnit), default=TimeUnit.DAYS, server_default=TimeUnit.DAYS.value
    )
    tenderness: Mapped[int | None]
    onset: Mapped[str] = mapped_column(String(60), default="")
    onset_after: Mapped[Decimal | None] = mapped_column(Exact)
    onset_unit: Mapped[TimeUnit | None] = mapped_column(Term(TimeUnit))
    detail: Mapped[str] = mapped_column(Text, default="")
    action: Mapped[str] = mapped_column(Text, default="")
    outcome: Mapped[EffectOutcome | None] = mapped_column(Term(EffectOutcome))
    resolved_on: Mapped[date | None]


class Effect(EffectColumns, OwnedByClinic, Base):
    """An effect of treatment, expected or adverse, graded 0 to 4."""

    __tablename__ = "effect"
    __table_args__ = owned(
        child_of("visit"),
        CheckConstraint("grade BETWEEN 0 AND 4", name="grade"),
        index_for("Which effects had this visit?", "visit_id"),
    )

    visit_id: Mapped[int]
    row_order: Mapped[int]
