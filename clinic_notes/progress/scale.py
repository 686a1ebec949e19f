"""Positions of values and labels on a chart.

A drawing's y grows downward, so a scale's range may run from a high figure to a low one.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

CHARACTER = 7.5
"""Width of one character of a chart's text, a little more than the widest of common fonts."""
APART = 14.0
"""Least distance between two labels on one line."""


@dataclass(frozen=True)
class Linear:
    """A linear scale from values to positions; a single value is in the middle."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Return the position of a value, to a tenth."""
        if self.low == self.high:
            return round((self.start + self.end) / 2, 1)
        share = (value - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)


def ticks(low: int, high: int, step: int) -> tuple[int, ...]:
    """Return the round values from low to high to draw a line at."""
    return tuple(range(low, high + 1, step))


def round_ticks(low: float, high: float, most: int = 5) -> tuple[float, ...]:
    """Return at most ``most`` round values that enclose low to high, evenly spaced."""
    exponent = math.floor(math.log10(max(high - low, 1e-9) / most))
    for factor in (1, 2, 5, 10, 20):
        step = factor * 10.0**exponent
        first, last = math.floor(low / step), math.ceil(high / step)
        if 1 <= last - first < most:
            break
    return tuple(round(number * step, 9) for number in range(first, max(last, first + 1) + 1))


def day_labels(days: Sequence[date]) -> tuple[str, ...]:
    """Return "4 Mar" for each day; with its year where they are not all of one year."""
    crosses = len({day.year for day in days}) > 1
    return tuple(f"{day.day} {day:%b %Y}" if crosses else f"{day.day} {day:%b}" for day in days)


def labelled(positions: Sequence[float], labels: Sequence[str]) -> tuple[int, ...]:
    """Return the indexes of the labels that fit, each centred on its (rising) position.

    The first and the last come first, then those between while there is room. Where even these
    two collide, only the last is shown: the latest value matters most.
    """
    if not positions:
        return ()
    last = len(positions) - 1

    def clear(one: int, other: int) -> bool:
        room = (len(labels[one]) + len(labels[other])) / 2 * CHARACTER + APART
        return abs(positions[other] - positions[one]) >= room

    if last == 0 or not clear(0, last):
        return (last,)
    chosen = [0]
    for number in range(1, last):
        if clear(chosen[-1], number) and clear(number, last):
            chosen.append(number)
    return (*chosen, last)


def spread(one: float, other: float, gap: float, low: float, high: float) -> tuple[float, float]:
    """Return two positions at least ``gap`` apart, in the same order, between low and high.

    Of two equal positions the first goes above. ``high - low`` must be at least the gap.
    """
    if abs(one - other) >= gap:
        return one, other
    centre = min(max((one + other) / 2, low + gap / 2), high - gap / 2)
    above, below = round(centre - gap / 2, 1), round(centre + gap / 2, 1)
    return (above, below) if one <= other else (below, above)
