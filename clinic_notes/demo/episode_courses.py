"""Draws the courses of the demo's episodes at random."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from random import Random

from clinic_notes.clinical.drafts import EffectDraft
from clinic_notes.demo.complaints import Complaint
from clinic_notes.demo.planted import skin_after
from clinic_notes.reference.terms import Pressure, Side

NO_EFFECT = EffectDraft("")


class Trend(StrEnum):
    """The trend of pain over an episode."""

    BETTER = "better"
    FLAT = "flat"
    WORSE = "worse"


class Ending(StrEnum):
    """The state of a session's note."""

    SIGNED = "signed"
    DRAFT = "draft"
    NOT_TREATED = "not treated"


@dataclass(frozen=True)
class Session:
    """One session: day, therapist and figures."""

    on: date
    number: int
    by: str
    pain: tuple[int, int]
    context: tuple[int, int]
    worst: int
    motion: tuple[tuple[int, int], ...]
    pressure: Pressure
    minutes_added: int
    skin: str
    discomfort: int
    ending: Ending = Ending.SIGNED
    effect: EffectDraft | None = None
    addendum: str = ""
    late: EffectDraft = NO_EFFECT
    """What the addendum tells of."""
    has_motion_after: bool = True
    cosigned_by: str = ""
    """The therapist who co-signs an assistant's session; "" where it still waits."""


@dataclass(frozen=True)
class Course:
    """A complaint on one side, and its sessions in order."""

    complaint: Complaint
    side: Side
    opened_on: date
    planned: int
    sessions: tuple[Session, ...]
    closed_on: date | None = None
    closing_reason: str = "goals_met"
    onset_on: date | None = None
    referral: str = ""

    def before(self, session: Session) -> date | None:
        """Return the day of the session before this one, None for the first."""
        return max((one.on for one in self.sessions if one.on < session.on), default=None)


_START_AND_END = {
    Trend.BETTER: ((5, 7), (0, 2)),
    Trend.FLAT: ((4, 6), (4, 6)),
    Trend.WORSE: ((4, 5), (6, 7)),
}


def course(
    rng: Random,
    complaint: Complaint,
    *,
    trend: Trend,
    days: list[date],
    therapist: str,
    is_gentle: bool,
    levels: tuple[float, float] | None = None,
) -> Course:
    """Return a course over these days; ``is_gentle`` keeps the pressure at moderate or below.

    ``levels`` are the pain that it begins and ends with, drawn by the trend where not given.
    """
    low, high = _START_AND_END[trend]
    start, end = levels or (rng.randint(*low), rng.randint(*high))
    gains = [rng.uniform(0.4, 1.0) if trend is Trend.BETTER else rng.uniform(-0.1, 0.3)
             for _ in complaint.measured]  # fmt: skip
    side = rng.choice(complaint.sides)
    sessions = []
    for nth, day in enumerate(days):
        share = nth / max(1, len(days) - 1)
        pain = _pain(rng, start + (end - start) * share**0.8)
        pressure = _pressure(rng, nth, is_gentle=is_gentle)
        sessions.append(
            Session(
                on=day,
                number=nth + 1,
                by=therapist,
                pain=pain,
                context=_harder(rng, pain),
                worst=min(10, pain[0] + rng.randint(1, 3)),
                motion=tuple(
                    _motion(rng, way.start + (way.goal - way.start) * gain * share)
                    for way, gain in zip(complaint.measured, gains, strict=True)
                ),
                pressure=pressure,
                minutes_added=rng.randint(12, 20),
                skin=skin_after(rng, pressure),
                discomfort=rng.randint(2, 5),
            )
        )
    opened_on = days[0] if days else date.min
    planned = min(200, max(6, len(days) + rng.randint(0, 3)))
    return Course(complaint, side, opened_on, planned, tuple(sessions))


def treatment_days(rng: Random, last: date, count: int) -> list[date]:
    """Return this many working days, about two a week, ending up to four days before ``last``."""
    day = working_day(last - timedelta(days=rng.randint(0, 4)))
    days: list[date] = []
    for _ in range(count):
        days.append(day)
        day = working_day(day - timedelta(days=rng.choice((3, 3, 4))))
    return days[::-1]


def working_day_before(day: date) -> date:
    """Return the latest working day before ``day``."""
    return working_day(day - timedelta(days=1))


def graze() -> EffectDraft:
    """Return the demo's one adverse effect, with what was done about it."""
    return EffectDraft(
        "skin_abrasion",
        grade=1,
        place="over the bony edge",
        size_cm=Decimal("0.5"),
        onset="during",
        detail="Superficial, stopped by itself.",
        action="Stopped there, cleaned, covered; tool taken out of use and disinfected.",
    )


def working_day(day: date) -> date:
    """Return the day, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def _pain(rng: Random, level: float) -> tuple[int, int]:
    before = _clip(round(rng.gauss(level, 0.8)))
    # Mostly less after treatment, sometimes the same or more.
    return before, _clip(before - rng.choice((-1, 0, 1, 1, 1, 2, 2)))


def _harder(rng: Random, pain: tuple[int, int]) -> tuple[int, int]:
    more = rng.randint(1, 2)
    return _clip(pain[0] + more), _clip(pain[1] + more - rng.randint(0, 1))


def _motion(rng: Random, degrees: float) -> tuple[int, int]:
    before = round(rng.gauss(degrees, 1.2))
    return before, before + rng.randint(0, 5)


def _pressure(rng: Random, nth: int, *, is_gentle: bool) -> Pressure:
    if nth == 0:
        return Pressure.LIGHT
    steps = (Pressure.LIGHT, Pressure.MODERATE, Pressure.MODERATE, Pressure.FIRM)
    return rng.choice(steps[:-1] if is_gentle else steps)


def _clip(value: int) -> int:
    return max(0, min(10, value))
