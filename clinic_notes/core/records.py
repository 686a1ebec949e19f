"""Finding a record is being allowed to see it: another clinic's is not found."""

from typing import TypeVar

from flask import abort
from sqlalchemy.orm.interfaces import ORMOption

from clinic_notes.core.db import Base, db

Record = TypeVar("Record", bound=Base)


def find_or_404(table: type[Record], number: int, *load: ORMOption) -> Record:
    """Return the clinic's record of that id, or answer 404, the same for all reasons.

    ``load`` says what else of it the page needs, as ``selectinload(Visit.uses)``.
    """
    # PostgreSQL's integers end here; a number beyond is nobody's.
    found = db.session.get(table, number, options=load) if number < 2**31 else None
    if found is None:
        abort(404)
    return found
