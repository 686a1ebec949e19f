"""Which two readings may not be compared, and the reason given."""

from dataclasses import replace

import pytest

from clinic_notes.clinical.change import Reading
from clinic_notes.clinical.drafts import (
    BLANK,
    Measured,
    MeasureDraft,
    PainDraft,
    RomDraft,
    StrengthDraft,
)
from clinic_notes.reference.terms import Mode, ReadingState, Side, StrengthMethod
from tests.clinical.change.pairs import (
    NOT_COMPARABLE,
    SESSION,
    START,
    WITHIN,
    judged,
    pain,
    rom,
    score,
)
from tests.drafts import NOT_APPLICABLE, NOT_TESTED, graded, measured

LUNGE = RomDraft("ankle_dorsiflexion", Side.LEFT, Mode.ACTIVE, "knee_straight", "goniometer")
FORCE = StrengthDraft("wrist_extension", Side.LEFT, StrengthMethod.DYNAMOMETER)
STAND = MeasureDraft("psfs", detail="Stand a 12-hour shift")
GRIP = PainDraft("movement", "gripping")
LIMITED = Measured(ReadingState.PAIN_LIMITED, measured(9).number)


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        pytest.param(
            LUNGE, replace(LUNGE, device="inclinometer"), "another device", id="other device"
        ),
        pytest.param(
            LUNGE, replace(LUNGE, device=""), "another device", id="device recorded once only"
        ),
        pytest.param(
            LUNGE, replace(LUNGE, position="knee_bent"), "another joint position", id="knee bent"
        ),
        pytest.param(
            LUNGE, replace(LUNGE, mode=Mode.PASSIVE), "active once, passive once", id="passive"
        ),
        pytest.param(LUNGE, replace(LUNGE, side=Side.RIGHT), "the other side", id="right foot"),
        pytest.param(
            LUNGE, replace(LUNGE, movement="knee_flexion"), "another movement", id="another joint"
        ),
        pytest.param(
            FORCE,
            replace(FORCE, method=StrengthMethod.MMT),
            "by hand once, with a dynamometer once",
            id="by hand",
        ),
        pytest.param(
            STAND,
            replace(STAND, detail="Climb stairs"),
            "another activity, point or situation",
            id="another activity",
        ),
        pytest.param(STAND, replace(STAND, measure="lefs"), "another test", id="another score"),
        pytest.param(
            GRIP,
            replace(GRIP, detail="lifting"),
            "another activity, point or situation",
            id="another movement hurts",
        ),
        pytest.param(
            GRIP, PainDraft("rest", "gripping"), "pain in another situation", id="at rest"
        ),
        pytest.param(GRIP, STAND, "another kind of reading", id="pain and function"),
    ],
)
def test_what_differs_is_named(before, after, reason: str) -> None:
    change = judged((Reading(before, measured(4)), Reading(after, measured(9))))
    assert (change.verdict, change.reason) == (NOT_COMPARABLE, reason)
    assert change.change is None
    assert change.criterion is None


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        pytest.param(NOT_TESTED, measured(9), "not measured both times", id="not tested before"),
        pytest.param(measured(4), NOT_TESTED, "not measured both times", id="not tested after"),
        pytest.param(measured(4), NOT_APPLICABLE, "not measured both times", id="not applicable"),
        pytest.param(measured(4), BLANK, "not measured both times", id="nothing entered"),
        pytest.param(BLANK, BLANK, "not measured both times", id="nothing at all"),
        pytest.param(
            LIMITED, measured(9), "a reading was limited by pain", id="pain stopped the first"
        ),
        pytest.param(
            measured(4), LIMITED, "a reading was limited by pain", id="pain stopped the last"
        ),
        pytest.param(LIMITED, LIMITED, "a reading was limited by pain", id="pain stopped both"),
    ],
)
def test_both_ends_have_to_be_measured(before: Measured, after: Measured, reason: str) -> None:
    change = judged((Reading(LUNGE, before, 1), Reading(LUNGE, after, 1)))
    assert (change.verdict, change.reason) == (NOT_COMPARABLE, reason)


@pytest.mark.parametrize(
    "pair",
    [pain(5, 5), rom("wrist_flexion", 5, 5), score("lefs", 5, 5)],
    ids=["pain", "motion", "score"],
)
def test_a_single_reading_is_no_change(pair) -> None:
    change = judged((None, pair[1]))
    assert (change.verdict, change.reason) == (NOT_COMPARABLE, "one reading only")
    assert change.change is None


def test_spelling_of_the_same_activity_does_not_matter() -> None:
    same = replace(STAND, detail=" stand a 12-hour SHIFT ")
    assert judged((Reading(STAND, measured(4)), Reading(same, measured(5)))).verdict is WITHIN


def test_an_unsided_score_compares_with_itself() -> None:
    assert judged(score("lefs", 40, 41)).verdict is WITHIN


def test_a_rating_that_was_not_given_is_no_rating_of_0() -> None:
    change = judged((None, Reading(MeasureDraft("groc"), NOT_TESTED)))
    assert (change.verdict, change.reason) == (NOT_COMPARABLE, "not measured both times")


def test_grades_and_numbers_both_count_as_measured() -> None:
    row = replace(FORCE, method=StrengthMethod.MMT)
    for before, after in (
        (graded("4"), graded("5")),
        (measured(4), graded("5")),
        (graded("4"), measured(5)),
    ):
        change = judged((Reading(row, before), Reading(row, after)))
        assert change.reason == "grades are in order only; no error is published for them"


@pytest.mark.parametrize(
    ("pair", "comparison", "reason"),
    [
        pytest.param(
            score("girth_cm", 39, 36), START, "neither more nor less is better", id="girth"
        ),
        pytest.param(
            rom("elbow_extension", 0, 8),
            START,
            "past straight, more is no gain",
            id="past straight",
        ),
        pytest.param(score("hoos_pain", 40, 80), START, "no published error fits", id="no study"),
        pytest.param(
            rom("shoulder_flexion", 90, 150),
            SESSION,
            "only a standard error is published: 23°, Hayes 2001, Aust J Physiother 47:289",
            id="a standard error only",
        ),
        pytest.param(
            score("ppt", 0, 10),
            START,
            "only a standard error is published: 21.4 % of the reading before, Othman 2024",
            id="a standard error of 0",
        ),
        pytest.param(
            score("vas_mm", 40, 29),
            START,
            "less than 15 mm, and no published error says whether it is real",
            id="the points are named before the percentage",
        ),
        pytest.param(
            score("koos_pain", 40, 45),
            START,
            "less than 10 points, and no published error says whether it is real",
            id="less than matters",
        ),
    ],
)
def test_nothing_is_judged_without_a_reason(pair, comparison, reason: str) -> None:
    change = judged(pair, comparison)
    assert (change.verdict, change.reason) == ("not_judged", reason)
