"""Queries of instruments and lubricants, in use and retired."""

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Select, bindparam, func, literal, select, union_all

from clinic_notes.clinical.spelling.normal_form import letters_only
from clinic_notes.core.bulk import read_rows
from clinic_notes.core.db import db
from clinic_notes.equipment.models import Instrument, InstrumentSummary, Lubricant, LubricantSummary

Item = TypeVar("Item", Instrument, Lubricant)


class InUse(NamedTuple):
    """The clinic's instruments and lubricants that are not retired, each by name."""

    instruments: list[InstrumentSummary]
    lubricants: list[LubricantSummary]


def in_use() -> InUse:
    """Return the instruments and lubricants that are not retired, in one statement."""
    found = InUse([], [])
    for is_instrument, number, name, first, second, third, retired_at in read_rows(_IN_USE, {}):
        if is_instrument:
            found.instruments.append(
                InstrumentSummary(number, name, first, second, third, retired_at)
            )
        else:
            found.lubricants.append(LubricantSummary(number, name, first, second, retired_at))
    return found


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


def _in_use(table: type[Instrument | Lubricant], *columns: Any) -> Select[Any]:
    is_instrument = literal(table is Instrument).label("is_instrument")
    shown = (table.id, table.name, *columns, table.retired_at)
    return select(is_instrument, *shown).where(table.retired_at.is_(None))


# A handful of rows each: one statement costs less than two. An instrument has a column more.
_BOTH = union_all(
    _in_use(Instrument, Instrument.material, Instrument.edge, Instrument.bevel),
    _in_use(Lubricant, Lubricant.kind, Lubricant.ingredients, literal("")),
).subquery()
_IN_USE = select(_BOTH).order_by(func.lower(_BOTH.c.name))


@cache
def _named(table: Any, names: tuple[str, ...]) -> Select[Any]:
    picked = select(*(getattr(table, name) for name in names))
    return picked.where(table.id.in_(bindparam("numbers", expanding=True)))
