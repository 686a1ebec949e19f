"""Quantiles of Student's t distribution."""

from functools import lru_cache
from math import cos, pi, sin, sqrt
from statistics import NormalDist

_LARGE = 1000
"""Degrees of freedom from which the expansion is exact to 1e-12."""


@lru_cache(maxsize=4096)
def t_quantile(confidence: float, freedom: int) -> float:
    """Return the t between whose negative and itself that share of the distribution lies.

    The finite series of Abramowitz and Stegun 26.7.3 and 26.7.4, solved by bisection; their
    expansion 26.7.5 where there are many degrees of freedom.
    """
    normal = NormalDist().inv_cdf((1 + confidence) / 2)
    if freedom >= _LARGE:
        return _expansion(normal, freedom)
    low, high = 0.0, pi / 2
    # The angle is searched for, not t itself: it ends at a right angle, t nowhere.
    while True:
        middle = (low + high) / 2
        if middle in (low, high):
            return sqrt(freedom) * sin(middle) / cos(middle)
        if _share_within(middle, freedom) < confidence:
            low = middle
        else:
            high = middle


def _share_within(angle: float, freedom: int) -> float:
    """Return the share between -t and t, where ``angle`` is the arctangent of t / sqrt(freedom)."""
    squared, odd = cos(angle) ** 2, freedom % 2
    if freedom == 1:
        return 2 * angle / pi
    term = cos(angle) if odd else 1.0
    total, number = term, 2 + odd
    while number < freedom:
        term *= squared * (number - 1) / number
        total += term
        number += 2
    return 2 / pi * (angle + sin(angle) * total) if odd else sin(angle) * total


def _expansion(x: float, freedom: int) -> float:
    terms = (
        (x**3 + x) / 4,
        (5 * x**5 + 16 * x**3 + 3 * x) / 96,
        (3 * x**7 + 19 * x**5 + 17 * x**3 - 15 * x) / 384,
        (79 * x**9 + 776 * x**7 + 1482 * x**5 - 1920 * x**3 - 945 * x) / 92160,
    )
    return x + sum(term / float(freedom) ** power for power, term in enumerate(terms, start=1))
