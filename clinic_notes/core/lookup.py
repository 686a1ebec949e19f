"""Reads a record's id and finds the record; another clinic's is not found."""

from functools import cache
from typing import Any, TypeVar

from flask import abort
from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm.interfaces import ORMOption

from clinic_notes.core.db import Base, db

Record = TypeVar("Record", bound=Base)


class RowGone(Exception):
    """A submitted row names an id this record does not have."""


LARGEST = 2**31 - 1
"""PostgreSQL's integers end here: no record has a higher number."""


def bounded_integer(text: str) -> int | None:
    """Return the number from 0 to `LARGEST` that a text spells in digits alone, else None."""
    # "²" is no decimal; the digits of other scripts are, and int reads them.
    if not text.isdecimal() or len(text) > len(str(LARGEST)):
        return None
    number = int(text)
    return number if number <= LARGEST else None


def find_or_404(
    table: type[Record], number: int, *load: ORMOption, to_change: bool = False
) -> Record:
    """Return the clinic's record of that id, or answer 404, the same for all reasons.

    ``load`` says what else of it the page needs, as ``joinedload(Visit.patient)``. With
    ``to_change`` its row is locked: another change is waited for, and found as it was made.
    """
    found: Record | None = None
    if number <= LARGEST:
        statement = _by_number(table, load, to_change=to_change)
        found = db.session.scalars(statement, {"number": number}).unique().first()
    if found is None:
        abort(404)
    return found


# Made once for each page: to build the statement is half of what it costs.
@cache
def _by_number(table: Any, load: tuple[ORMOption, ...], *, to_change: bool) -> Select[Any]:
    statement = select(table).options(*load).where(table.id == bindparam("number"))
    return statement.with_for_update(of=table) if to_change else statement
