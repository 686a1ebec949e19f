"""How much pain changed over closed episodes: mean, distribution, effect sizes."""

from collections.abc import Mapping
from dataclasses import dataclass

from clinic_notes.outcomes.results.figures import FEWEST
from clinic_notes.outcomes.statistics.distribution import (
    EffectSize,
    Quartiles,
    effect_sizes,
    quartiles,
)
from clinic_notes.outcomes.statistics.intervals import Estimate, mean_interval

SCALE = 10
"""Pain is rated from 0 to 10, so a change lies between -10 and 10."""
WIDTH, HEIGHT, LEFT, RIGHT, MIDDLE = 760, 84, 24, 736, 28


@dataclass(frozen=True)
class BoxPlot:
    """Where the quartiles are drawn."""

    least: float
    lower: float
    median: float
    upper: float
    most: float
    ticks: tuple[tuple[float, str], ...]
    width: int = WIDTH
    height: int = HEIGHT
    middle: int = MIDDLE


@dataclass(frozen=True)
class PainChange:
    """The change from the first rating to the last; None of its figures under ten episodes."""

    n: int
    before: Estimate
    after: Estimate
    change: Estimate
    spread: Quartiles
    effects: tuple[EffectSize, ...]
    plot: BoxPlot


def pain_change(found: Mapping[tuple[float, float], int]) -> PainChange | None:
    """Return the change of pairs, each with how often it occurs; None where they are too few."""
    pairs = [pair for pair, count in sorted(found.items()) for _ in range(count)]
    if len(pairs) < FEWEST:
        return None
    changes = [last - first for first, last in pairs]
    spread = quartiles(changes)
    return PainChange(
        n=len(pairs),
        before=mean_interval([first for first, _ in pairs]),
        after=mean_interval([last for _, last in pairs]),
        change=mean_interval(changes),
        spread=spread,
        effects=effect_sizes(pairs),
        plot=BoxPlot(
            least=_across(spread.least),
            lower=_across(spread.lower),
            median=_across(spread.median),
            upper=_across(spread.upper),
            most=_across(spread.most),
            ticks=tuple(
                (_across(value), f"{value:{'+' if value else ''}d}".replace("-", "\N{MINUS SIGN}"))
                for value in range(-SCALE, SCALE + 1, 5)
            ),
        ),
    )


def _across(change: float) -> float:
    return round(LEFT + (change + SCALE) / (2 * SCALE) * (RIGHT - LEFT), 1)
