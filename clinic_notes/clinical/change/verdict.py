"""The judgement of a change: is it beyond error, does it matter."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from clinic_notes.clinical.change.comparable import (
    direction,
    is_rating_of_change,
    why_not_comparable,
)
from clinic_notes.clinical.change.criteria import meaningful_change, measurement_error
from clinic_notes.clinical.change.model import (
    Basis,
    Comparison,
    Criterion,
    JudgedChange,
    Reading,
    Verdict,
)
from clinic_notes.clinical.change.wording import sentence
from clinic_notes.clinical.drafts import Measured, RomDraft
from clinic_notes.clinical.readings import change
from clinic_notes.reference.terms import ReadingState
from clinic_notes.reference.thresholds import ThresholdKind

NO_CHANGE = Measured(ReadingState.MEASURED, Decimal(0))

Weighed = tuple[Verdict, Criterion | None, str]
"""The verdict, the figure that decided, and why nothing was judged."""


def judge_change(
    before: Reading | None, after: Reading, comparison: Comparison, basis: Basis | None = None
) -> JudgedChange:
    """Return the change from ``before`` to ``after`` with its verdict (clinical.md 7.3, 8, 9, 10).

    A change is real where it reaches the measurement error, and matters where it is real and
    reaches the published threshold. Which way is better is the measure's own. Where nothing
    published fits the pair, nothing is judged and ``reason`` says so.
    """
    before = _start_of(before, after, comparison)
    reason = why_not_comparable(before, after, comparison)
    if reason or before is None:
        judged = JudgedChange(Verdict.NOT_COMPARABLE, comparison, before, after, None, None, reason)
    else:
        verdict, criterion, reason = _weigh_pair(before, after, comparison, basis or Basis())
        difference = change(before.value, after.value)
        judged = JudgedChange(verdict, comparison, before, after, difference, criterion, reason)
    return replace(judged, sentence=sentence(judged))


def verdict_of(
    before: Reading | None, after: Reading, comparison: Comparison, basis: Basis
) -> Verdict:
    """Return the verdict alone: figures need no sentence, which takes longer than all else."""
    before = _start_of(before, after, comparison)
    if before is None or why_not_comparable(before, after, comparison):
        return Verdict.NOT_COMPARABLE
    return _weigh_pair(before, after, comparison, basis)[0]


def _start_of(before: Reading | None, after: Reading, comparison: Comparison) -> Reading | None:
    """Return what a reading is compared with: a rating of change since the start, with none."""
    if is_rating_of_change(after.row) and comparison is Comparison.SINCE_START:
        return Reading(after.row, NO_CHANGE)
    return before


def _weigh_pair(before: Reading, after: Reading, comparison: Comparison, basis: Basis) -> Weighed:
    first, last = before.value.number, after.value.number
    if first is None or last is None:
        return Verdict.NOT_JUDGED, None, "grades are in order only; no error is published for them"
    better = direction(after.row, max(first, last))
    if better == 0:
        is_motion = isinstance(after.row, RomDraft)
        reason = (
            "past straight, more is no gain" if is_motion else "neither more nor less is better"
        )
        return Verdict.NOT_JUDGED, None, reason
    error = measurement_error(before, after, comparison, basis)
    return _weigh((last - first) * better, error, meaningful_change(after.row, first, basis))


def _weigh(gain: Decimal, error: Criterion | None, thresholds: Sequence[Criterion]) -> Weighed:
    """Judge a gain, negative where it got worse, by its error and what matters, if published."""
    if error is not None and -error.amount < gain < error.amount:
        return Verdict.WITHIN_ERROR, error, ""
    decides = error if error is not None and error.kind != ThresholdKind.SEM else None
    if decides is not None and gain < decides.amount:
        return Verdict.WORSE, decides, ""
    met = next((threshold for threshold in thresholds if gain >= threshold.amount), None)
    if met is not None:
        return Verdict.MEANINGFUL, met, ""
    least = thresholds[0] if thresholds else None
    if decides is None:
        return _without_error(gain, error, least)
    return (Verdict.REAL, decides, "") if least is None else (Verdict.SMALL, least, "")


def _without_error(gain: Decimal, sem: Criterion | None, least: Criterion | None) -> Weighed:
    if sem is not None:
        why = f"only a standard error is published: {sem.text}, {sem.source}"
        return Verdict.NOT_JUDGED, None, why
    if least is None:
        return Verdict.NOT_JUDGED, None, "no published error fits"
    if gain <= -least.amount:
        return Verdict.WORSE, least, ""
    why = f"less than {least.text}, and no published error says whether it is real"
    return Verdict.NOT_JUDGED, None, why
