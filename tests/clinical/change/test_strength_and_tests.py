"""Changes in strength and in linear tests, each with the figure that decides."""

import pytest

from clinic_notes.clinical.change import Verdict
from tests.clinical.change.pairs import (
    MEANINGFUL,
    NOT_JUDGED,
    REAL,
    SESSION,
    SMALL,
    TWO,
    WITHIN,
    WORSE,
    Pair,
    assert_judged,
    force,
    grade,
    judged,
    score,
)

THUMB, LEE, POWDEN = "Rule of thumb", "Lee 2020", "Powden"
HILL, PAGE, ROBINSON = "Hill 2023", "droracle", "Robinson & Mengshoel"
MINARRO = "López-Miñarro"
PERCENT = " % of the reading before"
WRIST, KNEE = "wrist_extension", "knee_extension"
GRIP = "grip_pain_free_kg"


@pytest.mark.parametrize(
    ("pair", "verdict", "text", "source"),
    [
        pytest.param(grade("4_minus", "5"), NOT_JUDGED, "", "", id="grade up"),
        pytest.param(grade("5", "4"), NOT_JUDGED, "", "", id="grade down"),
        pytest.param(grade("4", "4"), NOT_JUDGED, "", "", id="same grade"),
        pytest.param(grade("0", "1"), NOT_JUDGED, "", "", id="from grade 0"),
        pytest.param(force(WRIST, 100, 119), WITHIN, "20" + PERCENT, THUMB, id="19 % more"),
        pytest.param(force(WRIST, 100, 120), REAL, "20" + PERCENT, THUMB, id="20 % more"),
        pytest.param(force(WRIST, 100, 81), WITHIN, "20" + PERCENT, THUMB, id="19 % less"),
        pytest.param(force(WRIST, 100, 80), WORSE, "20" + PERCENT, THUMB, id="20 % less"),
        pytest.param(force(WRIST, 100, 150, TWO), NOT_JUDGED, "", "", id="two raters, no figure"),
        pytest.param(force(WRIST, 0, 40), NOT_JUDGED, "", "", id="no percentage of 0 N"),
        pytest.param(force(KNEE, 200, 248), WITHIN, "24.1" + PERCENT, LEE, id="knee by 24 %"),
        pytest.param(force(KNEE, 200, 249), REAL, "24.1" + PERCENT, LEE, id="knee by 24.5 %"),
        pytest.param(force(KNEE, 200, 258, TWO), WITHIN, "29.3" + PERCENT, LEE, id="knee, 2"),
        pytest.param(force(KNEE, 200, 141, TWO), WORSE, "29.3" + PERCENT, LEE, id="knee weaker"),
    ],
)
def test_strength(pair: Pair, verdict: Verdict, text: str, source: str) -> None:
    assert_judged(judged(pair), verdict, text, source)


