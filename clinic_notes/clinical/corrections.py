"""Correcting a value of a signed note by an addendum: what may be corrected, into what."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from clinic_notes.clinical.drafts import (
    BLANK,
    Measured,
    MeasureDraft,
    PainDraft,
    RomDraft,
    StrengthDraft,
    VisitDraft,
)
from clinic_notes.clinical.findings import Finding, Level
from clinic_notes.clinical.readings import (
    check_measure,
    check_pain,
    check_rom,
    check_strength,
    reading_text,
    unit_of,
)
from clinic_notes.clinical.readings.checks import WITH_A_NUMBER
from clinic_notes.clinical.versions.wording import DisplayNames, row_title
from clinic_notes.clinical.wording import ARROW
from clinic_notes.reference.terms import ReadingState, StrengthMethod

CORRECTED_TO = "corrected_to"
GRADE = "corrected_grade"
WITHDRAWN = "withdrawn"
ENDS = ("before", "after")
_CHECKS: dict[type, Any] = {
    PainDraft: check_pain,
    RomDraft: check_rom,
    StrengthDraft: check_strength,
    MeasureDraft: check_measure,
}


@dataclass(frozen=True)
class Value:
    """One value of a signed note: an end of a reading, or a treatment row as a whole."""

    row: Any
    which: str = ""
    """``before`` or ``after``; "" of a treatment row."""

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.which or 'use'}-{self.row.id}"

    @property
    def now(self) -> Measured:
        """What it says now."""
        return getattr(self.row, self.which) if self.which else BLANK

    def label(self, names: DisplayNames) -> str:
        """Return what it is: "Pain now, after"."""
        title = row_title(self.row, names)
        return f"{title}, {self.which}" if self.which else title

    def text(self, value: Measured) -> str:
        """Return such a value as it is written: "4", "12°"."""
        return reading_text(value, unit_of(self.row))


@dataclass(frozen=True)
class CorrectionDraft:
    """What an addendum says about a value."""

    value: Value
    to: Measured = BLANK
    is_withdrawn: bool = False
    """It was not so, or not done; then ``to`` is blank."""

    def in_words(self, names: DisplayNames) -> str:
        """Return "Pain now, after: 4 → 6", or that it was withdrawn."""
        to = self.value.text(self.to) or "withdrawn"
        now = self.value.text(self.value.now)
        return f"{self.value.label(names)}: {f'{now} {ARROW} {to}' if now else to}"


def values_of(draft: VisitDraft, withdrawn: Iterable[int] = ()) -> Iterator[Value]:
    """Yield what an addendum may correct: each value that was entered, and each treatment row.

    ``withdrawn`` are the ids of treatment rows that were withdrawn before.
    """
    for row in (*draft.pains, *draft.roms, *draft.strengths, *draft.measures):
        for which in ENDS:
            if not getattr(row, which).is_blank:
                yield Value(row, which)
    gone = set(withdrawn)
    yield from (Value(use) for use in draft.uses if use.id not in gone)


def corrected(
    value: Value, number: Decimal | None, grade: str, *, is_withdrawn: bool
) -> CorrectionDraft:
    """Return the correction of a value to what was typed: it stays limited by pain if it was."""
    if number is None and not grade:
        return CorrectionDraft(value, is_withdrawn=is_withdrawn)
    state = value.now.state if value.now.state in WITH_A_NUMBER else ReadingState.MEASURED
    return CorrectionDraft(value, Measured(state, number, grade), is_withdrawn)


def check_correction(correction: CorrectionDraft, *, reason: str) -> Iterator[Finding]:
    """Yield what cannot be right in a correction. It needs a reason, in the addendum's words."""
    value, to = correction.value, correction.to
    about = GRADE if _has_grades(value.row) else CORRECTED_TO
    if correction.is_withdrawn:
        if not to.is_blank:
            yield _refuse("Withdraw it, or enter what it should say: not both.", about)
    elif not value.which:
        yield _refuse("A treatment row is withdrawn as a whole: say so, and why.", WITHDRAWN)
    elif to.is_blank:
        yield _refuse("Enter what it should say, or withdraw it.", about)
    elif to == value.now:
        yield _refuse("This is what it says already.", about)
    else:
        yield from _check_value(replace(value.row, **{value.which: to}), value.which, about)
    if not reason.strip():
        yield _refuse("Write why it is corrected.", "text")


def _check_value(row: Any, which: str, about: str) -> Iterator[Finding]:
    """Yield why the corrected end of a reading cannot be right."""
    for found in _CHECKS[type(row)](row, "it"):
        if found.level is Level.REFUSE and found.about == f"it-{which}":
            yield replace(found, about=about)


def _has_grades(row: Any) -> bool:
    return isinstance(row, StrengthDraft) and row.method is StrengthMethod.MMT


def _refuse(message: str, about: str) -> Finding:
    return Finding(Level.REFUSE, message, about)
