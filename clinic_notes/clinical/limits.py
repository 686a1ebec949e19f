"""Limits of a number: refused outside, a caution where unusual.

Each sentence is made here only, so that the page that checks a field on leaving it shows the
same one as the rule.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from clinic_notes.clinical.findings import Finding, Level
from clinic_notes.clinical.wording import number_text, unit_of_span, with_unit


@dataclass(frozen=True)
class Limits:
    """A number's label, range, unit and decimals."""

    label: str
    least: int | Decimal
    most: int | Decimal
    unit: str = ""
    decimals: int = 2
    unusual_above: int | Decimal | None = None
    is_more_than_least: bool = False
    """Whether the lower end itself is refused: 0 minutes are no treatment."""

    @property
    def in_words(self) -> str:
        """Return "0 to 10, whole numbers", "0° to 45°" or "more than 0 min, up to 120 min"."""
        unit = unit_of_span(self.unit)
        low, high = with_unit(self.least, unit), with_unit(self.most, unit)
        ends = f"more than {low}, up to {high}" if self.is_more_than_least else f"{low} to {high}"
        return ends if self.decimals else f"{ends}, whole numbers"

    @property
    def outside(self) -> str:
        """Return the message for a number outside the range."""
        return f"{self.label}: {self.in_words}."

    @property
    def too_fine(self) -> str:
        """Return the message for a number with too many decimals."""
        most = f"{self.decimals} decimal{'s' if self.decimals > 1 else ''} at most"
        return f"{self.label}: {most if self.decimals else self.in_words}."

    def unusual(self, number: str) -> str:
        """Return the question about a number that is possible but rare; "" without such a limit.

        ``number`` is the number as text.
        """
        if self.unusual_above is None:
            return ""
        usual = with_unit(self.unusual_above, self.unit)
        return f"{self.label}: {number} is more than the usual {usual}. Is it right?"

    def allows(self, number: Decimal) -> bool:
        """Say whether a number is in the range."""
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
