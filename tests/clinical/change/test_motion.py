"""Changes in motion by joint, device and rater, each with the error that decides."""

import pytest

from clinic_notes.clinical.change import Comparison, Verdict
from tests.clinical.change.pairs import (
    NOT_JUDGED,
    REAL,
    SESSION,
    START,
    TWO,
    WITHIN,
    WORSE,
    Pair,
    assert_judged,
    judged,
    rom,
)

FLETCHER, HAYES, THIEME = "Fletcher & Bandy", "Hayes 2001", "10.1055/a-2321-0516"
ARMSTRONG, HANCOCK, LENSSEN = "Armstrong 1998", "Hancock 2018", "Lenssen 2007"
THUMB = "Rule of thumb"
NECK, ABDUCTION = "cervical_rotation", "shoulder_abduction"
INTERNAL, EXTENSION = "shoulder_internal_rotation", "elbow_extension"
UNKNOWN = (None, None)


@pytest.mark.parametrize(
    ("pair", "verdict", "text", "source"),
    [
        pytest.param(rom(NECK, 50, 58, device="crom"), WITHIN, "9.6°", FLETCHER, id="neck by 8"),
        pytest.param(rom(NECK, 50, "59.6", device="crom"), REAL, "9.6°", FLETCHER, id="exactly"),
        pytest.param(rom(NECK, 60, 50, device="crom"), WORSE, "9.6°", FLETCHER, id="neck stiffer"),
        pytest.param(rom(NECK, 50, 70), NOT_JUDGED, "", "", id="neck: CROM studied only"),
        pytest.param(rom(NECK, 50, 59, TWO, "crom"), WITHIN, "10°", THUMB, id="neck, two raters"),
        pytest.param(rom(NECK, 50, 60, TWO), REAL, "10°", THUMB, id="neck, two raters by 10"),
        pytest.param(
            rom(ABDUCTION, 98, 112, TWO, "inclinometer"), WITHIN, "25°", "de Winter", id="+14"
        ),
        pytest.param(
            rom(ABDUCTION, 90, 116, TWO, "inclinometer"), REAL, "25°", "de Winter", id="+26"
        ),
        pytest.param(
            rom(ABDUCTION, 116, 90, TWO, "inclinometer"), WORSE, "25°", "de Winter", id="-26"
        ),
        pytest.param(rom(ABDUCTION, 98, 112, TWO), WITHIN, "25°", HAYES, id="98 and 112"),
        pytest.param(rom(ABDUCTION, 90, 150, TWO), NOT_JUDGED, "", "", id="only an SEM, 2"),
        pytest.param(rom(ABDUCTION, 150, 90, TWO), NOT_JUDGED, "", "", id="only an SEM, worse"),
        pytest.param(rom("shoulder_flexion", 120, 135), WITHIN, "23°", HAYES, id="under an SEM"),
        pytest.param(rom("shoulder_flexion", 120, 143), NOT_JUDGED, "", "", id="only an SEM"),
        pytest.param(
            rom(INTERNAL, 40, 44, device="inclinometer"), REAL, "4°", "Kolber 2009", id="turn in"
        ),
        pytest.param(
            rom(INTERNAL, 40, 47, TWO, "inclinometer"), WITHIN, "8°", "Kolber 2011", id="turn in, 2"
        ),
        pytest.param(rom(INTERNAL, 40, 60), NOT_JUDGED, "", "", id="turn in: another device"),
        pytest.param(rom("shoulder_horizontal_adduction", 90, 101), REAL, "5°", THUMB, id="across"),
        pytest.param(rom("elbow_flexion", 120, 125), WITHIN, "6°", ARMSTRONG, id="elbow by 5"),
        pytest.param(rom("elbow_flexion", 120, 126), REAL, "6°", ARMSTRONG, id="elbow by 6"),
        pytest.param(rom("elbow_flexion", 120, 129, TWO), WITHIN, "10°", ARMSTRONG, id="elbow, 2"),
        pytest.param(
            rom("elbow_flexion", 120, 140, device="visual"), NOT_JUDGED, "", "", id="elbow by eye"
        ),
        pytest.param(rom(EXTENSION, -20, -10), REAL, "7°", ARMSTRONG, id="a lag shrank"),
        pytest.param(rom(EXTENSION, -5, -15), WORSE, "7°", ARMSTRONG, id="a lag grew"),
        pytest.param(rom(EXTENSION, -5, 0), WITHIN, "7°", ARMSTRONG, id="a lag of 5 gone"),
        pytest.param(rom(EXTENSION, 0, 8), NOT_JUDGED, "", "", id="past straight is no gain"),
        pytest.param(rom(EXTENSION, 8, 0), NOT_JUDGED, "", "", id="from past straight, no loss"),
        pytest.param(
            rom(EXTENSION, -5, 0, device=""), WITHIN, "7°", ARMSTRONG, id="device not recorded"
        ),
        pytest.param(
            rom("forearm_supination", 60, 70, TWO), WITHIN, "11°", ARMSTRONG, id="palm up, 2"
        ),
        pytest.param(rom("forearm_pronation", 60, 68), REAL, "8°", ARMSTRONG, id="palm down"),
        pytest.param(rom("forearm_pronation", 60, 69, TWO), WITHIN, "10°", THUMB, id="palm 2"),
        pytest.param(rom("knee_extension", -10, -5), WITHIN, "5.4°", THIEME, id="knee by 5"),
        pytest.param(rom("knee_extension", -10, -4), REAL, "5.4°", THIEME, id="knee by 6"),
        pytest.param(rom("knee_extension", -5, 5), REAL, "5.4°", THIEME, id="to a normal 5 past"),
        pytest.param(rom("knee_extension", 0, 12), NOT_JUDGED, "", "", id="past the norm"),
        pytest.param(rom("knee_extension", -10, 0, TWO), WITHIN, "10.6°", LENSSEN, id="knee, 2"),
        pytest.param(
            rom("knee_extension", -10, -6, TWO, "inclinometer"), REAL, "3.7°", THIEME, id="knee, i"
        ),
        pytest.param(
            rom("knee_extension", -10, -6, TWO, "smartphone"), REAL, "4°", THIEME, id="knee, phone"
        ),
        pytest.param(
            rom("knee_extension", -10, 0, TWO, ""), WITHIN, "10.6°", LENSSEN, id="knee, any device"
        ),
        pytest.param(rom("knee_flexion", 98, 112, TWO), WITHIN, "19°", LENSSEN, id="98 to 112"),
        pytest.param(rom("knee_flexion", 90, 110, TWO), REAL, "19°", LENSSEN, id="bend by 20, 2"),
        pytest.param(
            rom("knee_flexion", 98, 111, TWO, "inclinometer"), REAL, "6°", HANCOCK, id="bend, incl."
        ),
        pytest.param(rom("knee_flexion", 98, 102), WITHIN, "5°", THUMB, id="bend, one rater"),
        pytest.param(
            rom("hip_internal_rotation", 30, 35, device="inclinometer"),
            WITHIN, "5.4°", "Krause 2015", id="hip",
        ),
        pytest.param(
            rom("knee_extension", -10, 0, TWO, "visual"), WITHIN, "10.4°", THIEME, id="knee by eye"
        ),
        pytest.param(rom("hip_internal_rotation", 30, 40), NOT_JUDGED, "", "", id="hip, gon."),
        pytest.param(
            rom("hip_internal_rotation", 10, 38, TWO), WITHIN, "30°", "Poulsen", id="hip, 2 raters"
        ),
        pytest.param(rom("thoracic_rotation", 30, 35), WITHIN, "5.6°", "Johnson", id="trunk"),
        pytest.param(rom("thoracic_rotation", 30, 37, TWO), REAL, "6.3°", "Johnson", id="trunk, 2"),
        pytest.param(rom("hip_flexion", 100, 108, TWO), WITHIN, "10°", THUMB, id="hip, two raters"),
        pytest.param(rom("ankle_dorsiflexion", 4, 9), REAL, "5°", THUMB, id="ankle by 5"),
        pytest.param(rom("ankle_dorsiflexion", 4, 6), WITHIN, "5°", THUMB, id="ankle by 2"),
        pytest.param(rom("ankle_dorsiflexion", 9, 4), WORSE, "5°", THUMB, id="ankle stiffer"),
        pytest.param(rom("ankle_dorsiflexion", 0, 6), REAL, "5°", THUMB, id="from 0"),
        pytest.param(rom("ankle_dorsiflexion", -5, 3), REAL, "5°", THUMB, id="from below 0"),
        pytest.param(rom("ankle_dorsiflexion", 20, 30), REAL, "5°", THUMB, id="over the norm"),
        pytest.param(rom("wrist_flexion", 62, 70, TWO), WITHIN, "10°", THUMB, id="wrist, 2"),
        pytest.param(rom("wrist_flexion", 62, 70), REAL, "5°", THUMB, id="wrist, one rater"),
        pytest.param(
            rom("wrist_flexion", 62, 70, UNKNOWN), WITHIN, "10°", THUMB, id="nobody knows who"
        ),
        pytest.param(
            rom("wrist_flexion", 62, 70, (1, None)), WITHIN, "10°", THUMB, id="one is not known"
        ),
    ],
)  # fmt: skip
def test_motion(pair: Pair, verdict: Verdict, text: str, source: str) -> None:
    assert_judged(judged(pair), verdict, text, source)


@pytest.mark.parametrize(
    ("comparison", "text"),
    [
        pytest.param(SESSION, "3.5°", id="within one session"),
        pytest.param(START, "5.4°", id="between two visits"),
    ],
)
def test_two_visits_differ_by_more_than_one_session(comparison: Comparison, text: str) -> None:
    assert_judged(judged(rom("knee_extension", -10, -4), comparison), REAL, text, THIEME)


def test_within_a_session_one_person_measures() -> None:
    change = judged(rom("wrist_flexion", 62, 70, UNKNOWN), SESSION)
    assert_judged(change, REAL, "5°", THUMB)


def test_the_clinic_may_prefer_another_study() -> None:
    pair = rom(NECK, 50, 57, device="crom")
    assert_judged(judged(pair, chosen=["crom_respiratory"]), REAL, "6.8°", "Anwar 2022")
    pair = rom("knee_flexion", 98, 112, TWO)
    assert_judged(judged(pair, chosen=["knee_flexion_goniometer"]), REAL, "14°", HANCOCK)


def test_an_unknown_movement_is_judged_by_the_rule_of_thumb() -> None:
    assert_judged(judged(rom("tail_wagging", 10, 16)), REAL, "5°", THUMB)
