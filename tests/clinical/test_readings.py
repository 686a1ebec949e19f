"""What cannot be right in a reading is refused with the range and unit in the sentence."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from clinic_notes.clinical.drafts import (
    BLANK,
    Measured,
    MeasureDraft,
    PainDraft,
    RomDraft,
    StrengthDraft,
    VisitDraft,
)
from clinic_notes.clinical.findings import Level
from clinic_notes.clinical.readings import (
    check_duplicates,
    check_measure,
    check_pain,
    check_rom,
    check_strength,
)
from clinic_notes.reference.terms import Mode, ReadingState, Side, StrengthMethod
from tests.clinical.charts import CHART_A1, abouts, messages
from tests.drafts import NOT_TESTED, graded, measured

PAIN = PainDraft("now")
DORSIFLEXION = RomDraft("ankle_dorsiflexion", Side.LEFT, Mode.ACTIVE, "knee_straight")
MMT = StrengthDraft("wrist_extension", Side.RIGHT, StrengthMethod.MMT)
GRIP = MeasureDraft("grip_pain_free_kg", Side.RIGHT)

ONLY_0_TO_10 = "Pain now: 0 to 10, whole numbers."


@pytest.mark.parametrize(
    ("reading", "expected"),
    [
        pytest.param(measured(0), [], id="0"),
        pytest.param(measured(10), [], id="10"),
        pytest.param(BLANK, [], id="blank"),
        pytest.param(NOT_TESTED, [], id="not tested"),
        pytest.param(measured(11), [ONLY_0_TO_10], id="11"),
        pytest.param(measured(-1), [ONLY_0_TO_10], id="below 0"),
        pytest.param(measured("3.5"), [ONLY_0_TO_10], id="3.5"),
        pytest.param(measured("NaN"), [ONLY_0_TO_10], id="no number at all"),
        pytest.param(
            Measured(ReadingState.MEASURED),
            ["Pain now: enter the number, 0 to 10, whole numbers."],
            id="measured without a number",
        ),
        pytest.param(
            Measured(ReadingState.NOT_TESTED, Decimal(3)),
            ["Pain now: give a number, or say why there is none, not both."],
            id="not tested, with a number",
        ),
        pytest.param(
            Measured(None, Decimal(3)),
            ["Pain now: give a number, or say why there is none, not both."],
            id="a number without a state",
        ),
        pytest.param(graded("4"), ["Pain now: a grade has no place here."], id="a strength grade"),
    ],
)
def test_pain(reading: Measured, expected: list[str]) -> None:
    before = check_pain(replace(PAIN, before=reading), "pains-0")
    after = check_pain(replace(PAIN, after=reading), "pains-0")
    assert messages(before) == messages(after) == expected
    assert abouts(before) == ["pains-0-before"] * len(expected)
    assert abouts(after) == ["pains-0-after"] * len(expected)


@pytest.mark.parametrize(
    ("degrees", "expected"),
    [
        pytest.param("4", [], id="usual"),
        pytest.param("-30", [], id="the least"),
        pytest.param("31.2", [], id="the soft limit itself"),
        pytest.param(
            "32",
            [(Level.CAUTION, "Ankle dorsiflexion: 32 is more than the usual 31.2°. Is it right?")],
            id="unusual",
        ),
        pytest.param("46", [(Level.REFUSE, "Ankle dorsiflexion: −30° to 45°.")], id="too far"),  # noqa: RUF001
        pytest.param(
            "4.25",
            [(Level.REFUSE, "Ankle dorsiflexion: 1 decimal at most.")],
            id="finer than a goniometer",
        ),
    ],
)
def test_degrees(degrees: str, expected: list[tuple[Level, str]]) -> None:
    found = check_rom(replace(DORSIFLEXION, before=measured(degrees)), "roms-3")
    assert [(f.level, f.message) for f in found] == expected


def test_a_joint_limited_by_pain_may_have_a_number_or_none() -> None:
    for number in (None, Decimal(8)):
        limited = Measured(ReadingState.PAIN_LIMITED, number)
        assert check_rom(replace(DORSIFLEXION, after=limited), "roms-0") == ()


def test_a_joint_that_has_sides_is_measured_on_one_and_a_spine_on_none() -> None:
    both = replace(DORSIFLEXION, side=Side.BILATERAL, before=measured(4))
    assert messages(check_rom(both, "roms-0")) == ["Ankle dorsiflexion: choose left or right."]
    neck = RomDraft("cervical_flexion", Side.LEFT, Mode.ACTIVE, before=measured(40))
    assert abouts(check_rom(neck, "roms-0")) == ["roms-0-side"]
    assert check_rom(replace(neck, side=Side.MIDLINE), "roms-0") == ()


@pytest.mark.parametrize(
    ("method", "reading", "is_right"),
    [
        pytest.param(StrengthMethod.MMT, graded("4_minus"), True, id="a grade"),
        pytest.param(StrengthMethod.MMT, graded("6"), False, id="no such grade"),
        pytest.param(StrengthMethod.MMT, measured(4), False, id="a number by hand"),
        pytest.param(
            StrengthMethod.MMT, Measured(ReadingState.MEASURED), False, id="measured, no grade"
        ),
        pytest.param(
            StrengthMethod.MMT,
            Measured(ReadingState.NOT_TESTED, grade="4"),
            False,
            id="not tested, with a grade",
        ),
        pytest.param(StrengthMethod.MMT, NOT_TESTED, True, id="not tested"),
        pytest.param(StrengthMethod.DYNAMOMETER, measured("212.5"), True, id="newtons"),
        pytest.param(StrengthMethod.DYNAMOMETER, measured(1001), False, id="over 1000 N"),
        pytest.param(StrengthMethod.DYNAMOMETER, graded("4"), False, id="a grade on a dynamometer"),
    ],
)
def test_strength(method: StrengthMethod, reading: Measured, is_right: bool) -> None:
    found = check_strength(replace(MMT, method=method, after=reading), "strengths-0")
    assert abouts(found) == [] if is_right else ["strengths-0-after"]
    assert all(finding.level is Level.REFUSE for finding in found)


@pytest.mark.parametrize(
    ("draft", "field", "sentence"),
    [
        pytest.param(
            replace(GRIP, before=measured(101)),
            "before",
            "Pain-free grip: 0 kg to 100 kg.",
            id="too strong",
        ),
        pytest.param(
            replace(GRIP, before=measured("18.25")),
            "before",
            "Pain-free grip: 1 decimal at most.",
            id="too fine",
        ),
        pytest.param(
            replace(GRIP, side=None), "side", "Pain-free grip: choose left or right.", id="no side"
        ),
        pytest.param(
            MeasureDraft("psfs", before=measured(3)),
            "detail",
            "Patient-Specific Functional Scale (PSFS): the activity, in the patient's words.",
            id="an activity without its name",
        ),
        pytest.param(
            MeasureDraft("prtee", after=measured(101)),
            "after",
            "PRTEE (tennis elbow): 0 to 100.",
            id="a score over its maximum",
        ),
    ],
)
def test_a_measure_that_cannot_be_right(draft: MeasureDraft, field: str, sentence: str) -> None:
    (found,) = check_measure(draft, "measures-1")
    assert (found.about, found.message) == (f"measures-1-{field}", sentence)


def test_unknown_movements_and_measures_are_left_to_the_check_of_keys() -> None:
    assert check_rom(replace(DORSIFLEXION, movement="elsewhere"), "roms-0") == ()
    assert check_measure(MeasureDraft("elsewhere"), "measures-0") == ()
    assert check_strength(replace(MMT, movement="elsewhere"), "strengths-0") == ()


@pytest.mark.parametrize(
    ("rows", "field"),
    [("pains", "context"), ("roms", "movement"), ("measures", "measure")],
)
def test_the_same_row_twice_is_refused(rows: str, field: str) -> None:
    once = getattr(CHART_A1, rows)
    twice = replace(CHART_A1, **{rows: (*once, replace(once[0], before=measured(1)))})
    assert check_duplicates(CHART_A1) == ()
    assert abouts(check_duplicates(twice)) == [f"{rows}-{len(once)}-{field}"]


@pytest.mark.parametrize(
    "again", ["Stairs", "stairs.", " stairs", "\u201cstairs\u201d", "st\u00adairs"]
)
def test_one_activity_in_two_spellings_is_one_row(again: str) -> None:
    visit = VisitDraft(
        date(2026, 3, 4),
        pains=(PainDraft("movement", detail="stairs"), PainDraft("movement", detail=again)),
    )
    assert abouts(check_duplicates(visit)) == ["pains-1-context"]


def test_another_side_mode_position_or_method_is_another_row() -> None:
    visit = VisitDraft(
        date(2026, 3, 4),
        roms=(
            DORSIFLEXION,
            replace(DORSIFLEXION, side=Side.RIGHT),
            replace(DORSIFLEXION, mode=Mode.PASSIVE),
            replace(DORSIFLEXION, position="knee_bent"),
        ),
        strengths=(MMT, replace(MMT, method=StrengthMethod.DYNAMOMETER)),
    )
    assert check_duplicates(visit) == ()
    assert len(check_duplicates(replace(visit, strengths=(MMT, MMT)))) == 1
