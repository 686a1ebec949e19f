"""How a store would run a statement, and which steps of it walk through a whole clinic."""

import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Index, PrimaryKeyConstraint, UniqueConstraint

from clinic_notes.models import Base
from tests.plans.many_rows import SMALL

Statements = dict[str, Any]
"""Each statement with the values it was first sent with."""

GROWING = Base.metadata.tables.keys() - SMALL
COLUMNS = {
    str(index.name): [column.name for column in index.columns]
    for table in Base.metadata.sorted_tables
    if table.name in GROWING
    for index in (*table.indexes, *table.constraints)
    if isinstance(index, Index | UniqueConstraint | PrimaryKeyConstraint)
}
"""The columns of each index, by its name in PostgreSQL."""
WALKS = re.compile(
    r"FROM patient WHERE patient.clinic_id = \S+( ORDER BY patient.id DESC LIMIT .*)?"
    r"|FROM audit_entry .* WHERE audit_entry.clinic_id = \S+"
    r" ORDER BY audit_entry.number DESC LIMIT .*"
)
"""The list of all patients: it says how many there are, and shows the 25 registered last. The
trail, of which the newest hundred entries are read."""
_SQLITE = re.compile(r"(SCAN|SEARCH) (\w+?)(?:_\d+)?(?: USING .*?\((.*?)\).*)?$")


def walks(connection: Connection, sent: Statements) -> list[str]:
    """Return each step that reads a growing table from end to end, or all rows of a clinic."""
    return [
        f"{step} in {statement}"
        for statement, values in sent.items()
        if not WALKS.fullmatch(" ".join(statement[statement.find("FROM ") :].split()))
        for step in steps(connection, statement, values)
    ]


def steps(connection: Connection, statement: str, values: Any) -> Iterator[str]:
    cursor = connection.connection.cursor()
    if connection.dialect.name == "sqlite":
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}", values)
        yield from _of_sqlite([row[3] for row in cursor.fetchall()])
    else:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}", values)
        yield from _of_postgresql(cursor.fetchone()[0][0]["Plan"])
    cursor.close()


def _of_sqlite(plan: list[str]) -> Iterator[str]:
    for line in plan:
        found = _SQLITE.match(line)
        if found is None or found[2] not in GROWING:
            continue
        # An automatic index is made for this one statement, of all rows.
        asked = set(re.findall(r"(\w+)[=<>]", found[3] or "")) - {"clinic_id"}
        if found[1] == "SCAN" or not asked or "AUTOMATIC" in line:
            yield line


def _of_postgresql(node: dict[str, Any]) -> Iterator[str]:
    name, index = node.get("Relation Name"), node.get("Index Name")
    if node["Node Type"] == "Seq Scan" and name in GROWING:
        yield f"Seq Scan of {name}"
    if index in COLUMNS:
        condition = node.get("Index Cond", "")
        first = next((name for name in COLUMNS[index] if name != "clinic_id"), "")
        if first not in re.findall(r"\w+", condition):
            yield f"{node['Node Type']} with {index} by {condition or 'nothing'}"
    for inner in node.get("Plans", ()):
        yield from _of_postgresql(inner)
