"""Finding a record is being allowed to see it: another clinic's is not found."""

from functools import cache
from typing import Any, TypeVar

from flask import abort
from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm.interfaces import ORMOption

from clinic_notes.core.db import Base, db

Record = TypeVar("Record", bound=Base)


def find_or_404(
    table: type[Record], number: int, *load: ORMOption, to_change: bool = False
) -> Record:
    """Return the clinic's record of that id, or answer 404, the same for all reasons.

    ``load`` says what else of it the page needs, as ``selectinload(Visit.uses)``. One that is found
    ``to_change`` waits for whoever is changing it, and is found as they left it.
    """
    # PostgreSQL's integers end here; a number beyond is nobody's.
    found: Record | None = None
    if number < 2**31:
        chosen = _by_number(table, load, to_change=to_change)
        found = db.session.scalars(chosen, {"number": number}).unique().first()
    if found is None:
        abort(404)
    return found


# What a page loads is the same each time it is opened; putting it together is half its cost.
@cache
def _by_number(table: Any, load: tuple[ORMOption, ...], *, to_change: bool) -> Select[Any]:
    chosen = select(table).options(*load).where(table.id == bindparam("number"))
    return chosen.with_for_update(of=table) if to_change else chosen
