"""Whole numbers as forms and addresses send them."""

LARGEST = 2**31 - 1
"""PostgreSQL's integers end here; a number beyond it is no record's."""


def bounded_integer(text: str) -> int | None:
    """Return the number from 0 to `LARGEST` that a text spells in plain digits, else None."""
    # isdecimal is true of other scripts' digits, which int reads; of "²", which it does not, false.
    if not text.isdecimal() or len(text) > 10:
        return None
    number = int(text)
    return number if number <= LARGEST else None
