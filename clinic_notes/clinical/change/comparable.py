"""Why two readings may not be compared, and which way is better."""

from decimal import Decimal

from clinic_notes.clinical.change.model import Comparison, Reading, Row
from clinic_notes.clinical.drafts import Measured, MeasureDraft, PainDraft, RomDraft
from clinic_notes.clinical.readings import WHAT_IS_MEASURED, same_measure
from clinic_notes.reference.measures import Better, measures
from clinic_notes.reference.movements import movements
from clinic_notes.reference.terms import ReadingState

_DIFFERS = {
    "context": "pain in another situation",
    "detail": "another activity, point or situation",
    "movement": "another movement",
    "side": "the other side",
    "mode": "active once, passive once",
    "position": "another joint position",
    "device": "another device",
    "method": "by hand once, with a dynamometer once",
    "measure": "another test",
}


def identity(row: Row) -> tuple[str, ...]:
    """Return what a row measures; two rows with the same identity form one series."""
    parts = (same_measure(part, getattr(row, part)) for part in WHAT_IS_MEASURED[type(row)])
    return (type(row).__name__, *parts)


def has_value(value: Measured) -> bool:
    """Say whether a number or a grade was entered, be it one limited by pain."""
    return value.number is not None or value.grade != ""


def is_rating_of_change(row: Row) -> bool:
    """Say whether a row's number is itself a change, so that it is read alone: GROC +3."""
    return (
        isinstance(row, MeasureDraft)
        and row.measure in measures
        and measures[row.measure].is_change
    )


def why_not_comparable(before: Reading | None, after: Reading, comparison: Comparison) -> str:
    """Return why the two readings may not be compared; "" where they may."""
    if is_rating_of_change(after.row) and comparison is not Comparison.SINCE_START:
        return "each rating is itself the change since the start"
    if before is None:
        return "one reading only"
    if type(before.row) is not type(after.row):
        return "another kind of reading"
    device = ("device",) if isinstance(after.row, RomDraft) else ()
    for part in (*WHAT_IS_MEASURED[type(after.row)], *device):
        one, other = getattr(before.row, part), getattr(after.row, part)
        if same_measure(part, one) != same_measure(part, other):
            return _DIFFERS[part]
    states = {before.value.state, after.value.state}
    if ReadingState.PAIN_LIMITED in states:
        return "a reading was limited by pain"
    if not (has_value(before.value) and has_value(after.value)):
        return "not measured both times"
    return ""


def direction(row: Row, most: Decimal) -> int:
    """Return 1 where a larger number is better, -1 where a smaller one is, 0 where neither.

    ``most`` is the larger of the two readings. More motion is better, except past straight:
    hyperextension is no gain.
    """
    match row:
        case PainDraft():
            return -1
        case MeasureDraft():
            better = measures[row.measure].better if row.measure in measures else Better.NONE
            return {Better.HIGHER: 1, Better.LOWER: -1, Better.NONE: 0}[better]
        case RomDraft() if row.movement in movements:
            movement = movements[row.movement]
            if "hyperextension" in movement.sign_convention:
                normal = max(norm.high for norm in movement.norms)
                return 0 if most > normal else 1
    return 1
