"""How far a joint moves, first to latest."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from clinic_notes.clinical.drafts import Measured, RomDraft
from clinic_notes.progress.rom_trend import rom_trends
from clinic_notes.reference.terms import Mode, ReadingState, Side

MARCH, APRIL = date(2026, 3, 4), date(2026, 4, 4)


def found(number: int, state: ReadingState = ReadingState.MEASURED) -> Measured:
    return Measured(state, Decimal(number))


FIRST = RomDraft(
    "ankle_dorsiflexion", Side.LEFT, Mode.ACTIVE, "knee_straight", "goniometer", found(4), found(9)
)


def test_first_and_latest_are_what_was_found_before_treatment() -> None:
    (row,) = rom_trends([(MARCH, FIRST), (APRIL, replace(FIRST, before=found(11)))])
    assert row.label == "Ankle dorsiflexion, left"
    assert row.how == "active, knee straight, goniometer"
    assert (row.first, row.latest, row.change) == ("4°", "11°", "+7°")
    assert (row.first_on, row.latest_on) == (MARCH, APRIL)


def test_what_was_measured_otherwise_is_not_compared() -> None:
    others = [
        replace(FIRST, side=Side.RIGHT),
        replace(FIRST, mode=Mode.PASSIVE),
        replace(FIRST, position="knee_bent"),
        replace(FIRST, device="inclinometer"),
    ]
    rows = rom_trends([(MARCH, FIRST), *((APRIL, other) for other in others)])
    assert [row.times for row in rows] == [1, 1, 1, 1, 1]


def test_a_reading_stopped_by_pain_has_no_difference() -> None:
    limited = replace(FIRST, before=found(6, ReadingState.PAIN_LIMITED))
    (row,) = rom_trends([(MARCH, FIRST), (APRIL, limited)])
    assert (row.latest, row.change) == ("6° (limited by pain)", "")


def test_a_session_that_did_not_measure_it_is_passed_over() -> None:
    (row,) = rom_trends([(MARCH, FIRST), (APRIL, replace(FIRST, before=Measured()))])
    assert row.times == 1
