"""Rows that are gathered, each with its id, and inserted many at once."""

from collections import deque
from typing import Any

from clinic_notes.charting.models import (
    Addendum,
    DocumentationTime,
    Effect,
    InstrumentUse,
    Intervention,
    Reading,
    ScreeningAnswer,
    ScreeningSite,
    Signature,
    UseTissue,
    Visit,
)
from clinic_notes.core.bulk import insert_rows, reserve_ids, update_rows
from clinic_notes.patients.models import Episode
from clinic_notes.plan_of_care.models import Closing, Goal

RESERVED = 500
OPEN: tuple[type[Any], ...] = (
    Episode, Goal, Visit, ScreeningAnswer, ScreeningSite, InstrumentUse, UseTissue, Reading,
    Intervention, Effect, DocumentationTime,
)  # fmt: skip
"""What is written before notes are closed, parents first."""
CLOSED: tuple[type[Any], ...] = (Signature, Addendum, Closing)
"""What is written after, for the store lets nothing be added to a closed note but these."""

Row = dict[str, Any]


class NewRows:
    """The rows of many records, until `insert` writes them in one statement for each table."""

    def __init__(self) -> None:
        """Begin with no row."""
        self._begin()

    def _begin(self) -> None:
        self._rows: dict[type[Any], list[Row]] = {table: [] for table in (*OPEN, *CLOSED)}
        self._changes: dict[type[Any], list[Row]] = {Visit: [], Episode: []}
        self._ids: dict[type[Any], deque[int]] = {}

    def new_id(self, table: type[Any]) -> int:
        """Return the id of a row that will be added."""
        reserved = self._ids.get(table) or deque()
        if len(reserved) < 2:
            # The last one stays, for the next to come after it.
            last = reserved[-1] if reserved else 0
            reserved.extend(reserve_ids(table, RESERVED, after=last))
            self._ids[table] = reserved
        return reserved.popleft()

    def add(self, table: type[Any], row: Row) -> None:
        """Add a row."""
        self._rows[table].append(row)

    def change(self, table: type[Any], row: Row) -> None:
        """Change these columns of the row with this id."""
        self._changes[table].append(row)

    def insert(self) -> None:
        """Write everything in the order the store asks for, and begin anew."""
        for table in OPEN:
            insert_rows(table, self._rows[table])
        for table, rows in self._changes.items():
            update_rows(table, rows)
        for table in CLOSED:
            insert_rows(table, self._rows[table])
        # The store gives the next ids from its last row on: an unused rest would meet those.
        self._begin()
