"""Funnel limits of rates between units, with over-dispersion (Spiegelhalter 2005)."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, exp, lgamma, log, log1p, pi, sin, sqrt
from statistics import NormalDist, fmean

from clinic_notes.outcomes.statistics.distribution import quantile

SOURCE = "Spiegelhalter 2005, doi 10.1136/qshc.2005.013755"
LEVELS = (0.95, 0.998)
LEAST_UNITS = 10
"""Units below which over-dispersion cannot be estimated, so nothing is widened."""
_WINSORISED = 0.1


@dataclass(frozen=True)
class Dispersion:
    """How much units differ beyond chance.

    ``phi`` is the mean squared z, winsorised at 10 %, 1 where there is chance alone; ``tau`` the
    standard deviation between units on the scale of the arcsine of the root.
    """

    phi: float
    tau: float
    units: int


@dataclass(frozen=True)
class Band:
    """The limits of one level at one n."""

    lower: float
    upper: float


def dispersion(counts: Sequence[tuple[int, int]]) -> Dispersion | None:
    """Return the dispersion of units, each successes and n; None where there are too few."""
    if len(counts) < LEAST_UNITS:
        return None
    centre = _transformed(_target(counts))
    z = [2 * sqrt(n) * (_transformed(s / n) - centre) for s, n in counts]
    low, high = quantile(z, _WINSORISED), quantile(z, 1 - _WINSORISED)
    units, phi = len(z), fmean(min(max(one, low), high) ** 2 for one in z)
    weights = [4 * n for _, n in counts]
    room = sum(weights) - sum(w**2 for w in weights) / sum(weights)
    return Dispersion(phi, sqrt(max(0.0, (units * phi - (units - 1)) / room)), units)


def band(target: float, n: int, level: float, tau: float = 0.0) -> Band:
    """Return the limits around the clinic's rate at n.

    Exact binomial limits, drawn between whole counts as in Spiegelhalter's appendix; where units
    differ by ``tau``, limits on the scale of the arcsine of the root, widened by it.
    """
    tail = (1 - level) / 2
    if tau == 0:
        return Band(_exact(target, n, tail), _exact(target, n, 1 - tail))
    half = NormalDist().inv_cdf(1 - tail) * sqrt(1 / (4 * n) + tau**2)
    low, high = _transformed(target) - half, _transformed(target) + half
    return Band(sin(max(low, 0.0)) ** 2, sin(min(high, pi / 2)) ** 2)


def _target(counts: Sequence[tuple[int, int]]) -> float:
    return sum(s for s, _ in counts) / sum(n for _, n in counts)


def _transformed(rate: float) -> float:
    return asin(sqrt(rate))


def _exact(rate: float, n: int, share: float) -> float:
    """Return the limit below which that share of the rates of n lies, between whole counts."""
    if rate in (0.0, 1.0):
        return rate
    at_most = 0.0
    for count in range(n + 1):
        chance = exp(
            lgamma(n + 1)
            - lgamma(count + 1)
            - lgamma(n - count + 1)
            + count * log(rate)
            + (n - count) * log1p(-rate)
        )
        at_most += chance
        if at_most >= share:
            return min(max((count - (at_most - share) / chance) / n, 0.0), 1.0)
    return 1.0
