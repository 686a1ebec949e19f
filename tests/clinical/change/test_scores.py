"""Changes in scores that patients give, each with the figure that decides."""

import pytest

from clinic_notes.clinical.change import Comparison, Reading, Verdict, judge_change
from clinic_notes.clinical.drafts import MeasureDraft
from tests.clinical.change.pairs import (
    LAST,
    MEANINGFUL,
    NOT_COMPARABLE,
    NOT_JUDGED,
    SESSION,
    SMALL,
    START,
    WITHIN,
    WORSE,
    Pair,
    assert_judged,
    criterion,
    judged,
    score,
)
from tests.drafts import measured

ELBOW, ABBOTT, OSTELO = "10.1080/09593985.2025.2450090", "Abbott & Schmitt", "Ostelo 2008"
BINKLEY, MARTIN, KAMPEN = "Binkley 1999", "Martin 2005", "van Kampen 2013"


@pytest.mark.parametrize(
    ("pair", "verdict", "text", "source"),
    [
        pytest.param(score("lefs", 40, 50), MEANINGFUL, "9 points", BINKLEY, id="LEFS up 10"),
        pytest.param(score("lefs", 40, 48), WITHIN, "9 points", BINKLEY, id="LEFS up 8"),
        pytest.param(score("lefs", 50, 40), WORSE, "9 points", BINKLEY, id="LEFS down 10: worse"),
        pytest.param(score("prtee", 58, 33), MEANINGFUL, "14.8 points", ELBOW, id="PRTEE 58 to 33"),
        pytest.param(score("prtee", 58, 47), SMALL, "14.8 points", ELBOW, id="PRTEE down 11"),
        pytest.param(score("prtee", 58, 50), WITHIN, "9.7 points", ELBOW, id="PRTEE down 8"),
        pytest.param(score("prtee", 33, 58), WORSE, "9.7 points", ELBOW, id="PRTEE up: worse"),
        pytest.param(score("psfs", 3, 6), MEANINGFUL, "2.7 points", ABBOTT, id="PSFS up 3"),
        pytest.param(score("psfs", 0, 3), MEANINGFUL, "2.7 points", ABBOTT, id="PSFS from 0"),
        pytest.param(score("psfs", 3, 5), WITHIN, "3 points", "Stratford 1995", id="PSFS up 2"),
        pytest.param(score("psfs", 6, 3), WORSE, "3 points", "Stratford 1995", id="PSFS down 3"),
        pytest.param(score("rmdq", 15, 10), MEANINGFUL, "5 points", OSTELO, id="RMDQ down 5"),
        pytest.param(score("rmdq", 10, 6), WITHIN, "5 points", "Stratford 1996", id="RMDQ 40 %"),
        pytest.param(score("rmdq", 10, 15), WORSE, "5 points", "Stratford 1996", id="RMDQ up 5"),
        pytest.param(score("odi", 40, 30), MEANINGFUL, "10 points", OSTELO, id="ODI down 10"),
        pytest.param(score("odi", 40, 31), WITHIN, "10 points", "RehabMeasures", id="ODI down 9"),
        pytest.param(score("ndi", 50, 36), WITHIN, "20 points", "Cleland", id="NDI MID under MDC"),
        pytest.param(score("ndi", 50, 30), MEANINGFUL, "14 points", ABBOTT, id="NDI down 20"),
        pytest.param(score("quickdash", 50, 36), WITHIN, "17.1 points", KAMPEN, id="DASH down 14"),
        pytest.param(
            score("quickdash", 50, 30), MEANINGFUL, "13.6 points", "Rysstad", id="DASH down 20"
        ),
        pytest.param(score("spadi", 60, 45), WITHIN, "18 points", "knowledge", id="SPADI by 15"),
        pytest.param(score("spadi", 60, 40), MEANINGFUL, "13 points", "knowledge", id="SPADI 20"),
        pytest.param(score("visa_a", 40, 54), MEANINGFUL, "14 points", "Lagas", id="VISA-A up 14"),
        pytest.param(score("visa_a", 40, 50), NOT_JUDGED, "", "", id="VISA-A up 10"),
        pytest.param(score("visa_a", 54, 40), WORSE, "14 points", "Lagas", id="VISA-A down 14"),
        pytest.param(score("visa_p", 60, 73), MEANINGFUL, "13 points", "Hernandez", id="VISA-P 13"),
        pytest.param(
            score("visa_p", 40, 51), MEANINGFUL, "27 % of the reading before", "Hernandez",
            id="VISA-P by percent",
        ),
        pytest.param(score("visa_p", 20, 26), NOT_JUDGED, "", "", id="VISA-P, low"),
        pytest.param(score("visa_p", 0, 12), NOT_JUDGED, "", "", id="VISA-P: no percentage of 0"),
        pytest.param(score("faam_adl", 60, 65), WITHIN, "5.7 points", MARTIN, id="FAAM by 5"),
        pytest.param(score("faam_adl", 60, 67), SMALL, "8 points", MARTIN, id="FAAM by 7"),
        pytest.param(score("faam_adl", 60, 68), MEANINGFUL, "8 points", MARTIN, id="FAAM by 8"),
        pytest.param(score("faam_sport", 50, 60), WITHIN, "12.3 points", MARTIN, id="MCID < MDC"),
        pytest.param(score("faam_sport", 50, 63), MEANINGFUL, "9 points", MARTIN, id="over both"),
        pytest.param(score("koos_pain", 50, 60), MEANINGFUL, "10 points", "knowledge", id="KOOS"),
        pytest.param(score("koos_qol", 50, 59), NOT_JUDGED, "", "", id="KOOS up 9"),
        pytest.param(score("hoos_pain", 50, 80), NOT_JUDGED, "", "", id="HOOS: nothing published"),
    ],
)  # fmt: skip
def test_a_score(pair: Pair, verdict: Verdict, text: str, source: str) -> None:
    assert_judged(judged(pair), verdict, text, source)


