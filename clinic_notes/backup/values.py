"""How a row is written into a backup, and read back by the types of its columns."""

import json
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import Table


def as_line(row: dict[str, Any]) -> str:
    """Return a row as one line of JSON, the same for equal rows of both stores."""
    return json.dumps(row, sort_keys=True, ensure_ascii=False, default=_spelled)


def from_line(line: str, table: Table) -> dict[str, Any]:
    """Return the row of a line, its values as the columns of ``table`` take them."""
    return {
        name: _read(value, table.c[name].type.python_type)
        for name, value in json.loads(line).items()
    }


def _spelled(value: object) -> str:
    if isinstance(value, datetime):
        # SQLite gives moments without a zone; both stores hold them in UTC.
        aware = value if value.tzinfo else value.replace(tzinfo=UTC)
        return aware.astimezone(UTC).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    raise TypeError(f"A backup has no way to write {type(value).__name__}.")


def _read(value: Any, python_type: type) -> Any:
    if value is not None and python_type in (datetime, date, time):
        return python_type.fromisoformat(value)
    return value
