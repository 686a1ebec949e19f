"""What a judged change is made of: readings, criterion, verdict."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from clinic_notes.clinical.drafts import (
    Measured,
    MeasureDraft,
    PainDraft,
    RomDraft,
    StrengthDraft,
)
from clinic_notes.clinical.readings import unit_of
from clinic_notes.clinical.wording import number_text, unit_of_span, with_unit
from clinic_notes.reference.terms import Confidence

Row = PainDraft | RomDraft | StrengthDraft | MeasureDraft


class Comparison(StrEnum):
    """Which two readings are compared. The three are never mixed, and each is named."""

    WITHIN_SESSION = "within this session"
    SINCE_LAST = "since last measured"
    SINCE_START = "since the start"


class Verdict(StrEnum):
    """What a change means, the worst first.

    ``REAL`` is beyond error where nothing published says whether it matters, as for motion.
    """

    WORSE = "worse"
    WITHIN_ERROR = "within_error"
    SMALL = "real_but_small"
    REAL = "real"
    MEANINGFUL = "meaningful"
    NOT_COMPARABLE = "not_comparable"
    NOT_JUDGED = "not_judged"


@dataclass(frozen=True)
class Reading:
    """One reading: the row that says what was measured and how, the value, who measured."""

    row: Row
    value: Measured
    rater: int | None = None
    """The id of the user who measured; None where it was not recorded."""
    is_corrected: bool = False
    """Whether an addendum corrected it."""


@dataclass(frozen=True)
class Basis:
    """What decides among published figures."""

    region: str = ""
    """The region of the complaint: figures of its patients come before others."""
    chosen: frozenset[str] = frozenset()
    """Keys of errors and thresholds that the clinic prefers where they fit."""


@dataclass(frozen=True)
class Criterion:
    """A published figure applied to one pair of readings."""

    key: str
    kind: str
    """"mdc", "agreement" (both errors), "sem" (a bound: a change below it is error) or "mcid"."""
    amount: Decimal
    """The least change that counts, in the reading's own unit."""
    text: str
    """The figure as published: "2 points", "30 % of the reading before"."""
    about: str
    """For whom or for which raters it is valid."""
    source: str
    confidence: Confidence


@dataclass(frozen=True)
class JudgedChange:
    """A change between two readings, with its verdict and what the verdict stands on.

    ``change`` is after minus before in the reading's unit, None unless both are numbers.
    ``criterion`` is the figure that decided, None where nothing was judged; ``reason`` then says
    why, and is "" else.
    """

    verdict: Verdict
    comparison: Comparison
    before: Reading | None
    after: Reading
    change: Decimal | None
    criterion: Criterion | None
    reason: str
    sentence: str = ""


def amount_text(amount: Decimal, row: Row) -> str:
    """Return a change in words: "9.6°", "1.9 cm"; the points of a scale are "2 points"."""
    unit = unit_of_span(unit_of(row))
    if unit and unit != "%":
        return with_unit(amount, unit)
    return f"{number_text(amount)} point{'' if amount == 1 else 's'}"
