"""Compares two versions of one visit, and merges what was picked."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from clinic_notes.clinical.drafts import VisitDraft
from clinic_notes.clinical.versions.pairing import PLAIN, ROWS, RowPair, Version, paired, values_of

__all__ = ["ChangedBy", "Difference", "Version", "differences", "merged"]


class ChangedBy(StrEnum):
    """Who changed a value since the user opened the visit."""

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
    """The list its row is in, "" for a field of the visit itself."""
    parts: tuple[str, ...]
    """The fields that differ; none where a row is to be picked whole."""
    stored: Any
    typed: Any
    base: Any
    """The row (or visit) as stored, as typed and as opened; None where a version lacks it."""
    changed_by: ChangedBy

    @property
    def preset(self) -> Version | None:
        """The version picked before the user picks, if any."""
        return PRESET[self.changed_by]


def differences(
    stored: VisitDraft, typed: VisitDraft, base: VisitDraft | None = None
) -> list[Difference]:
    """Return where two versions differ, in the order of the draft.

    ``base`` is the visit as it was opened; without it, who changed what is unknown.
    """
    visit = RowPair("", stored, typed, base)
    found = [
        _difference("", name, (name,), visit, base)
        for name in PLAIN
        if getattr(stored, name) != getattr(typed, name)
    ]
    for rows in ROWS:
        for pair in paired(rows, stored, typed, base):
            found += (_difference(rows, key, parts, pair, base) for key, parts in pair.units())
    return found


def merged(stored: VisitDraft, typed: VisitDraft, picks: Mapping[str, Version]) -> VisitDraft:
    """Return the visit with every difference as it was picked, by the difference's key.

    Raises KeyError where one was not picked. A typed row whose stored row is gone becomes a new
    row.
    """
    values: dict[str, Any] = {
        name: getattr(typed, name)
        for name in PLAIN
        if getattr(stored, name) != getattr(typed, name) and picks[name] is Version.TYPED
    }
    for rows in ROWS:
        pairs = paired(rows, stored, typed)
        # Where nothing typed was picked, the rows keep their order too.
        if any(picks[key] is Version.TYPED for pair in pairs for key, _ in pair.units()):
            merged_rows = (pair.merged(picks) for pair in pairs)
            values[rows] = tuple(row for row in merged_rows if row is not None)
    return replace(stored, **values)


def _difference(
    rows: str, key: str, parts: tuple[str, ...], pair: RowPair, base: VisitDraft | None
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