@pytest.mark.parametrize(
    ("pair", "verdict", "text", "source"),
    [
        pytest.param(score("wblt_cm", 5, "6.8"), WITHIN, "1.9 cm", POWDEN, id="lunge by 1.8"),
        pytest.param(score("wblt_cm", 5, "6.9"), REAL, "1.9 cm", POWDEN, id="lunge by 1.9"),
        pytest.param(score("wblt_cm", 7, 5), WORSE, "1.9 cm", POWDEN, id="lunge shorter"),
        pytest.param(score("wblt_cm", 0, 2), REAL, "1.9 cm", POWDEN, id="lunge from 0"),
        pytest.param(score("wblt_cm", 5, "6.5", TWO), WITHIN, "1.6 cm", POWDEN, id="lunge, 2"),
        pytest.param(score("wblt_deg", 30, 34), WITHIN, "4.7°", POWDEN, id="lunge by 4°"),
        pytest.param(score("wblt_deg", 30, 35, TWO), REAL, "4.6°", POWDEN, id="lunge by 5°, 2"),
        pytest.param(score("slr_deg", 60, 71), WITHIN, "12°", MINARRO, id="leg raise by 11"),
        pytest.param(score("slr_deg", 60, 72), REAL, "12°", MINARRO, id="leg raise by 12"),
        pytest.param(score("slr_deg", 60, 80, TWO), NOT_JUDGED, "", "", id="leg raise, two raters"),
        pytest.param(score("aket_deg", 30, 22), REAL, "8°", "Neto", id="knee lag less: better"),
        pytest.param(score("aket_deg", 22, 30), WORSE, "8°", "Neto", id="knee lag more: worse"),
        pytest.param(score("aket_deg", 30, 23), WITHIN, "8°", "Neto", id="knee lag by 7"),
        pytest.param(score("finger_floor_cm", 20, 10, TWO), REAL, "9.8 cm", ROBINSON, id="floor"),
        pytest.param(
            score("finger_floor_cm", 10, 20, TWO), WORSE, "9.8 cm", ROBINSON, id="floor farther"
        ),
        pytest.param(score("finger_floor_cm", 20, 5), NOT_JUDGED, "", "", id="floor, one rater"),
        pytest.param(score("schober_cm", 4, "5.7", TWO), WITHIN, "1.8 cm", ROBINSON, id="Schober"),
        pytest.param(score("schober_cm", 4, "5.8", TWO), REAL, "1.8 cm", ROBINSON, id="Schober +"),
        pytest.param(score("y_balance_cm", 90, 94, TWO), WITHIN, "4.2 cm", "Shaffer", id="reach"),
        pytest.param(score("y_balance_cm", 90, 99, TWO), NOT_JUDGED, "", "", id="reach over SEM"),
        pytest.param(score("y_balance_cm", 90, 80), NOT_JUDGED, "", "", id="reach, one rater"),
        pytest.param(score("sit_reach_cm", -2, 2), REAL, "4 cm", MINARRO, id="sit and reach by 4"),
        pytest.param(score("apley_cm", 10, 2), NOT_JUDGED, "", "", id="back scratch: nothing"),
        pytest.param(score("girth_cm", 39, 36), NOT_JUDGED, "", "", id="girth: no better way"),
        pytest.param(score(GRIP, 18, 26), WITHIN, "9.4 kg", HILL, id="grip by 8"),
        pytest.param(score(GRIP, 18, 26, TWO), WITHIN, "9.4 kg", HILL, id="grip by 8, two raters"),
        pytest.param(score(GRIP, 18, 35), MEANINGFUL, "6.5 kg", PAGE, id="grip by 17"),
        pytest.param(score(GRIP, 35, 18), WORSE, "9.4 kg", HILL, id="grip weaker"),
        pytest.param(score("grip_max_kg", 40, 42), WITHIN, "8.4 kg", PAGE, id="MIC under error"),
        pytest.param(score("grip_max_kg", 40, 49), MEANINGFUL, "1 kg", PAGE, id="over both"),
    ],
)
def test_linear_tests_and_grip(pair: Pair, verdict: Verdict, text: str, source: str) -> None:
    assert_judged(judged(pair), verdict, text, source)


@pytest.mark.parametrize(
    ("pair", "verdict", "text", "source"),
    [
        pytest.param(score(GRIP, 18, 23), WITHIN, "5.3 kg", HILL, id="grip by 5"),
        pytest.param(score(GRIP, 18, 24), SMALL, "6.5 kg", PAGE, id="grip by 6"),
        pytest.param(score(GRIP, 18, 25), MEANINGFUL, "6.5 kg", PAGE, id="grip by 7"),
        pytest.param(score("wblt_cm", 5, "6.5"), REAL, "1.5 cm", "Konor 2012", id="lunge by 1.5"),
    ],
)
def test_within_one_session_less_is_real(
    pair: Pair, verdict: Verdict, text: str, source: str
) -> None:
    assert_judged(judged(pair, SESSION), verdict, text, source)


@pytest.mark.parametrize(
    ("chosen", "pair", "verdict", "text", "source"),
    [
        pytest.param(
            "grip_pain_free_sdc", score(GRIP, 18, 26), MEANINGFUL, "6.5 kg", PAGE, id="grip"
        ),
        pytest.param("slr_one_rater", score("slr_deg", 60, 67), REAL, "7°", "Neto", id="leg raise"),
        pytest.param(
            "wblt_cm_ankle_injury", score("wblt_cm", 5, 6), REAL, "1 cm", "Chisholm", id="lunge"
        ),
    ],
)
def test_the_clinic_may_prefer_another_error(
    chosen: str, pair: Pair, verdict: Verdict, text: str, source: str
) -> None:
    assert_judged(judged(pair, chosen=[chosen]), verdict, text, source)
