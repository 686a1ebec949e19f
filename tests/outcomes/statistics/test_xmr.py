"""XmR charts: the limits and rules of NHS "Making Data Count", by its published tests."""

import pytest

from clinic_notes.outcomes.statistics.xmr import Rule, limits_of, xmr


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (range(1, 11), (5.5, 2.84, 8.16, 3.726667, 7.273333)),
        ([1, 2, 3, 4, 5, 4, 3, 2, 1, 2], (2.7, 0.04, 5.36, 0.926667, 4.473333)),
        ([3, 1, 4, 1, 5, 9, 2], (3.571429, -6.625238, 13.768095, -3.226349, 10.369206)),
        (range(20), (9.5, 6.84, 12.16, 7.726667, 11.273333)),
    ],
)
def test_published_limits(values, expected: tuple[float, ...]) -> None:
    found = limits_of(list(values))
    assert tuple(vars(found).values()) == pytest.approx(expected, abs=1e-6)


def fired(values: list[float], rule: Rule) -> list[int]:
    return [i for i, rules in enumerate(xmr(values).fired) if rule in rules]


def test_a_point_outside_the_limits() -> None:
    quiet = [5.0, 6.0] * 8
    assert fired([*quiet, 12.0], Rule.OUTSIDE) == [16]
    assert fired(quiet, Rule.OUTSIDE) == []


def test_seven_on_one_side_of_the_mean() -> None:
    low, high = [1.0, 1.5] * 4, [4.0, 4.5] * 4
    assert fired([*low, *high], Rule.SHIFT) == list(range(16))


def test_six_on_a_side_and_one_across_are_no_shift() -> None:
    six = [3.0, 4.0] * 3
    assert fired([*six, -1.0, *([2.0, -2.0] * 5)], Rule.SHIFT) == []


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, 2, 3, 4, 5, 6, 7], [0, 1, 2, 3, 4, 5, 6]),
        ([7, 6, 5, 4, 3, 2, 1], [0, 1, 2, 3, 4, 5, 6]),
        ([1, 2, 3, 3, 4, 5, 6], []),
        ([1, 2, 3, 4, 5, 6, 5], []),
    ],
)
def test_seven_each_above_the_last(values: list[float], expected: list[int]) -> None:
    assert fired(values, Rule.TREND) == expected


QUIET = [1.0, -1.0] * 10
"""Limits at 5.32 and near limits at 3.55 where it is the baseline."""


def test_two_of_three_near_the_same_limit() -> None:
    rules = xmr([*QUIET, 4.5, 0.0, 4.5], baseline=20).fired
    assert [i for i, found in enumerate(rules) if Rule.NEAR_LIMIT in found] == [20, 22]


def test_two_near_opposite_limits_are_noise() -> None:
    rules = xmr([*QUIET, 4.5, 0.0, -4.5], baseline=20).fired
    assert not any(Rule.NEAR_LIMIT in found for found in rules)


def test_limits_of_few_points_are_provisional() -> None:
    assert xmr([1.0, 2.0] * 6).is_provisional
    assert not xmr([1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0]).is_provisional


def test_screening_leaves_out_a_leap_between_neighbours() -> None:
    values = [*QUIET, 40.0]
    assert limits_of(values, screened=True).upper < limits_of(values).upper
    assert limits_of(values, screened=True).upper == pytest.approx(40 / 21 + 2.66 * 2)


def test_equal_values_have_limits_at_the_mean_and_fire_nothing() -> None:
    chart = xmr([4.0] * 15)
    assert (chart.limits.lower, chart.limits.upper) == (4, 4)
    assert not any(chart.fired)
