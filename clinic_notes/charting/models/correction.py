"""What an addendum corrects or withdraws in a signed note, and how it counts from then on.

The note's own rows stay as they were signed. Whoever reads readings for anything but the note
itself joins them with what corrected them.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from types import SimpleNamespace
from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, Select, String, exists
from sqlalchemy.orm import Mapped, mapped_column

from clinic_notes.charting.models.readings import Reading
from clinic_notes.charting.models.treatment import InstrumentUse
from clinic_notes.core.db import Base, Exact, Term
from clinic_notes.core.tenancy import OwnedByClinic, child_of, index_for, owned
from clinic_notes.reference.terms import ReadingState


class Correction(OwnedByClinic, Base):
    """The value that one end of a reading has since an addendum; without a state it is withdrawn.

    Of a treatment row, that it was withdrawn. Inserted with its addendum and never changed; of
    several for one value the last counts.
    """

    __tablename__ = "correction"
    __table_args__ = owned(
        child_of("visit"),
        child_of("episode"),
        child_of("addendum"),
        child_of("reading"),
        child_of("instrument_use"),
        CheckConstraint("(reading_id IS NULL) <> (instrument_use_id IS NULL)", name="of_one_row"),
        CheckConstraint(
            "(which IN ('before', 'after')) = (reading_id IS NOT NULL)", name="which_end"
        ),
        CheckConstraint("state IS NOT NULL OR number IS NULL", name="withdrawn_has_no_number"),
        index_for("How was this reading corrected?", "reading_id"),
        index_for(
            "Was this treatment row withdrawn?",
            "instrument_use_id",
            where="instrument_use_id IS NOT NULL",
        ),
        index_for("What was corrected in this note?", "visit_id"),
        index_for("Was anything corrected in this episode?", "episode_id"),
    )

    visit_id: Mapped[int]
    episode_id: Mapped[int]
    addendum_id: Mapped[int]
    reading_id: Mapped[int | None]
    instrument_use_id: Mapped[int | None]
    which: Mapped[str] = mapped_column(String(6), default="")
    """`before` or `after`; "" of a treatment row."""
    state: Mapped[ReadingState | None] = mapped_column(Term(ReadingState))
    number: Mapped[Decimal | None] = mapped_column(Exact)
    grade: Mapped[str] = mapped_column(String(10), default="")


def is_withdrawn() -> ColumnElement[bool]:
    """Say whether an addendum withdrew a treatment row: what was not done counts nowhere."""
    return exists().where(
        Correction.clinic_id == InstrumentUse.clinic_id,
        Correction.instrument_use_id == InstrumentUse.id,
    )


_PARTS = ("which", "state", "number", "grade")


def with_corrections(readings: Select[Any]) -> Select[Any]:
    """Return a statement about readings with what corrected each, for `as_corrected`.

    It must put the rows of one reading together. One that was corrected twice comes twice.
    """
    parts = (getattr(Correction, part).label(f"correction_{part}") for part in _PARTS)
    joined = readings.add_columns(*parts).outerjoin(Correction, Correction.reading_id == Reading.id)
    return joined.order_by(Correction.id)


def as_corrected(rows: Iterable[Any]) -> Iterator[Any]:
    """Yield the rows of such a statement, each reading once and as its corrections left it."""
    for reading_id, group in groupby(rows, key=attrgetter("id")):
        first, *more = group
        if reading_id is None:
            yield from (first, *more)
        elif first.correction_which is None:
            yield first
        else:
            yield _corrected([first, *more])


def _corrected(rows: list[Any]) -> SimpleNamespace:
    values = rows[0]._asdict()
    for row in rows:
        for part in _PARTS[1:]:
            values[f"{row.correction_which}_{part}"] = getattr(row, f"correction_{part}")
    return SimpleNamespace(**values, corrected=frozenset(row.correction_which for row in rows))


def corrected_ends(row: Any) -> frozenset[str]:
    """Return which ends of such a row an addendum corrected."""
    ends: frozenset[str] = getattr(row, "corrected", frozenset())
    return ends
