"""What a note needs before it is signed, in the order of the form."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest

from clinic_notes.clinical.drafts import AnswerDraft, VisitDraft
from clinic_notes.clinical.findings import Finding, Level
from clinic_notes.clinical.screening import Clearance, Verdict, clearance
from clinic_notes.clinical.signing import (
    EpisodeSpan,
    check_times,
    late_by,
    may_edit,
    may_sign,
    missing,
)
from clinic_notes.reference.contraindications import checklist
from clinic_notes.reference.terms import Decision, Pressure, Side
from tests.clinical.charts import CHART_A1, CHART_C, PLANTAR_USE, abouts, messages
from tests.drafts import LEFT_CALF, LEFT_FOOT, NOT_TESTED, calf_use, no, yes

CLEAR = Clearance(Verdict.CLEAR, ())
TODAY = CHART_A1.served_on


def screened(draft: VisitDraft, due: set[str] | None = None) -> Clearance:
    about = tuple(use.site for use in draft.uses)
    return clearance(draft.answers, about=about, due=due or (), on=draft.served_on)


def test_charts_a_and_c_can_be_signed_as_they_are() -> None:
    assert missing(CHART_A1, screened(CHART_A1)) == ()
    assert missing(CHART_C, screened(CHART_C)) == ()


def test_an_empty_treated_visit_names_everything_in_the_order_of_the_form() -> None:
    found = missing(VisitDraft(TODAY), CLEAR)
    assert abouts(found) == [
        "pains-0-before",
        "uses-0-instrument_id",
        "pains-0-after",
        "skin_response",
        "assessment",
        "plan",
        "timed_minutes",
        "total_minutes",
    ]
    assert {finding.level for finding in found} == {Level.REFUSE}


@pytest.mark.parametrize(
    ("field", "blank", "on_the_first", "on_later_ones"),
    [
        pytest.param("assessment", " ", True, False, id="assessment"),
        pytest.param("plan", "", True, False, id="plan"),
        pytest.param("subjective", "", False, False, id="subjective"),
        pytest.param("skin_response", "", True, True, id="skin"),
        pytest.param("timed_minutes", None, True, True, id="timed minutes"),
        pytest.param("total_minutes", None, True, True, id="total minutes"),
    ],
)
def test_a_daily_note_asks_for_less_than_the_first_of_an_episode(
    field: str, blank: Any, on_the_first: bool, on_later_ones: bool
) -> None:
    draft = replace(CHART_A1, **{field: blank})
    asked = [field]
    assert abouts(missing(draft, screened(draft), is_first=True)) == asked * on_the_first
    assert abouts(missing(draft, screened(draft), is_first=False)) == asked * on_later_ones


@pytest.mark.parametrize(
    ("changes", "about"),
    [
        pytest.param({"instrument_id": 0}, "instrument_id", id="instrument"),
        pytest.param({"region": ""}, "region", id="region"),
        pytest.param({"stroke": ""}, "stroke", id="stroke"),
        pytest.param({"pressure": None}, "pressure", id="pressure"),
        pytest.param({"minutes": None}, "minutes", id="minutes"),
    ],
)
def test_each_use_must_be_complete(changes: dict[str, Any], about: str) -> None:
    draft = replace(CHART_A1, uses=(PLANTAR_USE, calf_use(**changes)))
    assert abouts(missing(draft, CLEAR)) == [f"uses-1-{about}"]


def test_pain_now_is_asked_for_where_its_row_stands() -> None:
    now, first_step, worst = CHART_A1.pains
    draft = replace(CHART_A1, pains=(first_step, worst, replace(now, after=worst.after)))
    assert abouts(missing(draft, CLEAR)) == ["pains-2-after"]


def test_pain_now_not_tested_is_an_answer() -> None:
    now = replace(CHART_A1.pains[0], before=NOT_TESTED, after=NOT_TESTED)
    assert missing(replace(CHART_A1, pains=(now,)), CLEAR) == ()


def test_zero_minutes_timed_is_an_entry() -> None:
    assert abouts(missing(replace(CHART_A1, timed_minutes=0), CLEAR)) == ["minutes_reason"]


def test_a_stop_cannot_be_signed_as_treated() -> None:
    draft = replace(CHART_A1, answers=(yes("fever_systemic_infection"),))
    assert abouts(missing(draft, screened(draft))) == ["decision"]


def test_open_questions_are_counted_and_the_first_is_linked() -> None:
    found = missing(CHART_A1, screened(CHART_A1, {"open_wound", "sunburn", "pregnancy"}))
    assert [(f.about, f.message) for f in found] == [
        (
            "answers-open_wound-answer",
            "Safety check incomplete: 3 questions are not asked.",
        )
    ]


def test_a_reason_that_is_missing_is_linked() -> None:
    draft = replace(CHART_A1, answers=(yes("anticoagulant"),))
    assert abouts(missing(draft, screened(draft))) == [
        "answers-anticoagulant-reason",
        "answers-anticoagulant-mitigation",
    ]


def test_a_use_on_a_blocked_region_is_linked_even_if_it_was_added_after_the_check() -> None:
    draft = replace(CHART_A1, answers=(yes("ecchymosis_effusion", LEFT_FOOT),))
    found = missing(draft, screened(draft))
    assert abouts(found) == ["uses-0-region"]
    assert "Left plantar foot may not be treated today" in found[0].message

    both_feet = replace(PLANTAR_USE, side=Side.BILATERAL)
    assert abouts(missing(replace(draft, uses=(both_feet,)), screened(draft))) == ["uses-0-region"]


def test_the_calf_may_be_treated_while_the_foot_is_bruised() -> None:
    draft = replace(CHART_A1, uses=(calf_use(),), answers=(yes("ecchymosis_effusion", LEFT_FOOT),))
    assert missing(draft, screened(draft)) == ()
    assert calf_use().site == LEFT_CALF


@pytest.mark.parametrize(
    ("changes", "about"),
    [
        ({"not_treated_reason": "swelling"}, "not_treated_reason"),
        ({"referral": "  "}, "referral"),
        ({"patient_informed": False}, "patient_informed"),
        ({"uses": (PLANTAR_USE,)}, "uses-0-instrument_id"),
    ],
)
def test_screened_not_treated_needs(changes: dict[str, Any], about: str) -> None:
    assert abouts(missing(replace(CHART_C, **changes), screened(CHART_C))) == [about]


def test_screened_not_treated_needs_no_finished_check() -> None:
    unfinished = screened(CHART_C, {"open_wound"})
    assert CHART_C.decision is Decision.NOT_TREATED
    assert missing(CHART_C, unfinished) == ()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, [], id="today"),
        pytest.param({"end_time": time(10, 30)}, [], id="ends as it starts"),
        pytest.param(
            {"end_time": time(10, 29)},
            [
                "The session cannot end before it starts: one past midnight ends at 23:59, and the "
                "rest is said in the note."
            ],
            id="reversed",
        ),
        pytest.param(
            {"served_on": date(2026, 3, 5)}, ["The session cannot be in the future."], id="tomorrow"
        ),
    ],
)
def test_the_times_of_a_session(changes: dict[str, Any], expected: list[str]) -> None:
    assert messages(check_times(replace(CHART_A1, **changes), TODAY)) == expected


@pytest.mark.parametrize(
    ("served_on", "start", "about"),
    [
        pytest.param(TODAY, time(10, 30), [], id="starts now"),
        pytest.param(TODAY, time(10, 31), ["start_time"], id="starts in a minute"),
        pytest.param(TODAY, None, [], id="no time given"),
        pytest.param(date(2026, 3, 3), time(23, 0), [], id="late yesterday"),
        pytest.param(date(1979, 3, 14), None, [], id="on the day of birth"),
        pytest.param(date(1979, 3, 13), None, ["served_on"], id="the day before birth"),
    ],
)
def test_a_session_is_neither_before_birth_nor_later_than_now(
    served_on: date, start: time | None, about: list[str]
) -> None:
    draft = replace(CHART_A1, served_on=served_on, start_time=start, end_time=None)
    found = check_times(draft, TODAY, now=time(10, 30, 20), born_on=date(1979, 3, 14))
    assert abouts(found) == about


OPEN = EpisodeSpan(date(2026, 3, 2))


@pytest.mark.parametrize(
    ("span", "level"),
    [
        pytest.param(OPEN, None, id="in its episode"),
        pytest.param(EpisodeSpan(TODAY, TODAY), None, id="on its first and last day"),
        pytest.param(EpisodeSpan(date(2026, 3, 5)), Level.CAUTION, id="before it opened"),
        pytest.param(OPEN._replace(closed_on=date(2026, 3, 3)), Level.REFUSE, id="after it closed"),
    ],
)
def test_a_session_outside_its_episode(span: EpisodeSpan, level: Level | None) -> None:
    found = check_times(replace(CHART_A1, served_on=TODAY), TODAY, span=span)
    assert [(f.about, f.level) for f in found] == ([("served_on", level)] if level else [])


@pytest.mark.parametrize(
    ("answers", "is_screened"),
    [
        pytest.param((), False, id="nothing asked"),
        pytest.param((AnswerDraft("open_wound"),), False, id="one line, not asked"),
        pytest.param(no("open_wound"), True, id="one no"),
        pytest.param((yes("fever_systemic_infection"),), True, id="the fever"),
    ],
)
def test_screened_and_not_treated_needs_something_screened(
    answers: tuple[AnswerDraft, ...], is_screened: bool
) -> None:
    found = missing(replace(CHART_C, answers=answers), CLEAR)
    assert (found == ()) == is_screened
    assert abouts(found) == [f"answers-{next(iter(checklist)).key}-answer"] * (not is_screened)


@pytest.mark.parametrize(
    ("level", "stands_in_the_way"),
    [
        (Level.STOP, True),
        (Level.BLOCK, True),
        (Level.REFUSE, True),
        (Level.CAUTION, False),
        (Level.NOTE, False),
    ],
)
def test_who_may_sign(level: Level, stands_in_the_way: bool) -> None:
    findings = (Finding(level, "said"),)
    assert may_sign(False, findings) is not stands_in_the_way
    assert not may_sign(True, findings)


def test_a_signed_visit_is_not_edited() -> None:
    assert may_edit(is_signed=False)
    assert not may_edit(is_signed=True)


@pytest.mark.parametrize(("entered_on", "days"), [(4, 0), (5, 1), (9, 5), (1, 0)])
def test_how_late_an_entry_is(entered_on: int, days: int) -> None:
    assert late_by(date(2026, 3, 4), date(2026, 3, entered_on)) == days


def test_the_cap_of_chart_a_is_moderate() -> None:
    cap = screened(CHART_A1).cap_at(CHART_A1.uses[0].site)
    assert cap is not None
    assert cap.pressure is Pressure.MODERATE
    assert CHART_A1.uses[0].minutes == Decimal(4)
