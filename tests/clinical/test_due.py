"""When reports, certifications and re-assessments are due."""

from dataclasses import FrozenInstanceError
from datetime import date, timedelta

import pytest

from clinic_notes.clinical.due import (
    Due,
    DueKind,
    DueState,
    EpisodeDays,
    certification,
    certified_until,
    due_items,
    first_signature,
    progress_report,
    reassessment,
)

LATER, SOON, NOW, OVERDUE = DueState
START = date(2026, 3, 2)


def test_states_are_words_that_a_style_can_name() -> None:
    assert [state.value for state in DueState] == ["later", "soon", "due", "overdue"]


def days(*offsets: int) -> list[date]:
    return [START + timedelta(offset) for offset in offsets]


TEN = days(*range(0, 20, 2))


@pytest.mark.parametrize(
    ("treated", "reports", "state", "words"),
    [
        pytest.param([], [], LATER, "due in 10 treatment days (0 of 10", id="nothing yet"),
        pytest.param(TEN[:1], [], LATER, "due in 9 treatment days (1 of 10", id="the first counts"),
        pytest.param(TEN[:7], [], LATER, "due in 3 treatment days (7 of 10", id="the seventh"),
        pytest.param(TEN[:8], [], SOON, "due in 2 treatment days (8 of 10", id="the eighth"),
        pytest.param(TEN[:9], [], SOON, "due in 1 treatment day (9 of 10", id="the ninth"),
        pytest.param(TEN, [], NOW, "due now (10 of 10", id="the tenth"),
        pytest.param([*TEN, *days(30)], [], OVERDUE, "overdue (11 of 10", id="the eleventh"),
        pytest.param(
            TEN[:5] * 2,
            [],
            LATER,
            "due in 5 treatment days (5 of 10",
            id="two sessions in one day count once",
        ),
        pytest.param(TEN[::-1], [], NOW, "due now (10 of 10", id="entered in any order"),
        pytest.param(
            days(0, 90, 200),
            [],
            LATER,
            "due in 7 treatment days (3 of 10",
            id="missed visits do not count",
        ),
        pytest.param(
            TEN,
            TEN[-1:],
            LATER,
            "due in 10 treatment days (0 of 10",
            id="reported on the tenth day",
        ),
        pytest.param(
            TEN, TEN[4:5], LATER, "due in 5 treatment days (5 of 10", id="reported after five"
        ),
        pytest.param(
            TEN,
            days(9),
            LATER,
            "due in 5 treatment days (5 of 10",
            id="reported between two treatments",
        ),
        pytest.param(
            [*TEN, *days(30)],
            TEN[-1:],
            LATER,
            "due in 9 treatment days (1 of 10",
            id="the next period began",
        ),
        pytest.param(
            TEN,
            [TEN[4], TEN[1]],
            LATER,
            "due in 5 treatment days (5 of 10",
            id="the last report counts",
        ),
        pytest.param(TEN, days(-7), NOW, "due now (10 of 10", id="a report of an earlier time"),
    ],
)
def test_a_progress_report_is_due_every_10_treatment_days(
    treated: list[date], reports: list[date], state: DueState, words: str
) -> None:
    found = progress_report(treated, reports)
    assert (found.state, found.until) == (state, None)
    assert found.sentence == f"Progress report {words} treatment days)."


@pytest.mark.parametrize(
    ("begins_on", "planned", "until"),
    [
        pytest.param(date(2026, 1, 1), None, date(2026, 3, 31), id="90 days, the first counted"),
        pytest.param(date(2028, 1, 1), None, date(2028, 3, 30), id="over a leap day"),
        pytest.param(date(2028, 2, 29), None, date(2028, 5, 28), id="from a leap day"),
        pytest.param(date(2100, 1, 1), None, date(2100, 3, 31), id="2100 is no leap year"),
        pytest.param(date(2026, 11, 15), None, date(2027, 2, 12), id="over the new year"),
        pytest.param(date(2026, 3, 1), 42, date(2026, 4, 11), id="six weeks planned"),
        pytest.param(date(2026, 3, 1), 90, date(2026, 5, 29), id="90 planned"),
        pytest.param(date(2026, 3, 1), 120, date(2026, 5, 29), id="longer is cut to 90"),
        pytest.param(date(2026, 3, 1), 1, date(2026, 3, 1), id="one day"),
    ],
)
def test_a_plan_is_certified_for_90_days_at_most(
    begins_on: date, planned: int | None, until: date
) -> None:
    assert certified_until(begins_on, planned) == until


@pytest.mark.parametrize("planned", [0, -1])
def test_a_plan_without_a_day_is_refused(planned: int) -> None:
    with pytest.raises(ValueError, match=rf"at least a day, not {planned}\.$"):
        certified_until(START, planned)


@pytest.mark.parametrize(
    ("today", "state", "words"),
    [
        pytest.param(date(2026, 1, 1), LATER, "due by 31 Mar 2026, in 89 days", id="first day"),
        pytest.param(
            date(2026, 3, 16), LATER, "due by 31 Mar 2026, in 15 days", id="15 days before"
        ),
        pytest.param(
            date(2026, 3, 17), SOON, "due by 31 Mar 2026, in 14 days", id="14 days before"
        ),
        pytest.param(date(2026, 3, 30), SOON, "due by 31 Mar 2026, in 1 day", id="the day before"),
        pytest.param(date(2026, 3, 31), NOW, "due today", id="the last day"),
        pytest.param(date(2026, 4, 1), OVERDUE, "overdue since 31 Mar 2026", id="the day after"),
    ],
)
def test_a_certification_comes_nearer(today: date, state: DueState, words: str) -> None:
    found = certification(date(2026, 1, 1), today)
    assert (found.state, found.until) == (state, date(2026, 3, 31))
    assert found.sentence == f"Certification {words}."


