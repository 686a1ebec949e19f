"""Which sessions a chart draws one by one, and which are put together over a long course."""

from datetime import date, timedelta
from decimal import Decimal
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_notes.progress.points import LATEST, MOST, Point, drawn_points

START = date(2016, 1, 4)


def point(nth: int, before: int | None, *, every: int = 7, is_other: bool = False) -> Point:
    value = None if before is None else Decimal(before)
    on = START + timedelta(days=every * nth)
    return Point(on, value, None, "" if before is None else str(before), "", is_other)


def test_sixty_sessions_are_drawn_one_by_one() -> None:
    points = [point(nth, nth % 10) for nth in range(MOST)]
    assert drawn_points(points) == (tuple(points), "")


def test_of_two_hundred_the_first_and_the_latest_twenty_stand_as_they_are() -> None:
    points = [point(nth, nth % 10, every=4) for nth in range(200)]
    drawn, words = drawn_points(points)
    assert drawn[0] == points[0]
    assert drawn[-LATEST:] == tuple(points[-LATEST:])
    assert words.startswith(
        "Between the first session and 24 Dec 2017 one point stands for a month"
    )


@pytest.mark.parametrize(
    ("every", "count", "span", "label"),
    [
        pytest.param(7, 150, "month", "Jan 2016, 3 sessions", id="three years of weeks"),
        pytest.param(18, 203, "quarter", "Jan to Mar 2016, 4 sessions", id="ten years"),
        pytest.param(60, 200, "year", "2016, 6 sessions", id="thirty-three years"),
    ],
)
def test_the_longer_the_course_the_longer_the_span(
    every: int, count: int, span: str, label: str
) -> None:
    drawn, words = drawn_points([point(nth, 5, every=every) for nth in range(count)])
    assert f"one point stands for a {span}:" in words
    assert drawn[1].label == label
    assert len(drawn) <= MOST


def test_a_point_for_several_is_their_median_with_the_lowest_and_the_highest() -> None:
    points = [point(nth, 5) for nth in range(100)]
    # February 2016: the sessions of the 1st, 8th, 15th, 22nd and 29th; one of them has no number.
    points[4:9] = [point(nth, n) for nth, n in zip(range(4, 9), (3, 9, 4, None, 8), strict=True)]
    [february] = [one for one in drawn_points(points, " kg")[0] if "Feb 2016" in one.label]
    assert february.label == "Feb 2016, 5 sessions"
    assert (february.before, february.spread) == (Decimal(6), (Decimal(3), Decimal(9)))
    assert (february.before_text, february.after_text) == ("6 kg (3 to 9)", "")
    assert february.served_on == date(2016, 2, 15)


def test_one_reading_of_somebody_else_shows_in_the_point() -> None:
    points = [point(nth, 5, is_other=nth == 6) for nth in range(100)]
    assert [one.label[:8] for one in drawn_points(points)[0] if one.is_other] == ["Feb 2016"]


@given(
    st.lists(st.one_of(st.none(), st.integers(0, 10)), min_size=MOST + 1, max_size=400),
    st.integers(1, 40),
)
def test_no_session_is_lost_and_none_is_invented(values: list[int | None], every: int) -> None:
    points = [point(nth, value, every=every) for nth, value in enumerate(values)]
    drawn, _ = drawn_points(points)
    counted = [int(one.label.rpartition(", ")[2].split()[0]) if one.label else 1 for one in drawn]
    assert sum(counted) == len(values)
    assert [one.served_on for one in drawn] == sorted(one.served_on for one in drawn)
    at = 0
    for one, count in zip(drawn, counted, strict=True):
        those = [value for value in values[at : at + count] if value is not None]
        assert one.before == (median(map(Decimal, those)) if those else None)
        at += count
