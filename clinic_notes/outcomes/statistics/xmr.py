"""XmR charts: process limits, and the rules that tell a change from noise."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from statistics import fmean

SOURCE = 'NHS England, "Making Data Count": statistical process control, XmR'
PROVISIONAL = 13
"""Points below which limits are provisional."""
_PROCESS, _NEAR, _RANGE = 2.66, 2.66 * 2 / 3, 3.267
_RUN = 7


class Rule(StrEnum):
    """Why a point is no noise. The words stand on the page."""

    OUTSIDE = "a point outside the process limits"
    SHIFT = "seven or more neighbours on one side of the mean"
    TREND = "seven or more neighbours, each above the last or each below it"
    NEAR_LIMIT = "two of three neighbours near the same process limit"


@dataclass(frozen=True)
class Limits:
    """The mean, the process limits, and two thirds of the way to them."""

    mean: float
    lower: float
    upper: float
    near_lower: float
    near_upper: float


@dataclass(frozen=True)
class Chart:
    """The limits, and the rules that each point fires; none says nothing changed."""

    limits: Limits
    fired: tuple[frozenset[Rule], ...]
    is_provisional: bool


def xmr(values: Sequence[float], *, screened: bool = False, baseline: int | None = None) -> Chart:
    """Return the chart of at least two values.

    ``screened`` leaves out moving ranges above 3.267 times their mean and takes it again. With a
    ``baseline`` the limits are those of the first so many values.
    """
    limits = limits_of(values[:baseline], screened=screened)
    fired: list[set[Rule]] = [set() for _ in values]
    for rule, found in (
        (Rule.OUTSIDE, _outside(values, limits)),
        (Rule.SHIFT, _runs([_side(value - limits.mean) for value in values], _RUN)),
        (Rule.TREND, _trends(values)),
        (Rule.NEAR_LIMIT, _near_limit(values, limits)),
    ):
        for index in found:
            fired[index].add(rule)
    return Chart(limits, tuple(map(frozenset, fired)), len(values[:baseline]) < PROVISIONAL)


def limits_of(values: Sequence[float], *, screened: bool = False) -> Limits:
    """Return the limits of at least two values: 2.66 mean moving ranges from their mean."""
    ranges = [abs(after - before) for before, after in pairwise(values)]
    moving = fmean(ranges)
    if screened:
        moving = fmean([one for one in ranges if one <= _RANGE * moving])
    mean = fmean(values)
    far, near = _PROCESS * moving, _NEAR * moving
    return Limits(mean, mean - far, mean + far, mean - near, mean + near)


def _outside(values: Sequence[float], limits: Limits) -> set[int]:
    return {i for i, value in enumerate(values) if not limits.lower <= value <= limits.upper}


def _trends(values: Sequence[float]) -> set[int]:
    """Return the points of each rise or fall of seven; it begins at its lowest or highest."""
    steps = [_side(after - before) for before, after in pairwise(values)]
    ends = _runs(steps, _RUN - 1)
    return ends | {index + 1 for index in ends}


def _near_limit(values: Sequence[float], limits: Limits) -> set[int]:
    found = set()
    for start in range(len(values) - 2):
        three = range(start, start + 3)
        above = {i for i in three if limits.near_upper < values[i] <= limits.upper}
        below = {i for i in three if limits.lower <= values[i] < limits.near_lower}
        found |= next((near for near in (above, below) if len(near) >= 2), set())
    return found


def _runs(sides: Sequence[int], least: int) -> set[int]:
    """Return the points of each run of one side, 0 being none, of that many or more."""
    found: set[int] = set()
    run: list[int] = []
    for index, side in enumerate(sides):
        run = [*run, index] if run and side == sides[run[-1]] else [index]
        if side and len(run) >= least:
            found.update(run)
    return found


def _side(difference: float) -> int:
    return (difference > 0) - (difference < 0)
