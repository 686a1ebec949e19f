"""Grades of the manual muscle test (clinical.md 9)."""

from dataclasses import dataclass

from clinic_notes.reference.catalogue import Entry, load


@dataclass(frozen=True, kw_only=True)
class MmtGrade(Entry):
    """A grade of the manual muscle test: ordinal, a rank without a distance.

    Grades are compared, never averaged and never subtracted.
    """

    rank: int
    description: str = ""


mmt_grades = load("mmt_grades.toml", MmtGrade)
