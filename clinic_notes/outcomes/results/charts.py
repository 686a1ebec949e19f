"""Coordinates of the charts: rates with intervals, and rates over months."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clinic_notes.clinical.change import Response
from clinic_notes.outcomes.results.figures import Cell, rate_of
from clinic_notes.outcomes.statistics.intervals import Estimate
from clinic_notes.outcomes.statistics.xmr import Chart, Limits, Rule, xmr

WIDTH, LEFT, RIGHT = 760, 210, 590
ROW, TOP = 32, 12
MONTHS_LEFT, MONTHS_RIGHT, HEIGHT = 44, 670, 220
FEWEST_MONTHS = 3
"""Months from which limits can be drawn; under 13 they are provisional."""


@dataclass(frozen=True)
class RateRow:
    """One line of the chart of rates."""

    label: str
    y: float
    text: str
    x: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class RateChart:
    """Rates with their intervals, the clinic's as a dashed line."""

    rows: tuple[RateRow, ...]
    ticks: tuple[tuple[float, str], ...]
    clinic: float | None
    height: int
    width: int = WIDTH
    left: int = LEFT
    right: int = RIGHT
    top: int = TOP


@dataclass(frozen=True)
class Month:
    """One month of the chart over time."""

    label: str
    rate: Estimate | None
    n: int
    x: float = 0.0
    y: float = 0.0
    fired: tuple[Rule, ...] = ()


@dataclass(frozen=True)
class MonthChart:
    """Rates over months with the limits of an XmR chart."""

    months: tuple[Month, ...]
    """Those with enough episodes, in their order."""
    hidden: tuple[Month, ...]
    line: str
    levels: tuple[tuple[float, str], ...]
    limits: tuple[tuple[float, str, str], ...]
    """The height of each limit, its kind (mean or limit), and its words."""
    is_provisional: bool
    width: int = WIDTH
    height: int = HEIGHT
    left: int = MONTHS_LEFT
    right: int = MONTHS_RIGHT

    @property
    def signals(self) -> tuple[Month, ...]:
        """Return the months at which a rule fires."""
        return tuple(month for month in self.months if month.fired)


def rate_chart(cells: Sequence[Cell], clinic: Estimate | None) -> RateChart:
    """Return the chart of the responders of a split."""
    rows = tuple(_rate_row(cell, TOP + ROW * number + ROW / 2) for number, cell in enumerate(cells))
    ticks = tuple((_across(share), f"{share:.0%}") for share in (0, 0.25, 0.5, 0.75, 1))
    height = TOP + ROW * len(rows) + 28
    return RateChart(rows, ticks, _across(clinic.value) if clinic else None, height)


def month_chart(found: Mapping[tuple[int, int], Counter[Response]]) -> MonthChart | None:
    """Return the responders by month of closing; None under three months with enough."""
    all_months = [_month(key, found[key]) for key in sorted(found)]
    shown = [month for month in all_months if month.rate]
    if len(shown) < FEWEST_MONTHS:
        return None
    values = [month.rate.value for month in shown if month.rate]
    chart = xmr(values)
    step = (MONTHS_RIGHT - MONTHS_LEFT) / (len(shown) - 1)
    months = tuple(
        Month(
            month.label,
            month.rate,
            month.n,
            round(MONTHS_LEFT + step * number, 1),
            _up(values[number]),
            tuple(sorted(chart.fired[number])),
        )
        for number, month in enumerate(shown)
    )
    return MonthChart(
        months=months,
        hidden=tuple(month for month in all_months if not month.rate),
        line=" ".join(f"{month.x},{month.y}" for month in months),
        levels=tuple((_up(share), f"{share:.0%}") for share in (0, 0.25, 0.5, 0.75, 1)),
        limits=_limit_lines(chart),
        is_provisional=chart.is_provisional,
    )


def _limit_lines(chart: Chart) -> tuple[tuple[float, str, str], ...]:
    limits: Limits = chart.limits
    # A rate is never below 0 or above 1: a limit beyond is drawn at the end of the scale.
    return (
        (_up(limits.mean), "mean", f"mean {limits.mean:.0%}"),
        (_up(max(limits.lower, 0)), "limit", f"{max(limits.lower, 0):.0%}"),
        (_up(min(limits.upper, 1)), "limit", f"{min(limits.upper, 1):.0%}"),
    )


def _month(key: tuple[int, int], counts: Counter[Response]) -> Month:
    known = counts[Response.RESPONDED] + counts[Response.NOT_RESPONDED]
    return Month(f"{key[0]}-{key[1]:02}", rate_of(counts), known)


def _rate_row(cell: Cell, y: float) -> RateRow:
    if cell.rate is None:
        return RateRow(cell.label, y, f"hidden: {cell.why_hidden}")
    rate = cell.rate
    ends = (_across(rate.low or 0.0), _across(rate.high or 0.0))
    return RateRow(cell.label, y, f"{rate.value:.0%}  n {rate.n}", _across(rate.value), *ends)


def _across(share: float) -> float:
    return round(LEFT + share * (RIGHT - LEFT), 1)


def _up(share: float) -> float:
    return round(HEIGHT - 34 - share * (HEIGHT - 54), 1)
