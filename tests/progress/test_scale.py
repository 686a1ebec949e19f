"""Where a value stands on a chart."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_notes.progress.scale import CHARACTER, Linear, day_labels, labelled, spread, ticks


@pytest.mark.parametrize(
    ("value", "position"),
    [(0, 232.0), (10, 12.0), (5, 122.0), (2.5, 177.0)],
    ids=["no pain at the foot", "worst at the head", "middle", "between two levels"],
)
def test_pain_stands_on_its_level(value: float, position: float) -> None:
    assert Linear(0, 10, 232, 12)(value) == position


def test_a_single_value_stands_in_the_middle() -> None:
    assert Linear(7, 7, 34, 668)(7) == 351.0


def test_levels_run_from_one_end_to_the_other() -> None:
    assert ticks(0, 10, 2) == (0, 2, 4, 6, 8, 10)


def test_days_of_one_year_leave_it_out_and_days_of_two_say_it() -> None:
    assert day_labels([date(2026, 3, 4), date(2026, 4, 10)]) == ("4 Mar", "10 Apr")
    assert day_labels([date(2025, 12, 30), date(2026, 1, 2)]) == ("30 Dec 2025", "2 Jan 2026")


@pytest.mark.parametrize(
    ("positions", "chosen"),
    [
        ([], ()),
        ([351.0], (0,)),
        ([34.0, 668.0], (0, 1)),
        ([34.0, 40.0, 351.0, 660.0, 668.0], (0, 2, 4)),
        ([34.0, 60.0], (1,)),
    ],
    ids=["none", "one", "two", "those too near are left out", "two that collide: the last"],
)
def test_labels_that_can_be_read(positions: list[float], chosen: tuple[int, ...]) -> None:
    assert labelled(positions, ["12 Mar"] * len(positions)) == chosen


@given(st.lists(st.floats(34, 668), min_size=1, max_size=200).map(sorted))
def test_labels_never_collide(positions: list[float]) -> None:
    chosen = labelled(positions, ["30 Dec 2025"] * len(positions))
    assert chosen[-1] == len(positions) - 1
    for one, other in pairwise(chosen):
        assert positions[other] - positions[one] >= 11 * CHARACTER


@given(st.integers(0, 10), st.integers(0, 10))
def test_the_words_at_the_line_ends_never_collide_nor_leave_the_plot(one: int, two: int) -> None:
    height = Linear(0, 10, 232, 12)
    upper, lower = spread(height(one), height(two), 18, 12, 232)
    assert abs(upper - lower) >= 18
    assert all(12 <= y <= 232 for y in (upper, lower))
    assert (upper < lower) == (one >= two)
