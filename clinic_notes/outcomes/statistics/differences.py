"""The difference of two rates or two means, with its 95 % interval."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, sqrt
from statistics import fmean, variance

from clinic_notes.outcomes.statistics.intervals import CONFIDENCE, wilson
from clinic_notes.outcomes.statistics.student_t import t_quantile


@dataclass(frozen=True)
class Difference:
    """How much more the one is than the other, with its interval."""

    value: float
    low: float
    high: float

    @property
    def is_beyond_chance(self) -> bool:
        """Say whether the interval excludes 0."""
        return self.low > 0 or self.high < 0


def rate_difference(one: tuple[int, int], other: tuple[int, int]) -> Difference:
    """Return how much higher the first rate is, each given as successes and n of at least 1.

    Newcombe's hybrid score interval, method 10 of Newcombe 1998
    (doi 10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I).
    """
    (first, low, high), (second, least, most) = (_ends(*counts) for counts in (one, other))
    value = first - second
    below = sqrt((first - low) ** 2 + (most - second) ** 2)
    above = sqrt((high - first) ** 2 + (second - least) ** 2)
    return Difference(value, value - below, value + above)


def mean_difference(one: Sequence[float], other: Sequence[float]) -> Difference:
    """Return how much higher the first mean is; each has at least two values.

    Welch's interval (Welch 1947, doi 10.1093/biomet/34.1-2.28), its degrees of freedom rounded
    down, which makes it a little wider.
    """
    value = fmean(one) - fmean(other)
    parts = [(variance(values) / len(values), len(values) - 1) for values in (one, other)]
    error = sum(part for part, _ in parts)
    if error == 0:
        return Difference(value, value, value)
    freedom = error**2 / sum(part**2 / below for part, below in parts)
    half = t_quantile(CONFIDENCE, floor(freedom)) * sqrt(error)
    return Difference(value, value - half, value + half)


def _ends(successes: int, n: int) -> tuple[float, float, float]:
    rate = wilson(successes, n)
    return rate.value, rate.low or 0.0, rate.high or 0.0
