"""How far a number may go: refused outside its limits, asked again where it is unusual."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from clinic_notes.clinical.findings import Finding, Level
from clinic_notes.clinical.words import number_text, unit_of_span, with_unit


@dataclass(frozen=True)
class Limits:
    """The range a number may lie in, its unit, and how many decimals it may have."""

    least: int | Decimal
    most: int | Decimal
    unit: str = ""
    decimals: int = 2
    unusual_above: int | Decimal | None = None

    @property
    def in_words(self) -> str:
        """Return "0 to 10, whole numbers" or "0° to 45°"."""
        unit = unit_of_span(self.unit)
        ends = f"{with_unit(self.least, unit)} to {with_unit(self.most, unit)}"
        return ends if self.decimals else f"{ends}, whole numbers"


def check_number(
    number: int | Decimal, label: str, limits: Limits, about: str
) -> Iterator[Finding]:
    """Yield a refusal for a number that cannot be right, a caution for an unusual one."""
    value = Decimal(number)
    if not value.is_finite() or not limits.least <= value <= limits.most:
        yield Finding(Level.REFUSE, f"{label}: {limits.in_words}.", about)
    elif value != round(value, limits.decimals):
        places = f"{limits.decimals} decimal{'s' if limits.decimals > 1 else ''} at most"
        asked = places if limits.decimals else limits.in_words
        yield Finding(Level.REFUSE, f"{label}: {asked}.", about)
    elif limits.unusual_above is not None and value > limits.unusual_above:
        usual = with_unit(limits.unusual_above, limits.unit)
        yield Finding(
            Level.CAUTION,
            f"{label}: {number_text(value)} is more than the usual {usual}. Is it right?",
            about,
        )
