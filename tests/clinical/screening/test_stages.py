"""Where a pregnant patient may not be treated, and when (clinical.md 4.2 and 6)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from clinic_notes.clinical.drafts import Site
from clinic_notes.clinical.findings import Level
from clinic_notes.clinical.screening import (
    Clearance,
    PriorAnswer,
    Verdict,
    blocked_sites,
    clearance,
    confirmed_answer,
)
from clinic_notes.clinical.screening.stages import stage_of
from clinic_notes.reference.contraindications import checklist
from clinic_notes.reference.terms import Answer, Mitigation, Side
from tests.drafts import LEFT_CALF, no, yes

TODAY = date(2026, 3, 11)
ABDOMEN, BACK = Site("abdomen", Side.MIDLINE), Site("lumbar", Side.BILATERAL)
SACRUM = Site("sacroiliac", Side.LEFT)
DECIDED: Any = {
    "reason": "midwife agrees, comfortable on her side",
    "mitigation": Mitigation.EXPLAIN_CONSENT,
}
PREGNANT = yes("pregnancy", **DECIDED)


def screened(about: Site, detail: str) -> Clearance:
    answer = replace(PREGNANT, detail=detail)
    return clearance((answer,), about=(about,), due=(), on=TODAY)


@pytest.mark.parametrize(
    ("detail", "number"),
    [
        ("first", 1), ("1st trimester", 1), ("T1", 1), ("13 weeks", 1), ("8+3 weeks", 1),
        ("Second trimester.", 2), ("2", 2), ("trimester 2", 2), ("14 wk", 2), ("27 weeks", 2),
        ("5 months", 2), ("now in the 2nd tri", 2), ("third", 3), ("28 weeks", 3),
        ("7 months, third trimester", 3),
    ],
)  # fmt: skip
def test_the_trimester_is_read(detail: str, number: int) -> None:
    stages = checklist["pregnancy"].stages
    assert stage_of(checklist["pregnancy"], detail) is stages[number - 1]


@pytest.mark.parametrize(
    "detail",
    [
        "", "yes", "her second child", "due 3 March", "first or second trimester", "8 weeks, third",
        "13 weeks or 14 weeks",
    ],
)  # fmt: skip
def test_what_is_not_one_trimester_and_clear_is_none(detail: str) -> None:
    assert stage_of(checklist["pregnancy"], detail) is None


@pytest.mark.parametrize(
    ("site", "detail", "verdict"),
    [
        pytest.param(ABDOMEN, "third", Verdict.REGIONS_BLOCKED, id="abdomen, late"),
        pytest.param(ABDOMEN, "", Verdict.REGIONS_BLOCKED, id="abdomen, trimester not given"),
        pytest.param(BACK, "10 weeks", Verdict.REGIONS_BLOCKED, id="low back, first"),
        pytest.param(SACRUM, "first", Verdict.REGIONS_BLOCKED, id="sacrum, first"),
        pytest.param(BACK, "second", Verdict.CLEAR, id="low back, second"),
        pytest.param(BACK, "", Verdict.REASONS_NEEDED, id="low back, trimester not given"),
        pytest.param(LEFT_CALF, "20 weeks", Verdict.CLEAR, id="calf"),
        pytest.param(LEFT_CALF, "", Verdict.REASONS_NEEDED, id="calf, trimester not given"),
        pytest.param(LEFT_CALF, "comfortable", Verdict.REASONS_NEEDED, id="calf, no trimester"),
    ],
)
def test_where_a_pregnant_patient_may_be_treated(site: Site, detail: str, verdict: Verdict) -> None:
    found = screened(site, detail)
    assert found.verdict is verdict
    assert [blocked for blocked, _ in found.blocked] == [site] * (
        verdict is Verdict.REGIONS_BLOCKED
    )


def test_it_says_why() -> None:
    assert [why for _, why in screened(BACK, "first").blocked] == [
        "Low back on both sides may not be treated in the first trimester: "
        "possibly pregnant (asked today)."
    ]


def test_the_trimester_of_an_earlier_session_is_not_carried_forward() -> None:
    then = PriorAnswer("pregnancy", Answer.YES, date(2026, 2, 1), detail="second", **DECIDED)
    given = clearance((), about=(LEFT_CALF,), history=(then,), due=(), on=TODAY)
    (asked,) = (found for found in given.findings if found.level is Level.REFUSE)
    assert (
        asked.message == "Write the weeks or the trimester: possibly pregnant (asked 1 Feb 2026)."
    )
    assert confirmed_answer(then).detail == ""


def test_without_a_trimester_the_low_back_waits_for_it() -> None:
    (found,) = (f for f in screened(BACK, "").findings if f.level is not Level.CAUTION)
    assert (found.level, found.about) == (Level.REFUSE, "answers-pregnancy-detail")
    assert found.message == (
        "Write the weeks or the trimester: low back on both sides may not be treated in the first "
        "trimester."
    )


def test_the_body_map_knows_it_before_the_abdomen_is_treated() -> None:
    sites = (ABDOMEN, BACK, LEFT_CALF)
    late = replace(PREGNANT, detail="third")
    found = blocked_sites((late,), about=(LEFT_CALF,), sites=sites, on=TODAY)
    assert [site for site, _ in found] == [ABDOMEN]


def test_who_is_not_pregnant_may_be_treated_there() -> None:
    found = clearance(no("pregnancy"), about=(ABDOMEN, BACK), due=(), on=TODAY)
    assert found.verdict is Verdict.CLEAR
