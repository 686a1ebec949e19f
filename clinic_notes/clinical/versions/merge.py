"""Two versions of one visit: where they differ, who changed what, and one draft made of both."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from clinic_notes.clinical.drafts import VisitDraft
from clinic_notes.clinical.versions.pairing import PLAIN, ROWS, RowPair, Version, paired, values_of

__all__ = ["ChangedBy", "Difference", "Version", "differences", "merged"]


class ChangedBy(StrEnum):
    """Who changed a part since this person opened the visit."""

    BOTH = "both"
    UNKNOWN = "unknown"
    """It is not known what she opened, so it cannot be said."""
    THEM = "them"
    YOU = "you"


PRESET = {
    ChangedBy.YOU: Version.TYPED,
    ChangedBy.THEM: Version.STORED,
    ChangedBy.BOTH: None,
    ChangedBy.UNKNOWN: None,
}
"""What stands chosen at first. Where only one changed a part, the other says what it said before.
Where both did, or it is unknown who did, nothing stands chosen: one press would discard the words
of the other unread."""


@dataclass(frozen=True)
class Difference:
    """One part of the visit on which the two versions do not agree."""

    key: str
    """Its permanent name: ``plan``, ``roms-12-before``, ``uses-12``, ``uses-new-0``."""
    rows: str
    """The list it stands in, or "" for a part of the visit itself."""
    parts: tuple[str, ...]
    """The parts concerned; none where a row is to be chosen whole."""
    stored: Any
    typed: Any
    base: Any
    """The row (or visit) in each version and as it was opened; None where it is not there."""
    changed_by: ChangedBy

    @property
    def preset(self) -> Version | None:
        """What stands chosen before she chooses."""
        return PRESET[self.changed_by]


def differences(
    stored: VisitDraft, typed: VisitDraft, base: VisitDraft | None = None
) -> list[Difference]:
    """Return where two versions differ, in the order of the draft.

    ``base`` is the visit as it was when ``typed`` was begun; without it nobody can say who
    changed what.
    """
    visit = RowPair("", stored, typed, base)
    found = [
        _difference("", name, (name,), visit, base)
        for name in PLAIN
        if getattr(stored, name) != getattr(typed, name)
    ]
    for rows in ROWS:
        for twins in paired(rows, stored, typed, base):
            found += (_difference(rows, key, parts, twins, base) for key, parts in twins.units())
    return found


def merged(stored: VisitDraft, typed: VisitDraft, picks: Mapping[str, Version]) -> VisitDraft:
    """Return the visit with every difference as it was picked, by the difference's key.

    KeyError where one was not picked. A row of ``typed`` that is gone from the record comes back
    as a new one.
    """
    values: dict[str, Any] = {
        name: getattr(typed, name)
        for name in PLAIN
        if getattr(stored, name) != getattr(typed, name) and picks[name] is Version.TYPED
    }
    for rows in ROWS:
        pairs = paired(rows, stored, typed)
        # Where nothing she typed is taken, the rows stay as they are, and where they are.
        if any(picks[key] is Version.TYPED for twins in pairs for key, _ in twins.units()):
            kept = (twins.merged(picks) for twins in pairs)
            values[rows] = tuple(row for row in kept if row is not None)
    return replace(stored, **values)


def _difference(
    rows: str, key: str, parts: tuple[str, ...], twins: RowPair, base: VisitDraft | None
) -> Difference:
    stored, typed = values_of(twins.stored, parts), values_of(twins.typed, parts)
    before = values_of(twins.base, parts)
    if twins.is_new or (base and stored == before):
        by = ChangedBy.YOU
    elif base is None:
        by = ChangedBy.UNKNOWN
    else:
        by = ChangedBy.THEM if typed == before else ChangedBy.BOTH
    return Difference(key, rows, parts, twins.stored, twins.typed, twins.base, by)
