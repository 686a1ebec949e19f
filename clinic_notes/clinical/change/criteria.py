"""Which published figure judges a pair of readings."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from clinic_notes.clinical.change.model import (
    Basis,
    Comparison,
    Criterion,
    Reading,
    Row,
    amount_text,
)
from clinic_notes.clinical.drafts import MeasureDraft, PainDraft, RomDraft, StrengthDraft
from clinic_notes.clinical.wording import joined, number_text
from clinic_notes.reference.movements import MeasurementError, Raters, errors
from clinic_notes.reference.terms import StrengthMethod
from clinic_notes.reference.thresholds import Threshold, ThresholdKind, thresholds

_OF_BEFORE = " % of the reading before"
_RATERS = {Raters.SAME: "one rater", Raters.DIFFERENT: "two raters", Raters.ANY: ""}


def measurement_error(
    before: Reading, after: Reading, comparison: Comparison, basis: Basis
) -> Criterion | None:
    """Return the error between two comparable readings; None where none was published for them.

    Of several the largest is used, one for the device before one for any.
    """
    row, number = after.row, before.value.number or Decimal(0)
    error = _study(before, after, comparison, basis)
    if error is None:
        found = _threshold(row, (ThresholdKind.MDC, ThresholdKind.SEM), number, basis)
        return next(_applied(found, row, number), None)
    if error.is_percent and number == 0:
        return None
    about = joined(
        _RATERS[error.raters], "by rule of thumb, no study" if error.is_rule_of_thumb else ""
    )
    return Criterion(
        error.key,
        error.figure,
        error.high * number / 100 if error.is_percent else error.high,
        number_text(error.high) + _OF_BEFORE if error.is_percent else amount_text(error.high, row),
        about or error.population,
        error.source,
        error.confidence,
    )


def meaningful_change(row: Row, number: Decimal, basis: Basis) -> tuple[Criterion, ...]:
    """Return the changes that matter to a patient: points first, then percent, either will do.

    ``number`` is the reading before. There is none where nothing was published for the measure.
    """
    return tuple(_applied(_threshold(row, (ThresholdKind.MCID,), number, basis), row, number))


def _study(
    before: Reading, after: Reading, comparison: Comparison, basis: Basis
) -> MeasurementError | None:
    is_one_session = comparison is Comparison.WITHIN_SESSION
    is_same = is_one_session or (before.rater is not None and before.rater == after.rater)
    raters = Raters.SAME if is_same else Raters.DIFFERENT
    usable = [
        error
        for error in errors
        if error.raters in (raters, Raters.ANY) and (is_one_session or not error.within_session)
    ]
    row = after.row
    studies = [error for error in usable if _is_about(error, row)]
    if not studies:
        studies = [e for e in usable if e.is_rule_of_thumb and e.unit == _unit_of_error(row)]
    # A device that was not recorded may be any of those studied.
    device = row.device if isinstance(row, RomDraft) else ""
    fitting = [e for e in studies if not device or e.device in ("", device)]
    return max(
        fitting,
        key=lambda e: (e.key in basis.chosen, e.within_session, bool(device and e.device), e.high),
        default=None,
    )


def _is_about(error: MeasurementError, row: Row) -> bool:
    match row:
        case MeasureDraft():
            return row.measure in error.measures
        case RomDraft() | StrengthDraft():
            return row.movement in error.movements and error.unit == _unit_of_error(row)
        case _:
            return False


def _unit_of_error(row: Row) -> str:
    if isinstance(row, RomDraft):
        return "degrees"
    is_force = isinstance(row, StrengthDraft) and row.method is StrengthMethod.DYNAMOMETER
    return "N" if is_force else ""


def _threshold(
    row: Row, kinds: Iterable[ThresholdKind], number: Decimal, basis: Basis
) -> Threshold | None:
    match row:
        case PainDraft():
            scale = "nprs"
        case MeasureDraft():
            scale = row.measure
        case _:
            return None
    fitting = (t for t in thresholds if t.scale == scale and t.kind in kinds and _fits(t, number))
    return min(
        fitting,
        key=lambda t: (t.key not in basis.chosen, basis.region not in t.regions),
        default=None,
    )


def _fits(threshold: Threshold, number: Decimal) -> bool:
    low, high = threshold.baseline_low, threshold.baseline_high
    return (
        (threshold.points is not None or threshold.percent is not None)
        and (low is None or number >= low)
        and (high is None or number <= high)
    )


def _applied(threshold: Threshold | None, row: Row, number: Decimal) -> Iterator[Criterion]:
    """Yield the points and the percentage, of a published range the higher end."""
    if threshold is None:
        return
    points = threshold.points_high or threshold.points
    if points is not None:
        yield _criterion(threshold, points, amount_text(points, row))
    percent = threshold.percent_high or threshold.percent
    if percent is not None and number >= threshold.percent_from:
        yield _criterion(threshold, percent * number / 100, number_text(percent) + _OF_BEFORE)


def _criterion(threshold: Threshold, amount: Decimal, text: str) -> Criterion:
    return Criterion(
        threshold.key,
        threshold.kind,
        amount,
        text,
        threshold.population,
        threshold.source,
        threshold.confidence,
    )
