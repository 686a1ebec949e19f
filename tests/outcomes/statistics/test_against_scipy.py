"""Our figures against scipy and numpy, on random data, to 1e-9."""

from math import asin, sin, sqrt

import numpy as np
import pytest
from scipy import stats

from clinic_notes.outcomes.statistics import distribution, funnel, intervals, pooling
from clinic_notes.outcomes.statistics.student_t import t_quantile

RANDOM = np.random.default_rng(20261128)
CLOSE = {"rel": 1e-9, "abs": 1e-9}


def counts(units: int, rate: float = 0.5, most: int = 200) -> list[tuple[int, int]]:
    """Return successes and n of as many units, each of a rate of its own."""
    made = []
    for _ in range(units):
        n = int(RANDOM.integers(5, most))
        made.append((int(RANDOM.binomial(n, np.clip(RANDOM.normal(rate, 0.1), 0, 1))), n))
    return made


@pytest.mark.parametrize("freedom", [*range(1, 61), 99, 250, 999, 1000, 1001, 5000, 10**6])
def test_quantiles_of_students_t(freedom: int) -> None:
    for confidence in (0.5, 0.8, 0.95, 0.998):
        expected = stats.t.ppf((1 + confidence) / 2, freedom)
        assert t_quantile(confidence, freedom) == pytest.approx(expected, **CLOSE)


