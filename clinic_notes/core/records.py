"""Finding a record is being allowed to see it: another clinic's is not found."""

from typing import TypeVar

from flask import abort

from clinic_notes.core.db import Base, db

Record = TypeVar("Record", bound=Base)


def find_or_404(table: type[Record], number: int) -> Record:
    """Return the clinic's record of that id, or answer 404, the same for all reasons."""
    found = db.session.get(table, number) if number < 2**31 else None
    if found is None:
        abort(404)
    return found
