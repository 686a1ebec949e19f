"""Changes in pain, each judged as a clinician would, with the figure that decides."""

import pytest

from clinic_notes.clinical.change import Verdict
from tests.clinical.change.pairs import (
    MEANINGFUL,
    NOT_JUDGED,
    SMALL,
    WITHIN,
    WORSE,
    Pair,
    assert_judged,
    criterion,
    judged,
    pain,
    score,
)

OSTELO, INPATIENTS = "Ostelo 2008", "10.1055/a-1304-3677"
SPAIN, ELBOW = "BMC Musculoskelet Disord 2008;9:43", "10.1080/09593985.2025.2450090"
PERCENT = " % of the reading before"
MDC = "1.77 points"


@pytest.mark.parametrize(
    ("pair", "verdict", "text", "source"),
    [
        pytest.param(pain(8, 3), MEANINGFUL, "2 points", OSTELO, id="8 to 3 matters"),
        pytest.param(pain(8, 6), MEANINGFUL, "2 points", OSTELO, id="two points are enough"),
        pytest.param(pain(10, 0), MEANINGFUL, "2 points", OSTELO, id="all pain gone"),
        pytest.param(pain(2, 0), MEANINGFUL, "2 points", OSTELO, id="mild pain gone"),
        pytest.param(pain(8, 7), WITHIN, MDC, INPATIENTS, id="one point of eight is error"),
        pytest.param(pain(3, 2), WITHIN, MDC, INPATIENTS, id="33 % of 3 is one point: error"),
        pytest.param(pain(2, 1), WITHIN, MDC, INPATIENTS, id="half of 2 is one point: error"),
        pytest.param(pain(1, 0), WITHIN, MDC, INPATIENTS, id="1 to 0 is never called better"),
        pytest.param(pain(7, 7), WITHIN, MDC, INPATIENTS, id="unchanged"),
        pytest.param(pain(7, 8), WITHIN, MDC, INPATIENTS, id="one point more is error"),
        pytest.param(pain(0, 0), WITHIN, MDC, INPATIENTS, id="none before and after"),
        pytest.param(pain(0, 1), WITHIN, MDC, INPATIENTS, id="from none to 1 is error"),
        pytest.param(pain(0, 2), WORSE, MDC, INPATIENTS, id="from none to 2 is worse"),
        pytest.param(pain(6, 8), WORSE, MDC, INPATIENTS, id="two points more are worse"),
        pytest.param(pain(3, 8), WORSE, MDC, INPATIENTS, id="worse by the MCID is no success"),
        pytest.param(pain(5, 3, "now"), MEANINGFUL, "2 points", OSTELO, id="pain now"),
        pytest.param(pain(7, 5, "first_step"), MEANINGFUL, "2 points", OSTELO, id="first step"),
    ],
)
def test_pain_of_any_region(pair: Pair, verdict: Verdict, text: str, source: str) -> None:
    assert_judged(judged(pair), verdict, text, source)


@pytest.mark.parametrize(
    ("region", "pair", "verdict", "text", "source"),
    [
        pytest.param("lumbar", pain(6, 4), MEANINGFUL, "2 points", OSTELO, id="low back"),
        pytest.param("lumbar", pain(4, 6), WORSE, MDC, INPATIENTS, id="low back, worse"),
        pytest.param("elbow_lat", pain(7, 3), MEANINGFUL, "2.3 points", ELBOW, id="elbow 7 to 3"),
        pytest.param("elbow_lat", pain(7, 5), SMALL, "2.3 points", ELBOW, id="elbow 7 to 5"),
        pytest.param("elbow_lat", pain(4, 3), WITHIN, "1.4 points", ELBOW, id="elbow 4 to 3"),
        pytest.param("elbow_lat", pain(3, 5), WORSE, "1.4 points", ELBOW, id="elbow, worse"),
        pytest.param("cervical_post", pain(8, 5), WITHIN, "4 points", SPAIN, id="neck by 3"),
        pytest.param("cervical_post", pain(8, 4), SMALL, "4.1 points", SPAIN, id="neck by 4"),
        pytest.param("cervical_post", pain(8, 3), MEANINGFUL, "4.1 points", SPAIN, id="neck by 5"),
        pytest.param("cervical_post", pain(3, 7), WORSE, "4 points", SPAIN, id="neck, worse by 4"),
        pytest.param("shoulder_ant", pain(6, 4), SMALL, "2.2 points", "Michener", id="shoulder 2"),
        pytest.param(
            "shoulder_ant", pain(6, 3), MEANINGFUL, "2.2 points", "Michener", id="shoulder by 3"
        ),
        pytest.param("calf", pain(6, 4), MEANINGFUL, "2 points", OSTELO, id="no study of calves"),
    ],
)
def test_the_patients_own_region_comes_first(
    region: str, pair: Pair, verdict: Verdict, text: str, source: str
) -> None:
    assert_judged(judged(pair, region=region), verdict, text, source)


