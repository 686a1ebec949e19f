"""Linear and functional tests, and scores entered as totals (clinical.md 7.4, 9 and 10).

Of questionnaires only the total is kept: the wording of most of them may not be shipped.
"""

from dataclasses import dataclass
from enum import StrEnum

from clinic_notes.reference.catalogue import Entry, load


class Better(StrEnum):
    """Which way a reading has to go to be better."""

    HIGHER = "higher"
    LOWER = "lower"
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class Measure(Entry):
    """A test with one number; outside minimum and maximum an entry is refused."""

    group: str
    unit: str = ""
    """Empty where the number stands alone, as a rating of change does."""
    minimum: int
    maximum: int
    decimals: int
    sided: bool
    better: Better
    needs_detail: bool = False
    detail_prompt: str = ""
    sign_convention: str = ""

    @property
    def is_change(self) -> bool:
        """Say whether the number is itself a change, so that a plus belongs to it: GROC +3."""
        return self.minimum < 0 and not self.unit


measures = load("measures", Measure)
