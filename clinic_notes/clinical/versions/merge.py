"""Compares two versions of one record, and merges what was picked."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from clinic_notes.clinical.versions.pairing import (
    RowPair,
    Version,
    paired,
    plain_fields,
    row_lists,
    values_of,
)

__all__ = ["ChangedBy", "Difference", "Version", "differences", "merged"]


class ChangedBy(StrEnum):
    """Who changed a value since the user opened the record."""

    BOTH = "both"
    UNKNOWN = "unknown"
    """The version the user opened is not known."""
    THEM = "them"
    YOU = "you"


PRESET = {
    ChangedBy.YOU: Version.TYPED,
    ChangedBy.THEM: Version.STORED,
    ChangedBy.BOTH: None,
    ChangedBy.UNKNOWN: None,
}
"""The version picked before the user picks: the changed one, where only one was changed. Where
both were, or it is unknown, none is: one press would discard the other's words unread."""


@dataclass(frozen=True)
class Difference:
    """One value, or one row, in which the two versions differ."""

    key: str
    """Its name: ``plan``, ``roms-12-before``, ``uses-12``, ``uses-new-0``."""
    rows: str
    """The list its row is in, "" for a field of the record itself."""
    parts: tuple[str, ...]
    """The fields that differ; none where a row is to be picked whole."""
    stored: Any
    typed: Any
    base: Any
    """The row (or record) as stored, as typed and as opened; None where a version lacks it."""
    changed_by: ChangedBy

    @property
    def preset(self) -> Version | None:
        """The version picked before the user picks, if any."""
        return PRESET[self.changed_by]


def differences(stored: Any, typed: Any, base: Any = None) -> list[Difference]:
    """Return where two versions differ, in the order of the draft.

    ``base`` is the record as it was opened; without it, who changed what is unknown.
    """
    whole = RowPair("", stored, typed, base)
    found = [
        _difference("", name, (name,), whole, base)
        for name in plain_fields(type(stored))
        if getattr(stored, name) != getattr(typed, name)
    ]
    for rows in row_lists(type(stored)):
        for pair in paired(rows, stored, typed, base):
            found += (_difference(rows, key, parts, pair, base) for key, parts in pair.units())
    return found


def merged(stored: Any, typed: Any, picks: Mapping[str, Version]) -> Any:
    """Return the record with every difference as it was picked, by the difference's key.

    Raises KeyError where one was not picked. A typed row whose stored row is gone becomes a new
    row.
    """
    values: dict[str, Any] = {
        name: getattr(typed, name)
        for name in plain_fields(type(stored))
        if getattr(stored, name) != getattr(typed, name) and picks[name] is Version.TYPED
    }
    for rows in row_lists(type(stored)):
        pairs = paired(rows, stored, typed)
        # Where nothing typed was picked, the rows keep their order too.
        if any(picks[key] is Version.TYPED for pair in pairs for key, _ in pair.units()):
            merged_rows = (pair.merged(picks) for pair in pairs)
            values[rows] = tuple(row for row in merged_rows if row is not None)
    return replace(stored, **values)


def _difference(
    rows: str, key: str, parts: tuple[str, ...], pair: RowPair, base: Any
) -> Difference:
    stored, typed = values_of(pair.stored, parts), values_of(pair.typed, parts)
    opened = values_of(pair.base, parts)
    if pair.is_new or (base and stored == opened):
        by = ChangedBy.YOU
    elif base is None:
        by = ChangedBy.UNKNOWN
    else:
        by = ChangedBy.THEM if typed == opened else ChangedBy.BOTH
    return Difference(key, rows, parts, pair.stored, pair.typed, pair.base, by)
