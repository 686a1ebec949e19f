"""Linear and functional tests, score totals, muscle grades (clinical.md 7.4, 9, 10).

Of questionnaires only the total is recorded: the licences of most forbid shipping their wording.
"""

from dataclasses import dataclass
from enum import StrEnum

from clinic_notes.reference.catalogue import Entry, load


class Better(StrEnum):
    """Whether a higher or a lower reading is better."""

    HIGHER = "higher"
    LOWER = "lower"
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class Measure(Entry):
    """A test with one number; outside minimum and maximum it is refused."""

    group: str
    unit: str = ""
    """Empty where the number has none, such as a rating of change."""
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
        """Say whether the number is itself a change, and shown with its plus: GROC +3."""
        return self.minimum < 0 and not self.unit


@dataclass(frozen=True, kw_only=True)
class MmtGrade(Entry):
    """A grade of the manual muscle test: ordinal, a rank without a distance.

    Grades are compared, never averaged and never subtracted.
    """

    rank: int
    description: str = ""


@dataclass(frozen=True, kw_only=True)
class PatientQuestion(Entry):
    """What a patient is asked on the tablet, with its scale and what the ends of that mean."""

    low: str
    high: str
    least: int = 0
    most: int = 10


measures = load("measures", Measure)
mmt_grades = load("mmt_grades.toml", MmtGrade)
patient_questions = load("patient_questions.toml", PatientQuestion)