@pytest.mark.parametrize(
    ("chosen", "pair", "verdict", "text", "source"),
    [
        pytest.param(
            "nprs_back_inpatients_high", pain(8, 5), SMALL, "4 points", INPATIENTS, id="8 by 3"
        ),
        pytest.param(
            "nprs_back_inpatients_high", pain(8, 4), MEANINGFUL, "4 points", INPATIENTS, id="8 by 4"
        ),
        pytest.param(
            "nprs_back_inpatients_high", pain(7, 5), MEANINGFUL, "2 points", OSTELO, id="below 8"
        ),
        pytest.param(
            "nprs_back_inpatients_middle", pain(5, 3), MEANINGFUL, "2 points", INPATIENTS, id="5"
        ),
        pytest.param(
            "nprs_back_inpatients_middle", pain(7, 5), MEANINGFUL, "2 points", INPATIENTS, id="7"
        ),
        pytest.param(
            "nprs_back_inpatients_middle", pain(8, 5), MEANINGFUL, "2 points", OSTELO, id="over 7"
        ),
        pytest.param(
            "nprs_back_inpatients_low", pain(4, 2), MEANINGFUL, "1 point", INPATIENTS, id="4 by 2"
        ),
        pytest.param(
            "nprs_salaffi_slightly", pain(5, 4), WITHIN, MDC, INPATIENTS, id="1 point is error yet"
        ),
        pytest.param(
            "nprs_salaffi_slightly", pain(6, 4), MEANINGFUL, "1 point", "Salaffi", id="slightly"
        ),
        pytest.param("nprs_abbott_schmitt", pain(7, 4), SMALL, "3.5 points", "Abbott", id="MID 3"),
        pytest.param(
            "nprs_abbott_schmitt", pain(7, 3), MEANINGFUL, "3.5 points", "Abbott", id="MID 4"
        ),
        pytest.param("nprs_suzuki_2020", pain(6, 4), MEANINGFUL, "1.8 points", "Suzuki", id="1.8"),
        pytest.param("nprs_farrar_2001", pain(6, 4), MEANINGFUL, "2 points", "Farrar", id="trials"),
        pytest.param(
            "nprs_cleland_2008_mdc", pain(6, 4), WITHIN, "2.1 points", "Cleland", id="2.1"
        ),
        pytest.param(
            "psfs_small", pain(6, 4), MEANINGFUL, "2 points", OSTELO, id="another scale's"
        ),
    ],
)
def test_the_clinic_chooses_among_published_thresholds(
    chosen: str, pair: Pair, verdict: Verdict, text: str, source: str
) -> None:
    assert_judged(judged(pair, chosen=[chosen]), verdict, text, source)


@pytest.mark.parametrize(
    ("pair", "verdict", "text", "source"),
    [
        pytest.param(score("vas_mm", 60, 42), MEANINGFUL, "15 mm", OSTELO, id="18 mm"),
        pytest.param(score("vas_mm", 40, 28), MEANINGFUL, "30" + PERCENT, OSTELO, id="30 % of 40"),
        pytest.param(score("vas_mm", 40, 29), NOT_JUDGED, "", "", id="just under 30 % of 40"),
        pytest.param(score("vas_mm", 30, 21), MEANINGFUL, "30" + PERCENT, OSTELO, id="the floor"),
        pytest.param(score("vas_mm", 29, 20), NOT_JUDGED, "", "", id="31 % under the floor"),
        pytest.param(score("vas_mm", 20, 5), MEANINGFUL, "15 mm", OSTELO, id="15 mm of 20"),
        pytest.param(score("vas_mm", 0, 14), NOT_JUDGED, "", "", id="0 to 14 mm"),
        pytest.param(score("vas_mm", 0, 15), WORSE, "15 mm", OSTELO, id="0 to 15 mm is worse"),
        pytest.param(score("vas_mm", 60, 76), WORSE, "15 mm", OSTELO, id="15 mm before 30 %"),
        pytest.param(score("vas_mm", 50, 50), NOT_JUDGED, "", "", id="unchanged, no error known"),
        pytest.param(
            score("ppt", 20, 24), WITHIN, "21.4" + PERCENT, "Othman", id="threshold up 20 %"
        ),
        pytest.param(score("ppt", 20, 25), NOT_JUDGED, "", "", id="over a standard error only"),
        pytest.param(score("ppt", 20, 14), NOT_JUDGED, "", "", id="under a standard error only"),
        pytest.param(score("ppt", 0, 10), NOT_JUDGED, "", "", id="no percentage of 0"),
    ],
)
def test_pain_in_millimetres_and_pressure(
    pair: Pair, verdict: Verdict, text: str, source: str
) -> None:
    assert_judged(judged(pair), verdict, text, source)


def test_a_percentage_is_of_the_reading_before() -> None:
    assert criterion(judged(score("vas_mm", 40, 28))).amount == 12


def test_millimetres_of_a_shoulder() -> None:
    change = judged(score("vas_mm", 50, 36), region="shoulder_post")
    assert_judged(change, MEANINGFUL, "14 mm", "Tashjian 2009")
