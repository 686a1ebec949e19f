"""How many SQL statements a page sends: counts do not drift with the machine."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import event

from clinic_notes.core.db import db


def statements_of(app: Flask, way: Callable[[], object]) -> int:
    """Return how many statements the app sends while doing that once."""
    with _counting(app) as sent:
        way()
    return len(sent)


@contextmanager
def _counting(app: Flask) -> Iterator[list[str]]:
    sent: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        # PostgreSQL's driver begins by itself; what the embedded store says for that is no work.
        if not statement.startswith("BEGIN"):
            sent.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)
