"""Sentences about two periods: a change is told only where it is beyond chance."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile
from typing import Any

from clinic_notes.outcomes.results.charts import FEWEST_MONTHS
from clinic_notes.outcomes.results.figures import FEWEST
from clinic_notes.outcomes.statistics.differences import (
    Difference,
    mean_difference,
    rate_difference,
)
from clinic_notes.outcomes.statistics.intervals import Estimate, mean_interval, wilson
from clinic_notes.outcomes.statistics.xmr import Rule, xmr

Month = tuple[int, int]
"""Year and month."""


@dataclass(frozen=True)
class Figure:
    """A kind of figure: how it is computed from its data, compared and written."""

    count: Callable[[Any], int]
    estimate: Callable[[Any], Estimate]
    difference: Callable[[Any, Any], Difference]
    scale: int
    decimals: int
    unit: str

    def text(self, value: float | None, *, is_signed: bool = False) -> str:
        """Return a value of it in words."""
        number = round((value or 0.0) * self.scale, self.decimals)
        # Adding 0 makes 0 of what is rounded to it from below; it has no sign.
        sign = "+" if is_signed and number else ""
        return f"{number + 0.0:{sign}.{self.decimals}f}".replace("-", "\N{MINUS SIGN}")


RATE = Figure(
    count=lambda counts: counts[1],
    estimate=lambda counts: wilson(*counts),
    difference=rate_difference,
    scale=100,
    decimals=0,
    unit=" %",
)
"""A share: its data are successes and n."""
MEAN = Figure(len, mean_interval, mean_difference, scale=1, decimals=1, unit="")
"""A mean: its data are the values."""


@dataclass(frozen=True)
class Periods:
    """The data of a figure: in the period, in the one it is compared with, by month of both."""

    now: Any
    before: Any
    months: Mapping[Month, Any]
    since: Month
    """The month in which the period begins; those before it are the baseline."""


@dataclass(frozen=True)
class Sentence:
    """What is told of one figure."""

    text: str
    is_change: bool = False
    """Whether something changed beyond chance."""


def sentence(title: str, noun: str, figure: Figure, found: Periods) -> Sentence:
    """Return what is told of a figure: it changed where an interval or a rule says so."""
    counts = figure.count(found.now), figure.count(found.before)
    if min(counts) < FEWEST:
        return Sentence(
            f"{title}: hidden, {counts[0]} {noun} after {counts[1]}; "
            f"under {FEWEST} nothing can be compared."
        )
    difference = figure.difference(found.now, found.before)
    fired = _fired(figure, found)
    figures = f"{title}: {_in_words(figure, found.now)}, after {_in_words(figure, found.before)}"
    apart = (
        f"{figure.text(difference.value, is_signed=True)} points, "
        f"{figure.text(difference.low, is_signed=True)} to "
        f"{figure.text(difference.high, is_signed=True)}"
    )
    by_month = f" By month a rule fires: {'; '.join(fired)}." if fired else ""
    if difference.is_beyond_chance:
        return Sentence(f"{figures}: changed beyond chance ({apart}).{by_month}", is_change=True)
    if fired:
        return Sentence(
            f"{figures}: as a whole no change beyond chance ({apart}).{by_month}", is_change=True
        )
    return Sentence(f"{figures}: no change beyond chance ({apart}).")


def _in_words(figure: Figure, data: Any) -> str:
    found = figure.estimate(data)
    ends = f"{figure.text(found.low)} to {figure.text(found.high)}"
    return f"{figure.text(found.value)}{figure.unit} ({ends}, n {found.n})"


def _fired(figure: Figure, found: Periods) -> list[str]:
    """Return the months of the period at which a rule of the XmR chart fires, each with its n.

    The limits are those of the months before, so that what changed does not widen them.
    """
    months = [month for month in sorted(found.months) if _n(figure, found, month) >= FEWEST]
    baseline = len(list(takewhile(lambda month: month < found.since, months)))
    if baseline < FEWEST_MONTHS or baseline == len(months):
        return []
    values = [figure.estimate(found.months[month]).value for month in months]
    chart = xmr(values, baseline=baseline)
    points = zip(months[baseline:], chart.fired[baseline:], strict=True)
    stretches = groupby(points, key=lambda point: point[1])
    return [
        _stretch(figure, found, [month for month, _ in points], rules)
        for rules, points in stretches
        if rules
    ]


def _stretch(
    figure: Figure, found: Periods, months: Sequence[Month], rules: Collection[Rule]
) -> str:
    """Return in words in which neighbouring months the same rules fire."""
    first, last = (f"{year}-{number:02}" for year, number in (months[0], months[-1]))
    when = first if len(months) == 1 else f"{first} to {last}"
    n = sum(_n(figure, found, month) for month in months)
    return f"{when}, {', '.join(sorted(rules))} (n {n})"


def _n(figure: Figure, found: Periods, month: Month) -> int:
    return figure.count(found.months[month])
