"""Whole numbers as forms and addresses send them."""

import pytest

from clinic_notes.core.lookup import bounded_integer


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("12", 12), ("007", 7), ("٣", 3)])
def test_plain_digits_are_a_number(text: str, number: int) -> None:
    assert bounded_integer(text) == number


@pytest.mark.parametrize(
    "text", ["", " 1", "-1", "+1", "1.0", "1_0", "1e3", "²", "9" * 5000, str(2**31), str(2**63)]
)
def test_anything_else_is_none(text: str) -> None:
    assert bounded_integer(text) is None
