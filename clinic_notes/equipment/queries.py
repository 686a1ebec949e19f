"""Queries of instruments and lubricants, in use and retired."""

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Select, bindparam, func, select

from clinic_notes.clinical.normal_form import letters_only
from clinic_notes.core.bulk import read_rows
from clinic_notes.core.db import db
from clinic_notes.equipment.models import Instrument, InstrumentSummary, Lubricant, LubricantSummary

Item = TypeVar("Item", Instrument, Lubricant)


def instruments_in_use() -> list[InstrumentSummary]:
    """Return the instruments that are not retired, by name."""
    return [
        InstrumentSummary(**row._mapping)
        for row in read_rows(_in_use(Instrument, InstrumentSummary._fields), {})
    ]


def lubricants_in_use() -> list[LubricantSummary]:
    """Return the lubricants that are not retired, by name."""
    return [
        LubricantSummary(**row._mapping)
        for row in read_rows(_in_use(Lubricant, LubricantSummary._fields), {})
    ]


def instruments_named(numbers: Collection[int]) -> list[InstrumentSummary]:
    """Return the clinic's instruments with these ids, retired or not."""
    named = {"numbers": list(numbers)}
    return [
        InstrumentSummary(**row._mapping)
        for row in read_rows(_named(Instrument, InstrumentSummary._fields), named)
    ]


def lubricants_named(numbers: Collection[int]) -> list[LubricantSummary]:
    """Return the clinic's lubricants with these ids, retired or not."""
    named = {"numbers": list(numbers)}
    return [
        LubricantSummary(**row._mapping)
        for row in read_rows(_named(Lubricant, LubricantSummary._fields), named)
    ]


def all_items(table: type[Item]) -> Sequence[Item]:
    """Return every instrument, or every lubricant: those in use first, each by name."""
    order = (table.retired_at.is_not(None), func.lower(table.name))
    return db.session.scalars(select(table).order_by(*order)).all()


def is_name_taken(
    table: type[Instrument | Lubricant], name: str, *, but: int | None = None
) -> bool:
    """Say whether another item of the clinic has this name, however it is typed."""
    # A clinic has tens of them; no store compares by letters only.
    others = db.session.execute(select(table.id, table.name))
    return any(row.id != but and letters_only(row.name) == letters_only(name) for row in others)


@cache
def _in_use(table: Any, names: tuple[str, ...]) -> Select[Any]:
    picked = select(*(getattr(table, name) for name in names))
    return picked.where(table.retired_at.is_(None)).order_by(func.lower(table.name))


@cache
def _named(table: Any, names: tuple[str, ...]) -> Select[Any]:
    picked = select(*(getattr(table, name) for name in names))
    return picked.where(table.id.in_(bindparam("numbers", expanding=True)))
