"""Pairs the rows of two versions of one record: a visit, a patient, an instrument.

The fields are read from the drafts themselves, so a field added to one is compared and merged
too. Rows are matched by id, safety answers by their item, and a reading that both versions have
added by what it measures: never by position.
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
)
from clinic_notes.clinical.readings import WHAT_IS_MEASURED, same_measure

SUBJECT: Mapping[type, tuple[str, ...]] = {
    **WHAT_IS_MEASURED,
    # Degrees are comparable only with the same device.
    RomDraft: (*WHAT_IS_MEASURED[RomDraft], "device"),
    UseDraft: ("region", "side", "copied_from_id"),
    InterventionDraft: ("kind",),
    EffectDraft: ("effect", "region", "side"),
    # A reason belongs to the answer it was given for.
    AnswerDraft: ("answer", "sites", "detail", "reason", "mitigation"),
}
"""The fields that say what a row is about. Where they differ, no value of one version may be
combined with a value of the other: such a row is chosen whole. So is a row that is not named here:
an allergy or a condition is one statement."""

TOGETHER = (("newtons", "newtons_source"),)
"""Fields of a row that are chosen together."""


def row_lists(draft_type: Any) -> tuple[str, ...]:
    """Return the names of a draft's lists of rows."""
    return tuple(
        name
        for name, kind in get_type_hints(draft_type).items()
        if is_dataclass(next(iter(get_args(kind)), None))
    )


def plain_fields(draft_type: Any) -> tuple[str, ...]:
    """Return the names of a draft's other fields."""
    rows = row_lists(draft_type)
    return tuple(part.name for part in fields(draft_type) if part.name not in rows)


class Version(StrEnum):
    """The two versions there are to choose from."""

    STORED = "stored"
    TYPED = "typed"


@dataclass(frozen=True)
class RowPair:
    """One row in the versions that have it, None in those that do not."""

    key: str
    """Its name: ``roms-12``, ``answers-pregnancy``, ``uses-new-0``."""
    stored: Any
    typed: Any
    base: Any

    @property
    def is_new(self) -> bool:
        """Say whether it is only in the version being typed, and was never saved."""
        return "-new-" in self.key

    def units(self) -> list[tuple[str, tuple[str, ...]]]:
        """Return (key, fields) of each difference; () as fields stands for the whole row."""
        names = [part.name for part in fields(self._any) if part.compare and part.name != "id"]
        is_alone = self.stored is None or self.typed is None
        if is_alone or self._differ(SUBJECT.get(type(self.typed), names)):
            return [(self.key, ())]
        groups = dict.fromkeys(_picked_with(name) for name in names)
        return [(f"{self.key}-{parts[0]}", parts) for parts in groups if self._differ(parts)]

    @property
    def _any(self) -> Any:
        return self.stored if self.typed is None else self.typed

    def merged(self, picks: Mapping[str, Version]) -> Any:
        """Return the row as it was picked, None where the version without it was picked.

        ``picks`` holds the version picked, by the key of ``units``.
        """
        if self.stored is None:
            is_picked = picks[self.key] is Version.TYPED
            return replace(self.typed, id=None) if is_picked else None
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
    """Return the values of these fields of a row; without fields, the whole row but its id."""
    if row is None:
        return None
    return tuple(getattr(row, name) for name in parts) if parts else replace(row, id=None)


def paired(rows: str, stored: Any, typed: Any, base: Any = None) -> list[RowPair]:
    """Return the rows of one list in the typed order, rows only stored after their neighbours.

    A typed row that is new, or whose stored row is gone, is paired with a stored row that
    ``typed`` lacks, if both measure the same thing or are equal.
    """
    base_rows, stored_rows = _by_name(getattr(base, rows, ())), _by_name(getattr(stored, rows))
    typed_rows = getattr(typed, rows)
    unpaired = {n: row for n, row in stored_rows.items() if n not in _by_name(typed_rows)}
    pairs = []
    for number, row in enumerate(typed_rows):
        match = stored_rows.get(_name(row)) or unpaired.pop(_same_thing(row, unpaired), None)
        name = _name(match or row)
        key = f"{rows}-new-{number}" if name is None else f"{rows}-{name}"
        pairs.append(RowPair(key, match, row, base_rows.get(name)))
    position = -1
    for name, row in stored_rows.items():
        at = next((at for at, pair in enumerate(pairs) if pair.stored is row), None)
        position = position + 1 if at is None else at
        if at is None:
            only_stored = RowPair(f"{rows}-{name}", row, None, base_rows.get(name))
            pairs.insert(position, only_stored)
    return pairs


def _by_name(rows: Sequence[Any]) -> dict[Any, Any]:
    return {_name(row): row for row in rows}


def _name(row: Any) -> str | int | None:
    """Return what identifies a row in every version; None for one that was never saved."""
    return row.item if isinstance(row, AnswerDraft) else row.id


def _same_thing(row: Any, among: Mapping[Any, Any]) -> Any:
    """Return the name of a row that measures the same thing, or is equal; "" if there is none."""
    parts = WHAT_IS_MEASURED.get(type(row), ())

    def compared(one: Any) -> Any:
        measured = tuple(same_measure(part, getattr(one, part)) for part in parts)
        return measured or values_of(one, ())

    return next((n for n, other in among.items() if compared(other) == compared(row)), "")


def _picked_with(name: str) -> tuple[str, ...]:
    return next((parts for parts in TOGETHER if name in parts), (name,))
