"""Readings before and after treatment: checks, changes, and pairs in words."""

from clinic_notes.clinical.readings.checks import (
    NPRS,
    WHAT_IS_MEASURED,
    check_duplicates,
    check_measure,
    check_pain,
    check_rom,
    check_strength,
    measure_limits,
    rom_limits,
    same_measure,
    strength_limits,
)
from clinic_notes.clinical.readings.pairs import (
    change,
    change_text,
    marked_text,
    pair_text,
    reading_text,
    unit_of,
)
from clinic_notes.clinical.wording import number_text

__all__ = [
    "NPRS",
    "WHAT_IS_MEASURED",
    "change",
    "change_text",
    "check_duplicates",
    "check_measure",
    "check_pain",
    "check_rom",
    "check_strength",
    "marked_text",
    "measure_limits",
    "number_text",
    "pair_text",
    "reading_text",
    "rom_limits",
    "same_measure",
    "strength_limits",
    "unit_of",
]
