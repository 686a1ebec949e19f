"""Reading the shelf: what is in use, and what was."""

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Select, func, or_, select

from clinic_notes.core.db import db
from clinic_notes.equipment.models import Instrument, Lubricant

Item = TypeVar("Item", Instrument, Lubricant)


def instruments_in_use() -> Sequence[Instrument]:
    """Return the tools that are not retired, by name."""
    return _in_use(Instrument)


def lubricants_in_use() -> Sequence[Lubricant]:
    """Return the products that are not retired, by name."""
    return _in_use(Lubricant)


def shelf(table: type[Item]) -> Sequence[Item]:
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


def _in_use(table: type[Item]) -> Sequence[Item]:
    return db.session.scalars(_all_in_use(table)).all()


@cache
def _all_in_use(table: Any) -> Select[Any]:
    return select(table).where(table.retired_at.is_(None)).order_by(func.lower(table.name))
