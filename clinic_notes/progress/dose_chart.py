"""The chart of what was given over an episode, how the skin took it, and what happened meanwhile.

Minutes, pressure, skin and events stand one above the other on one axis of days.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from clinic_notes.clinical.due import LONG_GAP
from clinic_notes.clinical.wording import number_text
from clinic_notes.progress.chart_parts import Label, labels_of_days, x_positions
from clinic_notes.progress.scale import Linear
from clinic_notes.reference.effects import skin_responses
from clinic_notes.reference.terms import Pressure

WIDTH, LEFT, RIGHT, BESIDE = 760, 116, 736, 12
MINUTES_TOP, MINUTES_BOTTOM = 16, 76
PRESSURE_TOP, PRESSURE_BOTTOM = 100, 160
SKIN_Y, EVENTS_Y, DAYS_Y, HEIGHT = 188, 216, 246, 254
BAR, THIN = 10, 2
"""The width of a bar, and of one where sessions stand close."""
MOST = 60
"""Sessions that can be drawn apart (proposed)."""
NO_CHANGE = ("", "none")


@dataclass(frozen=True)
class Dose:
    """What one session gave, and the skin afterwards."""

    on: date
    minutes: Decimal
    pressure: Pressure | None
    """The highest used; a scale in steps has no mean."""
    skin_response: str

    @property
    def minutes_text(self) -> str:
        """The minutes; "" where nobody was treated."""
        return number_text(self.minutes) if self.minutes else ""

    @property
    def skin(self) -> str:
        """The response of the skin in words; "" where there was none."""
        return "" if self.skin_response in NO_CHANGE else skin_responses.label(self.skin_response)


@dataclass(frozen=True)
class Happening:
    """Something that happened in an episode, on the day it was recorded for."""

    on: date
    text: str


@dataclass(frozen=True)
class Bar:
    """The minutes of one session."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class DoseChart:
    """The chart, and the sessions and events of the table that stands for it."""

    description: str
    doses: tuple[Dose, ...]
    bars: tuple[Bar, ...]
    pressures: tuple[tuple[float, float], ...]
    skins: tuple[float, ...]
    events: tuple[Happening, ...]
    event_days: tuple[float, ...]
    """Where each day with an event is."""
    titles: tuple[Label, ...]
    levels: tuple[Label, ...]
    days: tuple[Label, ...]
    left_out: int
    """Earlier sessions that are not drawn."""
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    events_y: int = EVENTS_Y
    skin_y: int = SKIN_Y


def dose_chart(doses: Sequence[Dose], happenings: Iterable[Happening]) -> DoseChart | None:
    """Return the chart of the latest sixty sessions, the earliest first; None without a session."""
    shown = tuple(doses[-MOST:])
    if not shown:
        return None
    events = _events(shown, happenings)
    xs = x_positions([dose.on for dose in shown], LEFT, RIGHT)
    most = max(dose.minutes for dose in shown)
    minutes = Linear(0, float(most) or 1, MINUTES_BOTTOM, MINUTES_TOP)
    pressure = Linear(1, len(Pressure), PRESSURE_BOTTOM, PRESSURE_TOP)
    width = round(max(min([BAR, *((b - a) * 0.8 for a, b in pairwise(xs))]), THIN), 1)
    return DoseChart(
        description=_description(shown, events),
        doses=shown,
        bars=tuple(
            Bar(round(x - width / 2, 1), y, width, round(MINUTES_BOTTOM - y, 1))
            for x, dose in zip(xs, shown, strict=True)
            if dose.minutes
            for y in (minutes(float(dose.minutes)),)
        ),
        pressures=tuple(
            (x, pressure(dose.pressure.rank))
            for x, dose in zip(xs, shown, strict=True)
            if dose.pressure
        ),
        skins=tuple(x for x, dose in zip(xs, shown, strict=True) if dose.skin),
        events=tuple(events),
        event_days=tuple(sorted({_along(shown, one.on) for one in events})),
        titles=(
            Label(0, (MINUTES_TOP + MINUTES_BOTTOM) / 2, "Minutes"),
            Label(0, (PRESSURE_TOP + PRESSURE_BOTTOM) / 2, "Pressure"),
            Label(0, SKIN_Y, "Skin"),
            *((Label(0, EVENTS_Y, "Events"),) if events else ()),
        ),
        levels=(
            Label(LEFT - BESIDE, MINUTES_TOP, number_text(most)),
            Label(LEFT - BESIDE, MINUTES_BOTTOM, "0"),
            Label(LEFT - BESIDE, pressure(1), Pressure.LIGHT),
            Label(LEFT - BESIDE, pressure(len(Pressure)), Pressure.HEAVY),
        ),
        days=labels_of_days([dose.on for dose in shown], xs, DAYS_Y),
        left_out=len(doses) - len(shown),
    )


def _events(doses: Sequence[Dose], happenings: Iterable[Happening]) -> list[Happening]:
    """Return what happened since the first session drawn, gaps in care among it, by day."""
    gaps = [
        Happening(later.on, f"{days} days without a session")
        for earlier, later in pairwise(doses)
        if (days := (later.on - earlier.on).days) > LONG_GAP.days
    ]
    since = [one for one in happenings if one.on >= doses[0].on]
    return sorted([*dict.fromkeys(since), *gaps], key=lambda one: one.on)


def _along(doses: Sequence[Dose], on: date) -> float:
    """Return the place of a day; of one after the latest session, that of the session."""
    first, last = doses[0].on.toordinal(), doses[-1].on.toordinal()
    return min(Linear(first, last, LEFT, RIGHT)(on.toordinal()), RIGHT)


def _description(doses: Sequence[Dose], events: Sequence[Happening]) -> str:
    treated = [dose for dose in doses if dose.minutes]
    minutes = sorted(dose.minutes for dose in treated)
    ranks = sorted((dose.pressure for dose in doses if dose.pressure), key=lambda one: one.rank)
    skins = sum(bool(dose.skin) for dose in doses)
    parts = (
        f"{len(doses)} session{'' if len(doses) == 1 else 's'}",
        _from_to(number_text(minutes[0]), number_text(minutes[-1]), " minutes") if minutes else "",
        _from_to(ranks[0], ranks[-1], " pressure") if ranks else "",
        f"the skin answered in {skins}",
        f"{len(events)} event{'' if len(events) == 1 else 's'}" if events else "",
    )
    return ", ".join(filter(None, parts)) + "."


def _from_to(low: str, high: str, unit: str) -> str:
    return f"{low}{unit}" if low == high else f"{low} to {high}{unit}"
