"""The rows of two versions of one visit, paired: each with its twin, or alone.

The parts are taken from the drafts themselves, so a field that is added to one is compared and
merged from that day on. Rows are matched by id, the safety answers by the item asked, and a
reading that both have added by what it measures: never by position.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import StrEnum
from typing import Any, get_args, get_type_hints

from clinic_notes.clinical.drafts import (
    AnswerDraft,
    EffectDraft,
    InterventionDraft,
    RomDraft,
    UseDraft,
    VisitDraft,
)
from clinic_notes.clinical.readings import WHAT_IS_MEASURED

ROWS = tuple(
    name
    for name, kind in get_type_hints(VisitDraft).items()
    if is_dataclass(next(iter(get_args(kind)), None))
)
"""The lists of rows a visit has."""
PLAIN = tuple(part.name for part in fields(VisitDraft) if part.name not in ROWS)
"""Everything else of it."""

ABOUT: Mapping[type, tuple[str, ...]] = {
    **WHAT_IS_MEASURED,
    # Degrees are comparable only with the same device.
    RomDraft: (*WHAT_IS_MEASURED[RomDraft], "device"),
    UseDraft: ("region", "side", "copied_from_id"),
    InterventionDraft: ("kind",),
    EffectDraft: ("effect", "region", "side"),
    # A reason belongs to the answer it was given for.
    AnswerDraft: ("answer", "sites", "detail", "reason", "mitigation"),
}
"""What a row speaks of. Where two versions of a row speak of different things, no part of one
may end up beside a part of the other: such a row is chosen whole."""

TOGETHER = (("newtons", "newtons_source"),)
"""Parts of a row that say something only together."""


class Version(StrEnum):
    """The two versions there are to choose from."""

    STORED = "stored"
    TYPED = "typed"


@dataclass(frozen=True)
class RowPair:
    """One row in the versions that have it, None in those that do not."""

    key: str
    """Its permanent name: ``roms-12``, ``answers-pregnancy``, ``uses-new-0``."""
    stored: Any
    typed: Any
    base: Any

    @property
    def is_new(self) -> bool:
        """Say whether only the person typing has ever seen it."""
        return "-new-" in self.key

    def units(self) -> list[tuple[str, tuple[str, ...]]]:
        """Return (key, parts) of what differs: nothing, some parts, or () for the whole row."""
        if self.stored is None or self.typed is None or self._differ(ABOUT[type(self.typed)]):
            return [(self.key, ())]
        names = [part.name for part in fields(self.typed) if part.compare and part.name != "id"]
        groups = dict.fromkeys(_with_its_own(name) for name in names)
        return [(f"{self.key}-{parts[0]}", parts) for parts in groups if self._differ(parts)]

    def merged(self, picks: Mapping[str, Version]) -> Any:
        """Return the row as it was picked, None where it was picked to be gone."""
        if self.stored is None:
            is_kept = picks[self.key] is Version.TYPED
            return replace(self.typed, id=None) if is_kept else None
        if self.typed is None:
            return self.stored if picks[self.key] is Version.STORED else None
        taken = [parts for key, parts in self.units() if picks[key] is Version.TYPED]
        if () in taken:
            return replace(self.typed, id=self.stored.id)
        names = (name for parts in taken for name in parts)
        return replace(self.stored, **{name: getattr(self.typed, name) for name in names})

    def _differ(self, parts: Sequence[str]) -> bool:
        return any(getattr(self.stored, name) != getattr(self.typed, name) for name in parts)


def values_of(row: Any, parts: Sequence[str]) -> Any:
    """Return what a version says in these parts; without parts, all of a row but its id."""
    if row is None:
        return None
    return tuple(getattr(row, name) for name in parts) if parts else replace(row, id=None)


def paired(
    rows: str, stored: VisitDraft, typed: VisitDraft, base: VisitDraft | None = None
) -> list[RowPair]:
    """Return the rows of one list in the order typed, those of the record behind their neighbours.

    A row of ``typed`` whose id is gone from the record, or that has none, is paired with one of
    the record that ``typed`` lacks, if that says the same or measures the same.
    """
    before, theirs = _by_name(getattr(base, rows, ())), _by_name(getattr(stored, rows))
    hers = getattr(typed, rows)
    alone = {name: row for name, row in theirs.items() if name not in _by_name(hers)}
    found = []
    for number, row in enumerate(hers):
        twin = theirs.get(_name(row)) or alone.pop(_same_thing(row, alone), None)
        name = _name(twin or row)
        key = f"{rows}-new-{number}" if name is None else f"{rows}-{name}"
        found.append(RowPair(key, twin, row, before.get(name)))
    place = -1
    for name, row in theirs.items():
        at = next((at for at, twins in enumerate(found) if twins.stored is row), None)
        place = place + 1 if at is None else at
        if at is None:
            found.insert(place, RowPair(f"{rows}-{name}", row, None, before.get(name)))
    return found


def _by_name(rows: Sequence[Any]) -> dict[Any, Any]:
    return {_name(row): row for row in rows}


def _name(row: Any) -> str | int | None:
    """Return what a row is known by in every version; None for one that is new."""
    return row.item if isinstance(row, AnswerDraft) else row.id


def _same_thing(row: Any, among: Mapping[Any, Any]) -> Any:
    """Return the name of a row that measures the same, or says the same in every part."""
    parts = WHAT_IS_MEASURED.get(type(row), ())
    return next(
        (name for name, other in among.items() if values_of(other, parts) == values_of(row, parts)),
        "",
    )


def _with_its_own(name: str) -> tuple[str, ...]:
    return next((parts for parts in TOGETHER if name in parts), (name,))
