"""Draws the episodes of former patients: begun and closed over some years."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from clinic_notes.clinical.drafts import EffectDraft
from clinic_notes.demo import planted
from clinic_notes.demo.complaints import COMPLAINTS, Complaint
from clinic_notes.demo.episode_courses import (
    Course,
    Session,
    Trend,
    course,
    graze,
    treatment_days,
    working_day,
)
from clinic_notes.demo.patients import Health

THERAPISTS = {"maya": 5, "jonas": 5, "ines": 4, "theo": 3, "amara": 3}
"""Who treats former patients, and how many in proportion."""
REFERRALS = (
    "Self-referred", "Primary care physician", "Orthopaedic surgeon", "Sports physician",
    "Occupational health",
)  # fmt: skip
COVERED = 0.04
GOES_ON = timedelta(days=14)
"""An episode whose last session is not longer ago is still open."""
HALFWAY = timedelta(days=14)
"""From the middle of a usual episode to its end."""
STAYED_AWAY = 28
"""Days after which an episode is closed because the patient did not return."""
REASONS = {
    Trend.BETTER: ("goals_met", "goals_met", "goals_met", "no_further_change"),
    Trend.FLAT: ("no_further_change", "no_further_change", "patient_choice", "referred_on"),
    Trend.WORSE: ("referred_on", "no_further_change"),
}
_SORE = EffectDraft(
    "pain_increase",
    grade=2,
    lasted=None,
    onset="within_24h",
    detail="Sore for three days after the session, worse on stairs.",
    action="Told to rest it; lighter pressure from now on.",
)
_TELEPHONED = "Telephoned: sore for three days after this session, now gone."


@dataclass(frozen=True)
class Plan:
    """What is drawn of an episode before its days are."""

    complaint: Complaint
    sessions: int
    drops_out: bool
    days_after: int
    """From the end of the episode to the beginning of the next, or to the end of all."""


def past_courses(
    rng: Random, count: int | None, days: int, health: Health, last: date
) -> tuple[Course, ...]:
    """Return a former patient's courses, the earliest first, within ``days`` before ``last``.

    ``count`` are the sessions of all together, if given; where they are too many for the days,
    the first lie further back.
    """
    plans = [*_plans(rng, count, days)]
    span = sum(plan.sessions * 4 + plan.days_after for plan in plans)
    ends = [last - timedelta(days=rng.randint(0, max(0, days - span))) for _ in range(12)]
    (end,) = rng.choices(ends, weights=[planted.load_of(day - HALFWAY) for day in ends])
    made: list[Course] = []
    for plan in reversed(plans):
        drawn = _course(rng, plan, working_day(end), health, last)
        made.append(drawn)
        end = drawn.opened_on - timedelta(days=plan.days_after)
    return tuple(reversed(made))


def _plans(rng: Random, count: int | None, days: int) -> Iterator[Plan]:
    if count is None:
        lengths = [rng.randint(5, 11) for _ in range(2 if rng.random() < 0.15 else 1)]
    else:
        lengths = [*_lengths(rng, count)]
    free = max(60, days - 4 * sum(lengths)) // max(1, len(lengths))
    complaints = rng.sample(COMPLAINTS, len(COMPLAINTS))
    for nth, length in enumerate(lengths):
        drops_out = rng.random() < planted.DROPS_OUT
        if drops_out and count is None:
            length = rng.randint(2, 4)
        after = STAYED_AWAY + 14 + rng.randint(0, free // 2)
        yield Plan(complaints[nth % len(complaints)], length, drops_out, after)


def _lengths(rng: Random, count: int) -> Iterator[int]:
    while count > 0:
        length = min(count, rng.randint(5, 12))
        count -= length
        yield length


def _course(rng: Random, plan: Plan, end: date, health: Health, last: date) -> Course:
    days = treatment_days(rng, end, plan.sessions)
    lasted = rng.choices(
        (rng.randint(10, 41), rng.randint(43, 83), rng.randint(90, 900)), (3, 3, 4)
    )
    onset_on = days[0] - timedelta(days=lasted[0])
    trend = _trend(rng, plan, is_chronic=lasted[0] > 84)
    (therapist,) = rng.choices([*THERAPISTS], weights=[*THERAPISTS.values()])
    drawn = course(
        rng,
        plan.complaint,
        trend=trend,
        days=days,
        therapist=therapist,
        is_gentle=bool(health.items),
        levels=_levels(rng, trend, plan),
    )
    drawn = replace(
        drawn,
        onset_on=onset_on,
        referral=rng.choice(REFERRALS),
        planned=drawn.planned + (4 if plan.drops_out else 0),
        sessions=tuple(
            _with_events(rng, session, last, is_first=number == 0)
            for number, session in enumerate(drawn.sessions)
        ),
    )
    if days[-1] > last - GOES_ON:
        return drawn
    # Not on the last day: what the patient telephones afterwards is added before it closes.
    waited = STAYED_AWAY if plan.drops_out else rng.randint(2, 7)
    closed_on = min(days[-1] + timedelta(days=waited), last)
    reason = "did_not_return" if plan.drops_out else rng.choice(REASONS[trend])
    return replace(drawn, closed_on=closed_on, closing_reason=reason)


def _trend(rng: Random, plan: Plan, *, is_chronic: bool) -> Trend:
    if rng.random() < planted.WORSE:
        return Trend.WORSE
    chance = planted.RELIEVED[plan.complaint.region] + (planted.CHRONIC if is_chronic else 0)
    return Trend.BETTER if rng.random() < chance / (1 - planted.WORSE) else Trend.FLAT


def _levels(rng: Random, trend: Trend, plan: Plan) -> tuple[float, float]:
    """Draw the pain at the start and at the end; who stays away has had half of the way."""
    start = rng.uniform(4.5, 7.5)
    end = {
        Trend.BETTER: start * rng.uniform(0.05, 0.4),
        Trend.FLAT: start + rng.uniform(-0.8, 0.5),
        Trend.WORSE: min(9.5, start + rng.uniform(2.4, 3.2)),
    }[trend]
    return start, (start + end) / 2 if plan.drops_out else end


def _with_events(rng: Random, session: Session, last: date, *, is_first: bool) -> Session:
    """Add to a session what now and then happens."""
    # An evaluation is a therapist's.
    is_covered = rng.random() < COVERED and not is_first
    by = "sam" if is_covered else session.by
    has_motion_after = rng.random() < planted.MOTION_AFTER[by]
    is_over = session.on < last - timedelta(days=3)
    cosigned_by = session.by if is_covered and is_over else ""
    made = replace(session, by=by, has_motion_after=has_motion_after, cosigned_by=cosigned_by)
    drawn = rng.random()
    if drawn < planted.GRAZED:
        return replace(made, skin="broken_skin", effect=graze())
    if is_over and drawn < planted.GRAZED + planted.SORE_FOR_DAYS:
        return replace(made, addendum=_TELEPHONED, late=_SORE)
    return made
