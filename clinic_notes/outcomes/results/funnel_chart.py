"""The funnel between therapists: each rate at its n, within the limits of chance."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clinic_notes.outcomes.results.figures import Cell
from clinic_notes.outcomes.statistics.funnel import LEVELS, band, dispersion
from clinic_notes.outcomes.statistics.intervals import Estimate

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 300, 52, 730, 12, 262
FEWEST_UNITS = 3
"""Therapists under which there is nothing to compare."""
STEPS = 40


@dataclass(frozen=True)
class FunnelPoint:
    """One therapist: where, and what the limits say of so many episodes."""

    value: Any
    """The therapist's id."""
    label: str
    rate: Estimate
    limits: tuple[float, float]
    """Those of 95 % at this n."""
    verdict: str
    x: float
    y: float
    is_outside: bool


@dataclass(frozen=True)
class FunnelChart:
    """Points by name, never by rate, and the lines of the limits."""

    points: tuple[FunnelPoint, ...]
    lines: tuple[tuple[str, str], ...]
    """The kind of each line, and its points."""
    clinic: float
    clinic_y: float
    phi: float | None
    """How much therapists differ beyond chance; None where they are too few to say."""
    x_ticks: tuple[tuple[float, str], ...]
    y_ticks: tuple[tuple[float, str], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    bottom: int = BOTTOM


def funnel_chart(cells: Sequence[Cell], clinic: Estimate | None) -> FunnelChart | None:
    """Return the funnel of the cells with enough episodes; None where they are too few."""
    shown = sorted((cell for cell in cells if cell.rate), key=lambda cell: cell.label)
    if clinic is None or len(shown) < FEWEST_UNITS:
        return None
    rates = [(cell, cell.rate) for cell in shown if cell.rate]
    found = dispersion([(round(rate.value * rate.n), rate.n) for _, rate in rates])
    tau, most = (found.tau if found else 0.0), max(rate.n for _, rate in rates)
    across = [max(1, round(most * 1.1 * step / STEPS)) for step in range(1, STEPS + 1)]

    def x(n: float) -> float:
        return min(RIGHT, round(LEFT + n / (most * 1.1) * (RIGHT - LEFT), 1))

    def line(level: float, end: str) -> str:
        limits = ((n, getattr(band(clinic.value, n, level, tau), end)) for n in across)
        return " ".join(f"{x(n)},{_up(limit)}" for n, limit in limits)

    return FunnelChart(
        points=tuple(_point(cell, rate, clinic.value, tau, x(rate.n)) for cell, rate in rates),
        lines=tuple(
            (kind, line(level, end))
            for kind, level in zip(("warning", "limit"), LEVELS, strict=True)
            for end in ("lower", "upper")
        ),
        clinic=clinic.value,
        clinic_y=_up(clinic.value),
        phi=found.phi if found else None,
        x_ticks=tuple((x(n), str(n)) for n in (0, round(most / 2), most)),
        y_ticks=tuple((_up(share), f"{share:.0%}") for share in (0, 0.25, 0.5, 0.75, 1)),
    )


def _point(cell: Cell, rate: Estimate, clinic: float, tau: float, x: float) -> FunnelPoint:
    inner, outer = (band(clinic, rate.n, level, tau) for level in LEVELS)
    verdict = "within the 95 % limits"
    if not outer.lower <= rate.value <= outer.upper:
        verdict = "outside the 99.8 % limits"
    elif not inner.lower <= rate.value <= inner.upper:
        verdict = "outside the 95 % limits, within those of 99.8 %"
    is_outside = verdict != "within the 95 % limits"
    return FunnelPoint(
        cell.value,
        cell.label,
        rate,
        (inner.lower, inner.upper),
        verdict,
        x,
        _up(rate.value),
        is_outside,
    )


def _up(share: float) -> float:
    return round(BOTTOM - share * (BOTTOM - TOP), 1)
