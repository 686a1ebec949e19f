"""Reading the shelf: what is in use, and what was."""

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Select, bindparam, func, or_, select

from clinic_notes.core.bulk import read_rows
from clinic_notes.core.db import db
from clinic_notes.equipment.models import Instrument, InstrumentSummary, Lubricant, LubricantSummary

Item = TypeVar("Item", Instrument, Lubricant)


def instruments_in_use() -> list[InstrumentSummary]:
    """Return the tools that are not retired, by name."""
    return [
        InstrumentSummary(*row)
        for row in read_rows(_in_use(Instrument, InstrumentSummary._fields), {})
    ]


def lubricants_in_use() -> list[LubricantSummary]:
    """Return the products that are not retired, by name."""
    return [
        LubricantSummary(*row)
        for row in read_rows(_in_use(Lubricant, LubricantSummary._fields), {})
    ]


def instruments_named(numbers: Collection[int]) -> list[InstrumentSummary]:
    """Return the clinic's tools of these ids, retired or not."""
    named = {"numbers": list(numbers)}
    return [
        InstrumentSummary(*row)
        for row in read_rows(_named(Instrument, InstrumentSummary._fields), named)
    ]


def lubricants_named(numbers: Collection[int]) -> list[LubricantSummary]:
    """Return the clinic's products of these ids, retired or not."""
    named = {"numbers": list(numbers)}
    return [
        LubricantSummary(*row)
        for row in read_rows(_named(Lubricant, LubricantSummary._fields), named)
    ]


def supplies(table: type[Item]) -> Sequence[Item]:
    """Return every tool, or every product: those in use first, each by name."""
    order = (table.retired_at.is_not(None), func.lower(table.name))
    return db.session.scalars(select(table).order_by(*order)).all()


def is_name_taken(
    table: type[Instrument | Lubricant], name: str, *, but: int | None = None
) -> bool:
    """Say whether another tool, or product, of the clinic has this name, in capitals or not."""
    # SQLite knows small letters of ASCII only; the exact spelling must be found all the same.
    is_same = or_(table.name == name, func.lower(table.name) == name.lower())
    statement = select(table.id).where(is_same)
    if but is not None:
        statement = statement.where(table.id != but)
    return db.session.scalar(statement.limit(1)) is not None


@cache
def _in_use(table: Any, names: tuple[str, ...]) -> Select[Any]:
    picked = select(*(getattr(table, name) for name in names))
    return picked.where(table.retired_at.is_(None)).order_by(func.lower(table.name))


@cache
def _named(table: Any, names: tuple[str, ...]) -> Select[Any]:
    picked = select(*(getattr(table, name) for name in names))
    return picked.where(table.id.in_(bindparam("numbers", expanding=True)))