@pytest.mark.parametrize(
    ("chosen", "pair", "verdict", "text", "source"),
    [
        pytest.param("psfs_small", score("psfs", 3, 6), MEANINGFUL, "1.3 points", ABBOTT, id="MID"),
        pytest.param("prtee_persian", score("prtee", 58, 33), SMALL, "31.3 points", "Secondary"),
        pytest.param("odi_abbott_schmitt", score("odi", 40, 29), SMALL, "12 points", ABBOTT),
        pytest.param("ndi_surgery_mdc", score("ndi", 50, 36), MEANINGFUL, "14 points", ABBOTT),
        pytest.param(
            "quickdash_mintken_2009_mdc",
            score("quickdash", 50, 37),
            SMALL,
            "13.6 points",
            "Rysstad",
        ),
        pytest.param("visa_a_24_weeks", score("visa_a", 40, 47), MEANINGFUL, "7 points", "Lagas"),
        pytest.param("lefs_abbott_schmitt", score("lefs", 40, 52), SMALL, "16 points", ABBOTT),
    ],
)
def test_the_clinic_chooses(
    chosen: str, pair: Pair, verdict: Verdict, text: str, source: str
) -> None:
    assert_judged(judged(pair, chosen=[chosen]), verdict, text, source)


def test_a_shoulders_function_has_its_own_threshold() -> None:
    change = judged(score("psfs", 3, 6), region="shoulder_ant")
    assert_judged(change, MEANINGFUL, "2 points", "Rysstad 2020")


@pytest.mark.parametrize(
    ("rating", "verdict", "text", "source"),
    [
        pytest.param(5, MEANINGFUL, "5 points", "knowledge", id="+5 is success"),
        pytest.param(4, NOT_JUDGED, "", "", id="+4 is less"),
        pytest.param(0, NOT_JUDGED, "", "", id="no change"),
        pytest.param(-5, WORSE, "5 points", "knowledge", id="-5 is worse"),
    ],
)
def test_a_rating_of_change_is_read_alone(
    rating: int, verdict: Verdict, text: str, source: str
) -> None:
    earlier, rated = score("groc", 7, rating)
    for before in (None, earlier):
        change = judge_change(before, rated, START)
        assert_judged(change, verdict, text, source)
        assert change.change == rating


def test_plus_three_is_somewhat_better_where_the_clinic_says_so() -> None:
    change = judged(score("groc", 0, 3), chosen=["groc_somewhat"])
    assert_judged(change, MEANINGFUL, "3 points", "Hernandez-Sanchez 2014")


@pytest.mark.parametrize("comparison", [SESSION, LAST])
def test_ratings_of_change_are_never_subtracted(comparison: Comparison) -> None:
    change = judged(score("groc", 3, 5), comparison)
    assert (change.verdict, change.change) == (NOT_COMPARABLE, None)
    assert change.reason == "each rating is itself the change since the start"


def test_a_criterion_says_how_sure_it_is_and_for_whom_it_is_valid() -> None:
    found = criterion(judged(score("ndi", 50, 36)))
    assert (found.key, found.kind) == ("ndi_cleland_2008_mdc", "mdc")
    assert (found.confidence, found.about) == ("unverified", "mechanical neck pain")
    assert found.amount == 20


def test_an_unknown_score_is_not_judged() -> None:
    unknown = MeasureDraft("fairy_index")
    assert (
        judged((Reading(unknown, measured(1)), Reading(unknown, measured(9)))).verdict is NOT_JUDGED
    )
