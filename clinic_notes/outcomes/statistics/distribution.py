"""Median and quartiles of values, and a change as an effect size."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, sqrt
from statistics import fmean, stdev, variance

SMALL_SAMPLE = 20
"""Pairs below which an effect size is corrected (Hedges 1981, doi 10.3102/10769986006002107)."""


@dataclass(frozen=True)
class Quartiles:
    """The five figures of a box: least, quartiles, most."""

    least: float
    lower: float
    median: float
    upper: float
    most: float


@dataclass(frozen=True)
class EffectSize:
    """A change in standard deviations. The same data differ by formula, so each names its own."""

    formula: str
    value: float
    is_corrected: bool


def quantile(values: Sequence[float], share: float) -> float:
    """Return a quantile by method 7 of Hyndman and Fan 1996 (doi 10.1080/00031305.1996.10473566).

    It is the usual one: a straight line between the two neighbours.
    """
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    below, above = ordered[floor(place)], ordered[ceil(place)]
    return below + (above - below) * (place - floor(place))


def quartiles(values: Sequence[float]) -> Quartiles:
    """Return least, quartiles and most of at least one value."""
    return Quartiles(*(quantile(values, share) for share in (0, 0.25, 0.5, 0.75, 1)))


def effect_sizes(pairs: Sequence[tuple[float, float]]) -> tuple[EffectSize, ...]:
    """Return the change by three formulas; those whose deviation is 0 or unknown are left out."""
    if len(pairs) < 2:
        return ()
    before, after = [one for one, _ in pairs], [other for _, other in pairs]
    changes = [other - one for one, other in pairs]
    mean, n = fmean(changes), len(pairs)
    pooled = sqrt((variance(before) + variance(after)) / 2)
    is_corrected = n < SMALL_SAMPLE
    formulas = (
        ("change / SD before", stdev(before), n - 1),
        ("change / pooled SD of before and after", pooled, 2 * (n - 1)),
        ("d_z = mean change / SD of change", stdev(changes), n - 1),
    )
    return tuple(
        EffectSize(
            formula,
            mean / deviation * (_hedges(freedom) if is_corrected else 1),
            is_corrected,
        )
        for formula, deviation, freedom in formulas
        if deviation > 0
    )


def _hedges(freedom: int) -> float:
    return 1 - 3 / (4 * freedom - 1)