def test_a_shorter_plan_is_certified_again_sooner() -> None:
    found = certification(date(2026, 3, 1), date(2026, 4, 12), planned_days=42)
    assert found == Due(OVERDUE, date(2026, 4, 11), "Certification overdue since 11 Apr 2026.")


def test_the_first_plan_is_signed_in_the_30_days_after_the_first_treatment() -> None:
    found = first_signature(date(2028, 2, 10), date(2028, 3, 11))
    assert found == Due(NOW, date(2028, 3, 11), "Signed plan of care due today.")


@pytest.mark.parametrize(
    ("last_on", "every", "until"),
    [
        pytest.param(date(2026, 2, 10), None, date(2026, 3, 12), id="30 days over February"),
        pytest.param(date(2028, 2, 10), None, date(2028, 3, 11), id="30 days over a leap day"),
        pytest.param(date(2026, 2, 10), 14, date(2026, 2, 24), id="two weeks"),
    ],
)
def test_the_patient_is_measured_again(last_on: date, every: int | None, until: date) -> None:
    given = {} if every is None else {"every_days": every}
    found = reassessment(last_on, until, **given)
    assert (found.state, found.until) == (NOW, until)
    assert found.sentence == "Re-assessment due today."


def test_a_clock_that_was_read_stays_as_it_was() -> None:
    with pytest.raises(FrozenInstanceError):
        reassessment(START, START).state = OVERDUE  # type: ignore[misc]


REPORT, CERTIFY, REASSESS = DueKind
FIRST = START


def clocks(today: date, **given: object) -> dict[DueKind, tuple[DueState, date | None]]:
    """Return state and day of each clock of an episode treated first on 2 Mar 2026."""
    days_of = EpisodeDays(**({"treatment_days": frozenset({FIRST})} | given))  # type: ignore[arg-type]
    found = due_items(days_of, today)
    assert len({kind for kind, _ in found}) == len(found), "each once"
    return {kind: (due.state, due.until) for kind, due in found}


@pytest.mark.parametrize(
    ("today", "given", "kind", "state", "until"),
    [
        pytest.param(FIRST, {}, REPORT, LATER, None, id="a report, after one treatment"),
        pytest.param(
            FIRST, {"treatment_days": frozenset(TEN)}, REPORT, NOW, None, id="after ten treatments"
        ),
        pytest.param(
            FIRST,
            {"treatment_days": frozenset(TEN), "reports": frozenset(TEN[-1:])},
            REPORT,
            LATER,
            None,
            id="a report was recorded",
        ),
        pytest.param(FIRST, {}, REASSESS, LATER, date(2026, 4, 1), id="measured again in 30 days"),
        pytest.param(
            date(2026, 4, 1), {}, REASSESS, NOW, date(2026, 4, 1), id="on the thirtieth day"
        ),
        pytest.param(
            date(2026, 4, 2), {}, REASSESS, OVERDUE, date(2026, 4, 1), id="a day too late"
        ),
        pytest.param(
            date(2026, 4, 2),
            {"measured": frozenset({date(2026, 3, 30)})},
            REASSESS,
            LATER,
            date(2026, 4, 29),
            id="measured meanwhile",
        ),
        pytest.param(
            date(2028, 3, 1),
            {
                "treatment_days": frozenset({date(2028, 1, 31)}),
                "measured": frozenset({date(2028, 1, 31)}),
            },
            REASSESS,
            NOW,
            date(2028, 3, 1),
            id="over a leap day",
        ),
        pytest.param(
            FIRST,
            {"needs_certification": True},
            CERTIFY,
            LATER,
            date(2026, 4, 1),
            id="the first signature within 30 days",
        ),
        pytest.param(
            FIRST,
            {"needs_certification": True, "certified_from": FIRST},
            CERTIFY,
            LATER,
            date(2026, 5, 30),
            id="certified, for 90 days",
        ),
        pytest.param(
            FIRST,
            {"certified_from": FIRST, "planned_weeks": 6},
            CERTIFY,
            LATER,
            date(2026, 4, 12),
            id="certified, for the planned weeks",
        ),
        pytest.param(
            FIRST,
            {"certified_from": FIRST, "planned_weeks": 20},
            CERTIFY,
            LATER,
            date(2026, 5, 30),
            id="planned for longer than a certification lasts",
        ),
        pytest.param(
            date(2026, 4, 11),
            {"certified_from": FIRST, "certified_until": date(2026, 4, 10), "planned_weeks": 12},
            CERTIFY,
            OVERDUE,
            date(2026, 4, 10),
            id="until the day that was signed",
        ),
    ],
)
def test_the_clocks_of_an_episode(
    today: date, given: dict[str, object], kind: DueKind, state: DueState, until: date | None
) -> None:
    assert clocks(today, **given)[kind] == (state, until)


def test_before_the_first_treatment_nothing_is_due() -> None:
    assert due_items(EpisodeDays(needs_certification=True), START) == ()


def test_who_needs_no_certification_is_asked_for_none() -> None:
    assert set(clocks(START)) == {REPORT, REASSESS}


def test_the_most_urgent_stands_first() -> None:
    episode = EpisodeDays(
        treatment_days=frozenset(TEN), certified_from=START, certified_until=date(2026, 3, 21)
    )
    found = due_items(episode, date(2026, 4, 1) - timedelta(5))
    assert [(kind, due.state) for kind, due in found] == [
        (CERTIFY, OVERDUE),
        (REPORT, NOW),
        (REASSESS, SOON),
    ]
