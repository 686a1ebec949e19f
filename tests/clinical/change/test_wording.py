"""Judged changes as sentences."""

import pytest

from clinic_notes.clinical.change import Comparison, Reading, Verdict, judge_change
from clinic_notes.clinical.drafts import MeasureDraft
from tests.clinical.change.pairs import (
    LAST,
    SESSION,
    START,
    TWO,
    Pair,
    force,
    grade,
    judged,
    pain,
    rom,
    score,
)
from tests.drafts import measured


@pytest.mark.parametrize(
    ("pair", "comparison", "region", "words"),
    [
        pytest.param(
            pain(8, 3), START, "lumbar",
            "Worst pain in 24 hours 8 to 3 since the start: clinically meaningful "
            "(2 points, low back pain, consensus).",
            id="pain that matters",
        ),
        pytest.param(
            pain(4, 3), LAST, "elbow_lat",
            "Worst pain in 24 hours 4 to 3 since last measured: within measurement error "
            "(less than 1.4 points, 143 people with lateral elbow tendinopathy, 3 months).",
            id="pain within error",
        ),
        pytest.param(
            pain(7, 5), START, "elbow_lat",
            "Worst pain in 24 hours 7 to 5 since the start: real but small "
            "(less than 2.3 points, 143 people with lateral elbow tendinopathy, 3 months).",
            id="real but small",
        ),
        pytest.param(
            rom("wrist_flexion", 62, 70, TWO), START, "",
            "Wrist flexion, left, active 62° to 70° since the start: within measurement error "
            "(less than 10°, two raters, by rule of thumb, no study).",
            id="two raters",
        ),
        pytest.param(
            rom("elbow_flexion", 110, 120), SESSION, "",
            "Elbow flexion, left, active 110° to 120° within this session: beyond measurement "
            "error; nothing published says whether it matters (6°, one rater).",
            id="real",
        ),
        pytest.param(
            score("lefs", 50, 40), START, "",
            "LEFS (lower limb) 50/80 to 40/80 since the start: worse beyond measurement error "
            "(9 points, 107 people with lower limb conditions).",
            id="worse",
        ),
        pytest.param(
            score("visa_a", 54, 40), START, "",
            "VISA-A (Achilles) 54/100 to 40/100 since the start: worse by as much as matters "
            "(14 points, 61 people with midportion Achilles tendinopathy).",
            id="worse by what matters",
        ),
        pytest.param(
            grade("4_minus", "5"), START, "",
            "Strength of wrist extension, right 4- to 5 since the start: not judged "
            "(grades are in order only; no error is published for them).",
            id="grades",
        ),
        pytest.param(
            force("wrist_extension", 100, 90), START, "",
            "Strength of wrist extension, right 100 N to 90 N since the start: within measurement "
            "error (less than 20 % of the reading before, one rater, by rule of thumb, no study).",
            id="newtons",
        ),
        pytest.param(
            score("grip_pain_free_kg", 18, 26), START, "",
            "Pain-free grip, right 18 kg to 26 kg since the start: within measurement error "
            "(less than 9.4 kg, 23 people with lateral elbow tendinopathy).",
            id="no rater is named where the study names none",
        ),
        pytest.param(
            score("odi", 40, 30), START, "lumbar",
            "Oswestry (ODI) 40 % to 30 % since the start: clinically meaningful "
            "(10 points, low back pain, consensus).",
            id="percentage points are points",
        ),
    ],
)  # fmt: skip
def test_a_sentence(pair: Pair, comparison: Comparison, region: str, words: str) -> None:
    assert judged(pair, comparison, region).sentence == words


def test_each_verdict_has_a_name_that_can_be_stored() -> None:
    assert [verdict.value for verdict in Verdict] == [
        "worse",
        "within_error",
        "real_but_small",
        "real",
        "meaningful",
        "not_comparable",
        "not_judged",
    ]


def test_a_single_reading_reads() -> None:
    change = judge_change(None, pain(8, 8)[1], START)
    assert change.sentence == (
        "Worst pain in 24 hours 8 since the start: not comparable (one reading only)."
    )


def test_a_rating_of_change_reads_with_its_sign() -> None:
    rated = Reading(MeasureDraft("groc"), measured(5))
    assert judge_change(None, rated, START).sentence == (
        "Global rating of change (GROC) +5 since the start: clinically meaningful "
        "(5 points, used as success)."
    )
    assert judge_change(rated, rated, LAST).sentence == (
        "Global rating of change (GROC) +5 since last measured: not comparable "
        "(each rating is itself the change since the start)."
    )
