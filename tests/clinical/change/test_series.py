"""The three comparisons over the sessions of an episode."""

from dataclasses import replace
from datetime import date, time

import pytest

from clinic_notes.clinical.change import (
    Basis,
    Comparison,
    SessionRow,
    by_measured_thing,
    judged_changes,
)
from clinic_notes.clinical.drafts import BLANK, Measured, MeasureDraft, PainDraft, RomDraft
from clinic_notes.reference.terms import Mode, ReadingState, Side
from tests.clinical.change.pairs import LAST, MEANINGFUL, NOT_COMPARABLE, SESSION, START, WITHIN
from tests.drafts import NOT_APPLICABLE, NOT_TESTED, measured

WORST = PainDraft("worst_24h")


def session(day: int, before: Measured, after: Measured = BLANK, hour: int | None = None):
    row = replace(WORST, before=before, after=after)
    return SessionRow(row, date(2026, 3, day), None if hour is None else time(hour), rater=1)


def compared(*sessions: SessionRow) -> dict[Comparison, tuple[object, object, str]]:
    (series,) = by_measured_thing(sessions)
    return {
        change.comparison: (
            change.before and change.before.value.number,
            change.after.value.number,
            change.verdict,
        )
        for change in judged_changes(series)
    }


def test_within_session_since_last_and_since_start_are_three_things() -> None:
    found = compared(
        session(1, measured(8), measured(4)),
        session(5, measured(7), measured(3)),
        session(9, measured(6), measured(5)),
    )
    assert found == {
        SESSION: (6, 5, WITHIN),
        LAST: (7, 6, WITHIN),
        START: (8, 6, MEANINGFUL),
    }


def test_each_comparison_has_its_name() -> None:
    assert [str(each) for each in Comparison] == [
        "within this session",
        "since last measured",
        "since the start",
    ]


def test_sessions_that_come_out_of_order_are_put_in_order() -> None:
    found = compared(session(9, measured(3)), session(1, measured(8)), session(5, measured(7)))
    assert (found[LAST][:2], found[START][:2]) == ((7, 3), (8, 3))


def test_two_sessions_of_one_day_are_in_the_order_of_their_start() -> None:
    found = compared(session(1, measured(3), hour=15), session(1, measured(8), hour=9))
    assert found[LAST][:2] == (8, 3)


def test_a_session_without_a_start_time_is_the_first_of_its_day() -> None:
    found = compared(session(1, measured(3), hour=9), session(1, measured(8)))
    assert found[LAST][:2] == (8, 3)


def test_sessions_of_the_same_moment_stay_as_given() -> None:
    assert compared(session(1, measured(8)), session(1, measured(3)))[LAST][:2] == (8, 3)


def test_over_sessions_what_was_measured_before_treatment_counts() -> None:
    found = compared(session(1, measured(8), measured(1)), session(5, measured(8), measured(2)))
    assert (found[LAST], found[SESSION]) == ((8, 8, WITHIN), (8, 2, MEANINGFUL))


@pytest.mark.parametrize("missing", [BLANK, NOT_TESTED, NOT_APPLICABLE])
def test_a_session_in_which_it_was_not_measured_is_passed_over(missing: Measured) -> None:
    found = compared(
        session(1, measured(8)), session(3, missing), session(5, measured(4)), session(9, missing)
    )
    assert (found[LAST][:2], found[START][:2]) == ((8, 4), (8, 4))


def test_a_first_reading_limited_by_pain_is_still_the_first() -> None:
    limited = Measured(ReadingState.PAIN_LIMITED, measured(8).number)
    found = compared(session(1, limited), session(3, measured(7)), session(5, measured(4)))
    assert (found[START], found[LAST]) == ((8, 4, NOT_COMPARABLE), (7, 4, MEANINGFUL))


def test_after_one_session_there_is_no_earlier_one() -> None:
    assert compared(session(1, measured(8), measured(5))) == {
        SESSION: (8, 5, MEANINGFUL),
        LAST: (None, 8, NOT_COMPARABLE),
        START: (None, 8, NOT_COMPARABLE),
    }


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        pytest.param(measured(8), BLANK, [LAST, START], id="nothing after"),
        pytest.param(measured(8), NOT_APPLICABLE, [SESSION, LAST, START], id="said why not after"),
        pytest.param(BLANK, measured(5), [], id="nothing before"),
        pytest.param(NOT_TESTED, measured(5), [], id="said why not before"),
    ],
)
def test_only_what_was_measured_is_compared(
    before: Measured, after: Measured, found: list[Comparison]
) -> None:
    assert list(compared(session(1, before, after))) == found


def test_a_reading_only_after_treatment_does_not_hide_the_ones_before() -> None:
    found = compared(
        session(1, measured(8)), session(5, measured(5)), session(9, BLANK, measured(2))
    )
    assert found == {LAST: (8, 5, MEANINGFUL), START: (8, 5, MEANINGFUL)}


def test_rows_that_measure_different_things_are_different_series() -> None:
    def rom(side: Side, position: str) -> SessionRow:
        row = RomDraft("ankle_dorsiflexion", side, Mode.ACTIVE, position, before=measured(4))
        return SessionRow(row, date(2026, 3, 1))

    rows = [
        rom(Side.LEFT, "knee_straight"),
        rom(Side.LEFT, "knee_bent"),
        rom(Side.RIGHT, "knee_straight"),
        session(1, measured(8)),
        session(5, measured(7)),
    ]
    assert [len(series) for series in by_measured_thing(rows)] == [1, 1, 1, 2]


def test_a_row_without_any_value_is_no_series() -> None:
    assert by_measured_thing([session(1, NOT_TESTED, BLANK)]) == ()


def test_the_same_activity_spelled_otherwise_is_one_series() -> None:
    rows = [
        SessionRow(MeasureDraft("psfs", detail=detail, before=measured(3)), date(2026, 3, 1))
        for detail in ("Stairs", "stairs ", "STAIRS", "Shift")
    ]
    assert [len(series) for series in by_measured_thing(rows)] == [3, 1]


def test_two_devices_are_one_series_that_says_why_it_cannot_be_judged() -> None:
    rows = [
        SessionRow(
            RomDraft("wrist_flexion", Side.LEFT, Mode.ACTIVE, device=device, before=measured(60)),
            date(2026, 3, day),
        )
        for day, device in ((1, "goniometer"), (5, "inclinometer"))
    ]
    (series,) = by_measured_thing(rows)
    assert {change.reason for change in judged_changes(series)} == {"another device"}


def test_the_region_and_the_clinics_choice_reach_the_verdict() -> None:
    (series,) = by_measured_thing([session(1, measured(8), measured(5)), session(5, measured(5))])
    changes = judged_changes(series, Basis("cervical_post", frozenset({"nprs_cleland_2008_mdc"})))
    assert {change.criterion and change.criterion.key for change in changes} == {"nprs_neck_spain"}
    within = judged_changes(series[:1], Basis("cervical_post"))[0]
    assert within.criterion is not None
    assert within.criterion.key == "nprs_neck_spain_mdc"


def test_who_measured_goes_with_the_reading() -> None:
    row = RomDraft("wrist_flexion", Side.LEFT, Mode.ACTIVE, before=measured(62), after=measured(70))
    rows = [SessionRow(row, date(2026, 4, day), rater=day) for day in (1, 2)]
    (series,) = by_measured_thing(rows)
    assert [(c.before and c.before.rater, c.after.rater) for c in judged_changes(series)] == [
        (2, 2),
        (1, 2),
        (1, 2),
    ]
