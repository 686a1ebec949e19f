"""Confidence intervals of a rate and of a mean, at 95 %."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist, fmean, stdev

from clinic_notes.outcomes.statistics.student_t import t_quantile

CONFIDENCE = 0.95
_Z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)


@dataclass(frozen=True)
class Estimate:
    """A figure with its n and its 95 % interval. A mean of one value has no interval."""

    value: float
    n: int
    low: float | None
    high: float | None


def wilson(successes: int, n: int) -> Estimate:
    """Return a rate with Wilson's score interval (Wilson 1927, doi 10.1080/01621459.1927.10502953).

    ``n`` is at least 1.
    """
    rate, spread = successes / n, _Z**2 / n
    middle = (rate + spread / 2) / (1 + spread)
    half = _Z / (1 + spread) * sqrt(rate * (1 - rate) / n + spread / (4 * n))
    # Rounding must not leave a rate of none or of all outside its own interval.
    low = 0.0 if successes == 0 else middle - half
    high = 1.0 if successes == n else middle + half
    return Estimate(rate, n, low, high)


def mean_interval(values: Sequence[float]) -> Estimate:
    """Return a mean with its t interval; there is at least one value."""
    n, mean = len(values), fmean(values)
    if n == 1:
        return Estimate(mean, n, None, None)
    half = t_quantile(CONFIDENCE, n - 1) * stdev(values) / sqrt(n)
    return Estimate(mean, n, mean - half, mean + half)
