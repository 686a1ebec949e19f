"""How far a number may go: refused outside its limits, asked again where it is unusual.

Each sentence is made here and nowhere else: a rule says it, and a page that checks a field as
the hand leaves it shows the same one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from clinic_notes.clinical.findings import Finding, Level
from clinic_notes.clinical.wording import number_text, unit_of_span, with_unit


@dataclass(frozen=True)
class Limits:
    """What a number is called, the range it may lie in, its unit, how many decimals it may have."""

    label: str
    least: int | Decimal
    most: int | Decimal
    unit: str = ""
    decimals: int = 2
    unusual_above: int | Decimal | None = None
    is_more_than_least: bool = False
    """Whether the lower end itself is already too little, as no minutes at all are."""

    @property
    def in_words(self) -> str:
        """Return "0 to 10, whole numbers", "0° to 45°" or "more than 0 min, up to 120 min"."""
        unit = unit_of_span(self.unit)
        low, high = with_unit(self.least, unit), with_unit(self.most, unit)
        ends = f"more than {low}, up to {high}" if self.is_more_than_least else f"{low} to {high}"
        return ends if self.decimals else f"{ends}, whole numbers"

    @property
    def outside(self) -> str:
        """Return what is said of a number beyond either end."""
        return f"{self.label}: {self.in_words}."

    @property
    def too_fine(self) -> str:
        """Return what is said of a number with too many decimals."""
        places = f"{self.decimals} decimal{'s' if self.decimals > 1 else ''} at most"
        return f"{self.label}: {places if self.decimals else self.in_words}."

    def unusual(self, number: str) -> str:
        """Return what is asked about a number, as it reads, that is possible and rare; or ""."""
        if self.unusual_above is None:
            return ""
        usual = with_unit(self.unusual_above, self.unit)
        return f"{self.label}: {number} is more than the usual {usual}. Is it right?"

    def allows(self, number: Decimal) -> bool:
        """Say whether a number lies between the ends."""
        if not number.is_finite() or (self.is_more_than_least and number == self.least):
            return False
        return self.least <= number <= self.most


def check_number(number: int | Decimal, limits: Limits, about: str) -> Iterator[Finding]:
    """Yield a refusal for a number that cannot be right, a caution for an unusual one."""
    value = Decimal(number)
    if not limits.allows(value):
        yield Finding(Level.REFUSE, limits.outside, about)
    elif value != round(value, limits.decimals):
        yield Finding(Level.REFUSE, limits.too_fine, about)
    elif limits.unusual_above is not None and value > limits.unusual_above:
        yield Finding(Level.CAUTION, limits.unusual(number_text(value)), about)
