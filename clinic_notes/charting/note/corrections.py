"""The corrections of a signed note: what they say, and the note with them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from clinic_notes.charting.models import Addendum, Correction
from clinic_notes.charting.note.content import Note
from clinic_notes.clinical.corrections import CorrectionDraft, Value, values_of
from clinic_notes.clinical.drafts import Measured, VisitDraft
from clinic_notes.clinical.summary import Names
from clinic_notes.clinical.versions.wording import DisplayNames
from clinic_notes.clinical.wording import day
from clinic_notes.core.display import day_of

READINGS = ("pains", "roms", "strengths", "measures")


@dataclass(frozen=True)
class Corrected:
    """One value that an addendum corrected or withdrew."""

    addendum_id: int
    row_id: int
    which: str
    words: str
    """``Pain now, after: 4 → 6``."""
    mark: str
    """What stands beside the value: ``corrected 4 Mar 2026: after 6``."""
    by: str


@dataclass(frozen=True)
class Corrections:
    """A note with what was added to it."""

    draft: VisitDraft
    """The note as it counts now."""
    made: tuple[Corrected, ...] = ()
    """What corrected it, in the order it was written."""
    withdrawn: frozenset[int] = frozenset()
    """The treatment rows that were withdrawn, by id."""

    @property
    def values(self) -> tuple[Value, ...]:
        """What an addendum may correct now."""
        return tuple(values_of(self.draft, self.withdrawn))

    def marks_of(self, row_id: int | None, *, is_use: bool = False) -> tuple[str, ...]:
        """Return what stands beside a row; of several corrections of one value the last."""
        mine = (one for one in self.made if one.row_id == row_id and bool(one.which) != is_use)
        return tuple({one.which: one.mark for one in mine}.values())

    def of_addendum(self, addendum_id: int) -> str:
        """Return what an addendum corrects, "" where it corrects nothing."""
        return "; ".join(one.words for one in self.made if one.addendum_id == addendum_id)


def corrections_of(
    sealed: VisitDraft, names: Names, added: Iterable[tuple[Addendum, Correction | None]]
) -> Corrections:
    """Return a sealed note as its addenda left it, and each correction in words."""
    found, shown = Corrections(sealed), names_shown(names)
    for addendum, correction in added:
        if correction is not None:
            found = _with(found, addendum, correction, shown)
    return found


def names_shown(names: Names) -> DisplayNames:
    """Return the names that a correction is said with."""
    return DisplayNames(names.instruments, names.lubricants, {}, {}, {})


def with_marks(note: Note, corrections: Corrections) -> Note:
    """Return a note in words, with a mark at each value that was corrected."""
    if not corrections.made:
        return note
    pairs = tuple(
        (title, tuple(replace(row, corrected=corrections.marks_of(row.id)) for row in rows))
        for title, rows in note.pairs
    )
    treated = tuple(
        replace(row, corrected=corrections.marks_of(row.id, is_use=True)) for row in note.treated
    )
    return replace(note, pairs=pairs, treated=treated)


def correction_columns(draft: CorrectionDraft) -> dict[str, Any]:
    """Return a correction as a row, but for the note and the addendum it belongs to."""
    row_id, which = draft.value.row.id, draft.value.which
    return {
        "reading_id": row_id if which else None,
        "instrument_use_id": None if which else row_id,
        "which": which,
        "state": draft.to.state,
        "number": draft.to.number,
        "grade": draft.to.grade,
    }


def _with(
    found: Corrections, addendum: Addendum, row: Correction, names: DisplayNames
) -> Corrections:
    to = Measured(row.state, row.number, row.grade)
    row_id = row.reading_id or row.instrument_use_id or 0
    value = next(one for one in _all_values(found.draft, row.which) if one.row.id == row_id)
    made = Corrected(
        addendum_id=addendum.id,
        row_id=row_id,
        which=row.which,
        words=CorrectionDraft(value, to).in_words(names),
        mark=_mark(value, to, day(day_of(addendum.written_at))),
        by=addendum.printed_name,
    )
    withdrawn = found.withdrawn if row.which else found.withdrawn | {row_id}
    return Corrections(_changed(found.draft, row, to), (*found.made, made), withdrawn)


def _all_values(draft: VisitDraft, which: str) -> Sequence[Value]:
    names = READINGS if which else ("uses",)
    return [Value(row, which) for name in names for row in getattr(draft, name)]


def _mark(value: Value, to: Measured, on: str) -> str:
    if to.is_blank:
        return f"{value.which} withdrawn {on}".strip()
    return f"corrected {on}: {value.which} {value.text(to)}"


def _changed(draft: VisitDraft, correction: Correction, to: Measured) -> VisitDraft:
    """Return the note with this value as it counts now; treatment rows are only marked."""
    if not correction.which:
        return draft
    changed: dict[str, Any] = {
        name: tuple(
            replace(row, **{correction.which: to}) if row.id == correction.reading_id else row
            for row in getattr(draft, name)
        )
        for name in READINGS
    }
    return replace(draft, **changed)
