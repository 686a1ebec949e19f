"""Whole numbers as forms and addresses send them."""

LARGEST = 2**31 - 1
"""PostgreSQL's integers end here: no record has a higher number."""


def bounded_integer(text: str) -> int | None:
    """Return the number from 0 to `LARGEST` that a text spells in digits alone, else None."""
    # "²" is no decimal; the digits of other scripts are, and int reads them.
    if not text.isdecimal() or len(text) > len(str(LARGEST)):
        return None
    number = int(text)
    return number if number <= LARGEST else None
