"""Comparing two ways fairly on a machine that drifts: both in turn, round by round.

A ratio is taken inside each round, so what slows the machine for a minute slows both
sides of it; the median of the rounds is reported with the interval a bootstrap gives.
"""

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median, quantiles

Milliseconds = float
RESAMPLES = 2000


@dataclass(frozen=True)
class Ratio:
    """How many times as long one side takes, with its 95 % interval."""

    middle: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.middle:.2f} [{self.low:.2f}-{self.high:.2f}]"

    def is_within(self, limit: float) -> bool:
        """Say whether the limit is kept: it is passed only with the whole interval."""
        return self.low <= limit

    def against(self, limit: float) -> str:
        """Return the ratio in a sentence that says whether the limit is kept."""
        verdict = "within" if self.is_within(limit) else "ABOVE"
        return f"{self} times its floor, {verdict} {limit:g}"


@dataclass(frozen=True)
class Lane:
    """One side's times, by round."""

    rounds: tuple[tuple[Milliseconds, ...], ...]

    @property
    def times(self) -> list[Milliseconds]:
        return [each for times in self.rounds for each in times]

    @property
    def p50(self) -> Milliseconds:
        return median(self.times)

    @property
    def p95(self) -> Milliseconds:
        return quantiles(self.times, n=20)[-1]


def in_turn(ways: Mapping[str, Callable[[], object]], *, rounds: int, each: int) -> dict[str, Lane]:
    """Time every way ``each`` times a round, the order turned about from round to round."""
    taken: dict[str, list[tuple[Milliseconds, ...]]] = {name: [] for name in ways}
    names = list(ways)
    for _ in range(rounds):
        for name in names:
            taken[name].append(tuple(_timed(ways[name]) for _ in range(each)))
        names.reverse()
    return {name: Lane(tuple(times)) for name, times in taken.items()}


def ratio(of: Lane, to: Lane, *, seed: int = 0) -> Ratio:
    """Return the median over the rounds of their ratios of medians, with its interval."""
    ratios = [
        median(ours) / median(theirs) for ours, theirs in zip(of.rounds, to.rounds, strict=True)
    ]
    chance = random.Random(seed)  # noqa: S311  The same interval for the same times.
    medians = sorted(median(chance.choices(ratios, k=len(ratios))) for _ in range(RESAMPLES))
    return Ratio(median(ratios), medians[RESAMPLES // 40], medians[-RESAMPLES // 40 - 1])


def calibration() -> Milliseconds:
    """Return the median time of a fixed loop: how fast this machine is just now."""

    def loop() -> int:
        return sum(number * number for number in range(200_000))

    return median(_timed(loop) for _ in range(9))


def _timed(way: Callable[[], object]) -> Milliseconds:
    begun = time.perf_counter()
    way()
    return (time.perf_counter() - begun) * 1000
