"""Pairs of readings for the tests of judged changes."""

from collections.abc import Iterable

from clinic_notes.clinical.change import (
    Basis,
    Comparison,
    Criterion,
    JudgedChange,
    Reading,
    Verdict,
    judge_change,
)
from clinic_notes.clinical.drafts import MeasureDraft, PainDraft, RomDraft, StrengthDraft
from clinic_notes.reference.measures import measures
from clinic_notes.reference.terms import Mode, Side, StrengthMethod
from tests.drafts import graded, measured

Number = int | str
Pair = tuple[Reading, Reading]
Raters = tuple[int | None, int | None]

ONE: Raters = (1, 1)
TWO: Raters = (1, 2)
START = Comparison.SINCE_START
SESSION = Comparison.WITHIN_SESSION
LAST = Comparison.SINCE_LAST

MEANINGFUL = Verdict.MEANINGFUL
SMALL = Verdict.SMALL
REAL = Verdict.REAL
WITHIN = Verdict.WITHIN_ERROR
WORSE = Verdict.WORSE
NOT_JUDGED = Verdict.NOT_JUDGED
NOT_COMPARABLE = Verdict.NOT_COMPARABLE


def pain(before: Number, after: Number, context: str = "worst_24h") -> Pair:
    row = PainDraft(context)
    return Reading(row, measured(before)), Reading(row, measured(after))


def rom(
    movement: str, before: Number, after: Number, raters: Raters = ONE, device: str = "goniometer"
) -> Pair:
    row = RomDraft(movement, Side.LEFT, Mode.ACTIVE, device=device)
    return Reading(row, measured(before), raters[0]), Reading(row, measured(after), raters[1])


def force(movement: str, before: Number, after: Number, raters: Raters = ONE) -> Pair:
    row = StrengthDraft(movement, Side.RIGHT, StrengthMethod.DYNAMOMETER)
    return Reading(row, measured(before), raters[0]), Reading(row, measured(after), raters[1])


def grade(before: str, after: str, raters: Raters = ONE) -> Pair:
    row = StrengthDraft("wrist_extension", Side.RIGHT, StrengthMethod.MMT)
    return Reading(row, graded(before), raters[0]), Reading(row, graded(after), raters[1])


def score(measure: str, before: Number, after: Number, raters: Raters = ONE) -> Pair:
    row = MeasureDraft(measure, Side.RIGHT if measures[measure].sided else None)
    return Reading(row, measured(before), raters[0]), Reading(row, measured(after), raters[1])


def judged(
    pair: Pair,
    comparison: Comparison = START,
    region: str = "",
    chosen: Iterable[str] = (),
) -> JudgedChange:
    return judge_change(*pair, comparison, Basis(region, frozenset(chosen)))


def figure(change: JudgedChange) -> str:
    """Return the figure that decided, as published; "" where none did."""
    return change.criterion.text if change.criterion else ""


def criterion(change: JudgedChange) -> Criterion:
    assert change.criterion is not None
    return change.criterion


def assert_judged(change: JudgedChange, verdict: Verdict, text: str, source: str) -> None:
    """Check the verdict, the figure that decided, and its source; "" for nothing judged."""
    assert (change.verdict, figure(change)) == (verdict, text)
    if not source:
        assert change.criterion is None
        assert change.reason
        return
    assert source in criterion(change).source
    assert change.reason == ""
