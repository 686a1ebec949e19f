"""15-minute units of the timed billing codes (clinical.md 12.3).

Only the arithmetic is here: which codes a payer accepts is the clinic's decision.
"""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum


class PayerRule(StrEnum):
    """How a payer counts minutes: CMS adds all timed codes up, AMA counts each code alone."""

    CMS = "cms"
    AMA = "ama"


def timed_units(minutes: int | Decimal) -> int:
    """Return the units of these timed minutes: 8 to 22 are 1, 23 to 37 are 2, and so on."""
    return int(max(0, minutes + 7) // 15)


def units_by_code(
    minutes_by_code: Mapping[str, int] | Mapping[str, Decimal], rule: PayerRule
) -> dict[str, int]:
    """Return the units of each timed code of one day.

    CMS: the minutes of all codes together give the total; every whole quarter of an hour
    counts for its own code, and what remains goes to the largest remainders. Equal
    remainders go to the code with more minutes. AMA ("midpoint"): each code needs 8 minutes itself.
    """
    if rule is PayerRule.AMA:
        return {code: timed_units(minutes) for code, minutes in minutes_by_code.items()}
    units = {code: int(minutes // 15) for code, minutes in minutes_by_code.items()}
    left = timed_units(sum(minutes_by_code.values())) - sum(units.values())
    by_remainder = sorted(
        minutes_by_code,
        key=lambda code: (minutes_by_code[code] % 15, minutes_by_code[code]),
        reverse=True,
    )
    for code in by_remainder[:left]:
        units[code] += 1
    return units
