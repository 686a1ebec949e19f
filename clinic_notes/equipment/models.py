"""Tables of instruments and lubricants, and their summaries by column."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clinic_notes.core.db import LABEL, Base, UtcDateTime
from clinic_notes.core.tenancy import OwnedByClinic, owned
from clinic_notes.reference.instruments import bevels, edges, materials


class Instrument(OwnedByClinic, Base):
    """One instrument, or one kind of instrument. Retired, never deleted."""

    __tablename__ = "instrument"
    __table_args__ = owned(UniqueConstraint("clinic_id", "name"))

    name: Mapped[str] = mapped_column(String(LABEL))
    system: Mapped[str] = mapped_column(String(60), default="")
    model: Mapped[str] = mapped_column(String(60), default="")
    material: Mapped[str] = mapped_column(String(60))
    edge: Mapped[str] = mapped_column(String(60), default="")
    bevel: Mapped[str] = mapped_column(String(60), default="")
    asset_number: Mapped[str] = mapped_column(String(60), default="")
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    @property
    def in_words(self) -> str:
        """Return name, material, edge and bevel: ``GT5 (stainless steel, concave edge)``."""
        return instrument_in_words(self.name, self.material, self.edge, self.bevel)


def instrument_in_words(name: str, material: str, edge: str, bevel: str) -> str:
    """Return an instrument's name as it is shown everywhere."""
    parts = [materials.label(material).lower()]
    if edge not in ("", "unknown"):
        outline = edges.label(edge).lower()
        parts.append(outline if outline.endswith("edges") else f"{outline} edge")
    if bevel not in ("", "unknown"):
        parts.append(bevels.label(bevel).lower())
    return f"{name} ({', '.join(parts)})"


class Lubricant(OwnedByClinic, Base):
    """A lubricant, with the ingredients printed on its label. Retired, never deleted."""

    __tablename__ = "lubricant"
    __table_args__ = owned(UniqueConstraint("clinic_id", "name"))

    name: Mapped[str] = mapped_column(String(LABEL))
    kind: Mapped[str] = mapped_column(String(60))
    ingredients: Mapped[str] = mapped_column(Text, default="")
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class InstrumentSummary(NamedTuple):
    """The columns of an instrument that a session needs."""

    id: int
    name: str
    material: str
    edge: str
    bevel: str
    retired_at: datetime | None

    @property
    def in_words(self) -> str:
        """Return name, material, edge and bevel."""
        return instrument_in_words(self.name, self.material, self.edge, self.bevel)


class LubricantSummary(NamedTuple):
    """The columns of a lubricant that a session needs."""

    id: int
    name: str
    kind: str
    ingredients: str
    retired_at: datetime | None
