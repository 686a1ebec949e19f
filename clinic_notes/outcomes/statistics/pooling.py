"""Partial pooling: each unit's figure drawn toward the clinic's."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

METHOD_RATES = "empirical Bayes, beta-binomial by moments (Kleinman 1973)"
METHOD_MEANS = "empirical Bayes, normal-normal, variance by DerSimonian and Laird 1986"


@dataclass(frozen=True)
class Pooled:
    """The units' pooled figures, what they are drawn toward, and how firmly.

    ``between`` is the variance between units: 0 draws each all the way.
    """

    values: tuple[float, ...]
    toward: float
    between: float


def pooled_rates(counts: Sequence[tuple[int, int]]) -> Pooled:
    """Return the rates of units, each given as successes and n (Kleinman 1973).

    The prior's mean and variance by moments, doi 10.1080/01621459.1973.10481332, with
    weights n. A unit's rate is (successes + prior successes) / (n + prior n).
    """
    successes, total = sum(s for s, _ in counts), sum(n for _, n in counts)
    rate, units = successes / total, len(counts)
    spread = rate * (1 - rate)
    squares = sum(n * (s / n - rate) ** 2 for s, n in counts)
    room = total - sum(n**2 for _, n in counts) / total - (units - 1)
    between = 0.0
    if units > 1 and room > 0:
        between = (squares - spread * (units - 1)) / room
        between = min(max(between, 0.0), spread)
    # How many episodes the clinic's rate counts for: none between means endlessly many.
    prior = spread / between - 1 if between else None
    values = tuple(rate if prior is None else (s + prior * rate) / (n + prior) for s, n in counts)
    return Pooled(values, rate, between)


def pooled_means(means: Sequence[float], errors: Sequence[float]) -> Pooled:
    """Return the means of units with the standard error of each, none of them 0.

    The variance between units by DerSimonian and Laird (doi 10.1016/0197-2456(86)90046-2).
    """
    weights = [1 / error**2 for error in errors]
    first = _weighted(means, weights)
    scatter = sum(w * (mean - first) ** 2 for w, mean in zip(weights, means, strict=True))
    room = sum(weights) - sum(w**2 for w in weights) / sum(weights)
    between = max(0.0, (scatter - (len(means) - 1)) / room) if len(means) > 1 else 0.0
    toward = _weighted(means, [1 / (error**2 + between) for error in errors])
    values = tuple(
        toward + between / (between + error**2) * (mean - toward)
        for mean, error in zip(means, errors, strict=True)
    )
    return Pooled(values, toward, between)


def _weighted(values: Sequence[float], weights: Sequence[float]) -> float:
    return fmean(values, weights)
