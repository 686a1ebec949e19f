"""The change from before to after, and a pair of readings in words."""

from decimal import Decimal

from clinic_notes.clinical.drafts import Measured, MeasureDraft, RomDraft, StrengthDraft
from clinic_notes.clinical.wording import ARROW, unit_of_span, with_unit
from clinic_notes.reference.measures import measures, mmt_grades
from clinic_notes.reference.terms import ReadingState, StrengthMethod

_IN_WORDS = {
    ReadingState.NOT_TESTED: "not tested",
    ReadingState.NOT_APPLICABLE: "not applicable",
}


def unit_of(row: object) -> str:
    """Return the unit of a row's numbers: "°", "N", "cm", "/10"; "" for pain and grades."""
    match row:
        case RomDraft():
            return "°"
        case StrengthDraft(method=StrengthMethod.DYNAMOMETER):
            return "N"
        case MeasureDraft() if row.measure in measures:
            return measures[row.measure].unit
        case _:
            return ""


def change(before: Measured, after: Measured) -> Decimal | None:
    """Return after minus before, signed, in the reading's unit; None unless both are measured.

    MMT grades are ordinal: they have no difference.
    """
    both_measured = before.state is after.state is ReadingState.MEASURED
    if not both_measured or before.number is None or after.number is None:
        return None
    return after.number - before.number


def reading_text(reading: Measured, unit: str = "", *, signed: bool = False) -> str:
    """Return one end as it was entered: a number with its unit, a grade, or why there is none.

    Blank is "", and a reading limited by pain says so. ``signed`` adds a plus to a rise.
    """
    if reading.state is None:
        return ""
    if reading.state in _IN_WORDS:
        return _IN_WORDS[reading.state]
    figure = (
        mmt_grades.label(reading.grade)
        if reading.number is None
        else ("+" if signed and reading.number > 0 else "") + with_unit(reading.number, unit)
    )
    if reading.state is ReadingState.MEASURED:
        return figure
    return f"{figure} (limited by pain)" if figure else "limited by pain"


def marked_text(text: str, *, is_corrected: bool, by_patient: bool = False) -> str:
    """Return a reading with its mark, "6 (corrected)" by an addendum, "6 (patient)" their own."""
    if not is_corrected:
        return f"{text} (patient)" if by_patient else text
    return f"{text} (corrected)" if text else "withdrawn"


def pair_text(before: Measured, after: Measured, unit: str = "", *, signed: bool = False) -> str:
    """Return a pair on one line, with the signed change where both ends are measured.

    With only a reading before, that one; with only one after, "not recorded → 4"; with none, "".
    """
    if after.is_blank:
        return reading_text(before, unit, signed=signed)
    if before.is_blank:
        return f"not recorded {ARROW} {reading_text(after, unit, signed=signed)}"
    end = reading_text(after, unit, signed=signed)
    if after.state is ReadingState.NOT_TESTED:
        if before.state is ReadingState.NOT_TESTED:
            return end
        end = "not measured"
    start = reading_text(before, unit, signed=signed)
    return f"{start} {ARROW} {end}{change_text(before, after, unit)}"


def change_text(before: Measured, after: Measured, unit: str = "") -> str:
    """Return the change in brackets after a space; "" where either end is not measured."""
    difference = change(before, after)
    if difference is None:
        return ""
    plus = "+" if difference > 0 else ""
    return f" ({plus}{with_unit(difference, unit_of_span(unit))})"
