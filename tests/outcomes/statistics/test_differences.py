"""Differences of rates and means: the published examples, scipy, and what they promise."""

from math import floor

import numpy as np
import pytest
from scipy import stats

from clinic_notes.outcomes.statistics.differences import mean_difference, rate_difference


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_rates_of_newcombes_table_ii(one, other, low: float, high: float) -> None:
    found = rate_difference(one, other)
    assert found.value == pytest.approx(one[0] / one[1] - other[0] / other[1])
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)
    assert found.is_beyond_chance == (low > 0)


def test_means_are_welchs_with_degrees_of_freedom_rounded_down() -> None:
    random = np.random.default_rng(5)
    for n, m in ((10, 10), (10, 83), (200, 41)):
        one, other = random.normal(-2, 3, n), random.normal(-1, 1, m)
        expected = stats.ttest_ind(one, other, equal_var=False)
        error = (one.mean() - other.mean()) / expected.statistic
        half = stats.t.ppf(0.975, floor(expected.df)) * error
        found = mean_difference(one.tolist(), other.tolist())
        ends = (one.mean() - other.mean() - half, one.mean() - other.mean() + half)
        assert (found.low, found.high) == pytest.approx(ends, rel=1e-9, abs=1e-9)


def test_means_without_any_spread_differ_exactly() -> None:
    assert mean_difference([1.0, 1.0], [1.0, 1.0]).is_beyond_chance is False
    assert mean_difference([2.0, 2.0], [1.0, 1.0]).is_beyond_chance is True


def test_they_cover_in_93_to_97_of_100_clinics_that_do_not_differ() -> None:
    random, missed = np.random.default_rng(12), {"rates": 0, "means": 0}
    for _ in range(2000):
        n, m = (int(one) for one in random.integers(30, 300, 2))
        rates = rate_difference(
            (int(random.binomial(n, 0.5)), n), (int(random.binomial(m, 0.5)), m)
        )
        means = mean_difference(
            random.normal(-2, 2.5, n).tolist(), random.normal(-2, 2.5, m).tolist()
        )
        missed["rates"] += rates.is_beyond_chance
        missed["means"] += means.is_beyond_chance
    assert all(0.03 <= count / 2000 <= 0.07 for count in missed.values())
