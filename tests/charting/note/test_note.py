"""Every value of a session as the note says it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from clinic_notes.charting.note.content import note_of
from clinic_notes.clinical.drafts import (
    BLANK,
    EffectDraft,
    InterventionDraft,
    Measured,
    MeasureDraft,
    PainDraft,
    RomDraft,
    StrengthDraft,
    VisitDraft,
)
from clinic_notes.clinical.summary import Names
from clinic_notes.clinical.wording import MINUS
from clinic_notes.reference.terms import Mode, ReadingState, Side, StrengthMethod
from tests.drafts import ASKED, measured, yesterday
from tests.full_session import full_draft

NAMES = Names(instruments={1: "GT5 · steel"}, lubricants={2: "Petroleum jelly"})
EMPTY = VisitDraft(served_on=yesterday())
NOT_TESTED = Measured(ReadingState.NOT_TESTED)
LIMITED = Measured(ReadingState.PAIN_LIMITED, Decimal(80))


def grade(key: str) -> Measured:
    return Measured(ReadingState.MEASURED, grade=key)


def pain(before, after=BLANK):
    return {"pains": (PainDraft("now", before=before, after=after),)}


def rom(before, after=BLANK):
    row = RomDraft("elbow_extension", Side.RIGHT, Mode.ACTIVE, before=before, after=after)
    return {"roms": (row,)}


def strength(method, before, after=BLANK):
    return {"strengths": (StrengthDraft("wrist_extension", Side.RIGHT, method, before, after),)}


def measure(key, before, after=BLANK, **more):
    return {"measures": (MeasureDraft(key, before=before, after=after, **more),)}


MMT, NEWTONS = StrengthMethod.MMT, StrengthMethod.DYNAMOMETER
LINES = {
    "pain less": (pain(measured(7), measured(4)), f"7 → 4 ({MINUS}3)"),
    "pain more": (pain(measured(0), measured(2)), "0 → 2 (+2)"),
    "pain the same": (pain(measured(5), measured(5)), "5 → 5 (0)"),
    "pain before only": (pain(measured(7)), "7"),
    "pain after only": (pain(BLANK, measured(3)), "not recorded → 3"),
    "pain not taken afterwards": (pain(measured(7), NOT_TESTED), "7 → not measured"),
    "pain never taken": (pain(NOT_TESTED, NOT_TESTED), "not tested"),
    "does not apply afterwards": (
        pain(measured(7), Measured(ReadingState.NOT_APPLICABLE)), "7 → not applicable",
    ),
    "degrees, lacking some": (rom(measured(-5), measured(0)), f"{MINUS}5° → 0° (+5°)"),
    "half degrees": (rom(measured("4.5"), measured(9)), "4.5° → 9° (+4.5°)"),
    "degrees stopped by pain": (
        rom(LIMITED, measured(95)), "80° (limited by pain) → 95°",
    ),
    "a grade has no difference": (strength(MMT, grade("4_minus"), grade("4")), "4- → 4"),
    "newtons": (strength(NEWTONS, measured("210.5"), measured(240)), "210.5 N → 240 N (+29.5 N)"),
    "kilograms": (
        measure("grip_pain_free_kg", measured(18), measured(26), side=Side.RIGHT),
        "18 kg → 26 kg (+8 kg)",
    ),
    "centimetres": (
        measure("girth_cm", measured("36.8"), side=Side.LEFT, detail="calf"), "36.8 cm",
    ),
    "a score out of ten": (
        measure("psfs", measured(3), measured(8), detail="stand"), "3/10 → 8/10 (+5)",
    ),
    "a change on a scale around zero": (measure("groc", measured(-3)), f"{MINUS}3"),
}  # fmt: skip


@pytest.mark.parametrize(("values", "line"), LINES.values(), ids=LINES)
def test_a_pair_reads_as(values, line):
    ((_, (row,)),) = note_of(replace(EMPTY, **values), NAMES).pairs
    assert row.line == line


def test_a_row_nobody_filled_in_is_not_part_of_the_note():
    assert note_of(replace(EMPTY, **pain(BLANK)), NAMES).pairs == ()


def test_a_movement_says_side_mode_position_and_device():
    row = RomDraft(
        "ankle_dorsiflexion", Side.LEFT, Mode.ACTIVE, "knee_straight", "goniometer", measured(4)
    )
    ((_, (pair,)),) = note_of(replace(EMPTY, roms=(row,)), NAMES).pairs
    assert pair.label.endswith(", left")
    assert pair.how == "active, knee straight, goniometer"


def test_the_full_session_stands_on_the_note_row_by_row():
    draft = full_draft(1, 2, measured_by_id=3)
    note = note_of(draft, NAMES)
    assert {title: len(rows) for title, rows in note.pairs} == {
        "Pain, 0 to 10": 5,
        "Range of motion": 19,  # One row of the grid was left blank.
        "Strength": 3,
        "Tests and scores": 4,
    }
    assert len(note.treated) == 8
    assert len(note.yes) == 3
    assert [len(group.labels) for group in note.no] == [len(ASKED) - 3]
    facts = dict(note.treated[3].facts)
    assert facts["Force"] == "4.25 N, measured"
    assert facts["Angle"] == "33°"
    assert facts["Time"] == "5.5 min"
    assert facts["Discomfort"] == "3 of 10"
    assert facts["Remark"] == "over the musculotendinous junction"
    assert facts["Lubricant"] == "Petroleum jelly"
    assert "Force" not in dict(note.treated[0].facts)
    assert dict(note.treated[0].facts)["Discomfort"] == "0 of 10"


def test_minutes_come_with_their_units():
    note = note_of(replace(EMPTY, timed_minutes=24, total_minutes=40), NAMES)
    assert note.minutes == "Timed 24 min, total 40 min; 2 units (CMS)"


def test_what_else_was_done_and_what_it_did():
    note = note_of(
        replace(
            EMPTY,
            interventions=(InterventionDraft("stretch", "3 x 30 s", Decimal("2.5")),),
            effects=(EffectDraft("erythema", grade=0),),
        ),
        NAMES,
    )
    assert note.also[0].endswith(": 3 x 30 s, 2.5 min")
    assert "grade 0" in note.effects[0]
