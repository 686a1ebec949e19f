"""How a before/after pair reads, and what counts as a change."""

from decimal import Decimal

import pytest

from clinic_notes.clinical.drafts import BLANK, Measured
from clinic_notes.clinical.readings import change, number_text, pair_text
from clinic_notes.clinical.wording import MINUS
from clinic_notes.reference.terms import ReadingState
from tests.drafts import NOT_APPLICABLE, NOT_TESTED, graded, measured

CM_LESS = f"39.5 cm → 38 cm ({MINUS}1.5 cm)"
LIMITED = Measured(ReadingState.PAIN_LIMITED)
LIMITED_AT_95 = Measured(ReadingState.PAIN_LIMITED, Decimal(95))


@pytest.mark.parametrize(
    ("before", "after", "unit", "text"),
    [
        pytest.param(measured(7), measured(4), "", "7 → 4 (−3)", id="pain fell"),  # noqa: RUF001
        pytest.param(measured(9), measured(11), "°", "9° → 11° (+2°)", id="degrees gained"),
        pytest.param(measured(-5), measured(-2), "°", "−5° → −2° (+3°)", id="a lag shrank"),  # noqa: RUF001
        pytest.param(measured("39.50"), measured(38), "cm", CM_LESS, id="girth"),
        pytest.param(measured(3), measured(8), "/10", "3/10 → 8/10 (+5)", id="a score out of ten"),
        pytest.param(measured(3), measured(3), "", "3 → 3 (0)", id="no change"),
        pytest.param(graded("4_minus"), graded("5"), "", "4- → 5", id="grades have no difference"),
        pytest.param(measured(6), NOT_TESTED, "", "6 → not measured", id="not measured after"),
        pytest.param(
            measured(3), NOT_APPLICABLE, "", "3 → not applicable", id="not applicable after"
        ),
        pytest.param(NOT_TESTED, BLANK, "", "not tested", id="not tested before"),
        pytest.param(NOT_TESTED, NOT_TESTED, "", "not tested", id="not tested at all"),
        pytest.param(NOT_TESTED, measured(4), "", "not tested → 4", id="tested only after"),
        pytest.param(measured(6), BLANK, "", "6", id="before only"),
        pytest.param(BLANK, measured(6), "", "not recorded → 6", id="after only"),
        pytest.param(BLANK, BLANK, "", "", id="nothing entered"),
        pytest.param(LIMITED, BLANK, "°", "limited by pain", id="limited, no number"),
        pytest.param(
            LIMITED_AT_95, measured(110), "°", "95° (limited by pain) → 110°", id="limited before"
        ),
        pytest.param(measured(0), measured(0), "", "0 → 0 (0)", id="zero is a reading"),
    ],
)
def test_a_pair_reads(before: Measured, after: Measured, unit: str, text: str) -> None:
    assert pair_text(before, after, unit) == text


@pytest.mark.parametrize(
    ("before", "after", "difference"),
    [
        pytest.param(measured(7), measured("4.5"), Decimal("-2.5"), id="after minus before"),
        pytest.param(measured(7), BLANK, None, id="no after"),
        pytest.param(LIMITED_AT_95, measured(110), None, id="pain stopped the first"),
        pytest.param(graded("4"), graded("5"), None, id="grades"),
    ],
)
def test_the_change(before: Measured, after: Measured, difference: Decimal | None) -> None:
    assert change(before, after) == difference


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("10", "10"),
        ("100.00", "100"),
        ("0.50", "0.5"),
        ("-0", "0"),
        ("-0.0", "0"),
        ("1E+2", "100"),
        ("-3.20", "−3.2"),  # noqa: RUF001
    ],
)
def test_a_number_loses_only_its_trailing_zeros(number: str, text: str) -> None:
    assert number_text(Decimal(number)) == text


@pytest.mark.parametrize(
    ("number", "read"),
    [("3", "+3"), ("-2", "\N{MINUS SIGN}2"), ("0", "0")],
    ids=["better", "worse", "no change"],
)
def test_a_rating_of_change_bears_its_sign(number: str, read: str) -> None:
    rated = Measured(ReadingState.MEASURED, Decimal(number))
    assert pair_text(rated, BLANK, signed=True) == read