def test_wilson_intervals() -> None:
    pairs = [(s, n) for n in (1, 2, 9, 10, 57, 1000) for s in {0, 1, n // 2, n}]
    for successes, n in pairs:
        expected = stats.binomtest(successes, n).proportion_ci(0.95, method="wilson")
        found = intervals.wilson(successes, n)
        assert (found.low, found.high) == pytest.approx((expected.low, expected.high), **CLOSE)
        assert found.low <= found.value <= found.high


def test_t_intervals_of_means() -> None:
    for n in (2, 3, 10, 47, 1500):
        values = RANDOM.normal(2, 5, n)
        found = intervals.mean_interval(values.tolist())
        expected = stats.t.interval(0.95, n - 1, values.mean(), stats.sem(values))
        assert (found.low, found.high) == pytest.approx(expected, **CLOSE)


def test_a_mean_of_one_value_has_no_interval() -> None:
    assert intervals.mean_interval([3.0]) == intervals.Estimate(3, 1, None, None)


def test_quantiles_and_quartiles() -> None:
    for n in (1, 2, 3, 4, 10, 101):
        values = RANDOM.normal(size=n).tolist()
        for share in (0, 0.025, 0.1, 0.25, 0.5, 0.77, 1):
            expected = np.quantile(values, share, method="linear")
            assert distribution.quantile(values, share) == pytest.approx(expected, **CLOSE)
        found = distribution.quartiles(values)
        assert (found.least, found.most) == (min(values), max(values))
        assert found.median == pytest.approx(np.median(values), **CLOSE)


def test_effect_sizes_by_three_formulas() -> None:
    before = RANDOM.normal(6, 2, 60)
    after = before - RANDOM.normal(2, 1, 60)
    found = distribution.effect_sizes(list(zip(before.tolist(), after.tolist(), strict=True)))
    mean, one, other = (after - before).mean(), before.std(ddof=1), after.std(ddof=1)
    expected = (
        mean / one,
        mean / sqrt((one**2 + other**2) / 2),
        mean / (after - before).std(ddof=1),
    )
    assert [size.value for size in found] == pytest.approx(expected, **CLOSE)
    assert not any(size.is_corrected for size in found)


def test_an_effect_size_of_few_pairs_is_corrected_and_says_so() -> None:
    pairs = [(6.0, 3.0), (7.0, 5.0), (5.0, 1.0), (8.0, 4.0)]
    found = distribution.effect_sizes(pairs)[0]
    plain = -3.25 / np.std([6, 7, 5, 8], ddof=1)
    assert found.value == pytest.approx(plain * (1 - 3 / (4 * 3 - 1)), **CLOSE)
    assert found.is_corrected


@pytest.mark.parametrize("pairs", [[], [(6.0, 3.0)], [(6.0, 3.0), (6.0, 3.0)]])
def test_no_effect_size_without_a_deviation(pairs: list[tuple[float, float]]) -> None:
    assert distribution.effect_sizes(pairs) == ()


def test_pooled_rates_are_the_posterior_means_of_a_beta_prior() -> None:
    for _ in range(50):
        units = counts(int(RANDOM.integers(3, 30)))
        s, n = np.array(units, dtype=float).T
        found = pooling.pooled_rates(units)
        rate, total = s.sum() / n.sum(), n.sum()
        # Kleinman 1973: rho by moments with weights n, then alpha + beta = 1 / rho - 1.
        scatter = (n * (s / n - rate) ** 2).sum() / (rate * (1 - rate))
        k = len(units)
        rho = (scatter - (k - 1)) / (total - (n**2).sum() / total - (k - 1))
        if rho <= 0:
            assert found.values == (rate,) * k
            continue
        alpha, beta = rate * (1 / rho - 1), (1 - rate) * (1 / rho - 1)
        expected = stats.beta(alpha + s, beta + n - s).mean()
        assert found.values == pytest.approx(expected.tolist(), **CLOSE)


def test_pooled_means_are_the_posterior_means_of_a_normal_prior() -> None:
    for _ in range(50):
        means = RANDOM.normal(2, 1, 12)
        errors = RANDOM.uniform(0.1, 1.5, 12)
        found = pooling.pooled_means(means.tolist(), errors.tolist())
        w = errors**-2.0
        q = (w * (means - np.average(means, weights=w)) ** 2).sum()
        tau2 = max(0, (q - 11) / (w.sum() - (w**2).sum() / w.sum()))
        toward = np.average(means, weights=1 / (errors**2 + tau2))
        share = tau2 / (tau2 + errors**2)
        assert found.values == pytest.approx((toward + share * (means - toward)).tolist(), **CLOSE)


def test_a_pooled_rate_is_between_the_units_and_the_clinics() -> None:
    units = counts(20)
    found = pooling.pooled_rates(units)
    for (successes, n), pooled in zip(units, found.values, strict=True):
        low, high = sorted((successes / n, found.toward))
        assert low - 1e-12 <= pooled <= high + 1e-12


@pytest.mark.parametrize("units", [[(3, 7)], [(0, 5), (0, 9)], [(5, 5), (9, 9)], [(1, 1), (0, 1)]])
def test_units_that_tell_nothing_apart_have_the_clinics_rate(units: list[tuple[int, int]]) -> None:
    found = pooling.pooled_rates(units)
    assert found.values == (found.toward,) * len(units)


def test_exact_funnel_limits_lie_between_the_binomials_whole_counts() -> None:
    for n in (1, 5, 10, 60, 400):
        for rate in (0.02, 0.37, 0.5, 0.93):
            for level in funnel.LEVELS:
                found = funnel.band(rate, n, level)
                assert found.lower == pytest.approx(exact_limit(rate, n, (1 - level) / 2), **CLOSE)
                assert found.upper == pytest.approx(exact_limit(rate, n, (1 + level) / 2), **CLOSE)


def exact_limit(rate: float, n: int, share: float) -> float:
    """Return the limit of Spiegelhalter 2005, appendix A.1.1, from scipy's binomial."""
    count = int(stats.binom.ppf(share, n, rate))
    at_most, below = stats.binom.cdf([count, count - 1], n, rate)
    return float(np.clip((count - (at_most - share) / (at_most - below)) / n, 0, 1))


def test_over_dispersion_widens_the_funnel() -> None:
    units = counts(40, most=900)
    s, n = np.array(units, dtype=float).T
    found = funnel.dispersion(units)
    assert found is not None
    z = 2 * np.sqrt(n) * (np.arcsin(np.sqrt(s / n)) - asin(sqrt(s.sum() / n.sum())))
    z = np.clip(z, *np.quantile(z, [0.1, 0.9]))
    phi, w = (z**2).mean(), 4 * n
    tau2 = max(0, (40 * phi - 39) / (w.sum() - (w**2).sum() / w.sum()))
    assert (found.phi, found.tau) == pytest.approx((phi, sqrt(tau2)), **CLOSE)
    assert found.tau > 0
    upper = funnel.band(0.5, 100, 0.95, found.tau).upper
    half = stats.norm.ppf(0.975) * sqrt(1 / 400 + tau2)
    assert upper == pytest.approx(sin(asin(sqrt(0.5)) + half) ** 2, **CLOSE)
    assert upper > funnel.band(0.5, 100, 0.95).upper


def test_few_units_say_nothing_about_dispersion() -> None:
    assert funnel.dispersion(counts(9)) is None


@pytest.mark.parametrize("rate", [0.0, 1.0])
def test_a_clinic_of_none_or_all_has_limits_there(rate: float) -> None:
    assert funnel.band(rate, 30, 0.95) == funnel.Band(rate, rate)
