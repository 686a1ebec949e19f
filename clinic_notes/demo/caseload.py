"""Draws the demo's patients and their courses at random."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate, pairwise
from random import Random

from clinic_notes.demo.complaints import COMPLAINTS
from clinic_notes.demo.episode_courses import (
    Course,
    Ending,
    Session,
    Trend,
    course,
    graze,
    treatment_days,
    working_day_before,
)
from clinic_notes.demo.past_episodes import past_courses
from clinic_notes.demo.patients import UNUSUAL, WELL, Health, invent
from clinic_notes.patients.drafts import PatientDraft

CURRENT = ROUND = 24
"""So many are treated now; the kinds of case repeat after as many. The rest are former patients."""
YEARS, MANY, YEARS_OF_MANY = 2.5, 2000, 10
"""How far back former patients go, and further where there are many."""
NEW_PATIENT, NO_EPISODE = 22, 23
WITH_HISTORY = 9
_TRENDS = {4: Trend.WORSE, 10: Trend.FLAT, 15: Trend.WORSE, 19: Trend.FLAT}
_DRAFTS = (2, 7, 12, 17)
_LATER = "Telephoned the next day: sore to touch for a day, gone by evening."


@dataclass(frozen=True)
class Case:
    """A patient, and the courses of their episodes, the earliest first."""

    patient: PatientDraft
    health: Health
    courses: tuple[Course, ...]
    registered_on: date


def caseload(rng: Random, patients: int, visits: int | None, today: date) -> Iterator[Case]:
    """Return the patients in the order of registration; ``visits`` is the total, if given."""
    days = round(365 * (YEARS if patients < MANY else YEARS_OF_MANY))
    for number, count in enumerate(_counts(rng, patients, visits)):
        if number < CURRENT:
            yield _case(rng, number, count, today)
        else:
            yield _past_case(rng, number, count if visits is not None else None, days, today)


def _counts(rng: Random, patients: int, visits: int | None) -> list[int]:
    if visits is None:
        drawn = [rng.randint(3, 9) for _ in range(min(patients, CURRENT))]
        drawn += [0] * (patients - len(drawn))
        return [0 if n % ROUND in (NEW_PATIENT, NO_EPISODE) else c for n, c in enumerate(drawn)]
    weights = [rng.uniform(0.5, 1.5) for _ in range(patients)]
    marks = [0.0, *accumulate(weights)]
    bounds = [round(visits * mark / marks[-1]) for mark in marks]
    return [after - before for before, after in pairwise(bounds)]


def _case(rng: Random, number: int, count: int, today: date) -> Case:
    kind = number % ROUND
    health = UNUSUAL[kind] if kind < len(UNUSUAL) else WELL
    last = working_day_before(today)
    courses = []
    if kind == WITH_HISTORY and count > 4:
        earlier = _course(rng, number + 4, 3, last - timedelta(days=200 + 4 * count), health)
        courses.append(replace(earlier, closed_on=earlier.sessions[-1].on))
        count -= 3
    if count or kind != NO_EPISODE:
        courses.append(_with_features(_course(rng, number, count, last, health), kind))
    patient = invent(rng, number + 1, health, today)
    first = min((each.opened_on for each in courses), default=last)
    return Case(patient, health, tuple(courses), first)


def _past_case(rng: Random, number: int, count: int | None, days: int, today: date) -> Case:
    """Return a former patient: one in five is unusual."""
    health = rng.choice(UNUSUAL) if rng.random() < 0.2 else WELL
    last = working_day_before(today)
    courses = past_courses(rng, count, days, health, last)
    first = min((each.opened_on for each in courses), default=last)
    # Nobody was a child when it began, which would need a guardian.
    youngest = 19 + (today - first).days // 365
    return Case(invent(rng, number + 1, health, today, youngest), health, courses, first)


def _course(rng: Random, number: int, count: int, last: date, health: Health) -> Course:
    made = course(
        rng,
        COMPLAINTS[number % len(COMPLAINTS)],
        trend=_TRENDS.get(number % ROUND, Trend.BETTER),
        days=treatment_days(rng, last, count),
        therapist="maya" if number % 3 else "jonas",
        is_gentle=bool(health.items),
    )
    return made if count else replace(made, opened_on=last)


def _with_features(made: Course, kind: int) -> Course:
    """Add to a course, by its kind, a draft, a graze, an addendum or a covering therapist."""
    if not made.sessions:
        return made
    sessions = list(made.sessions)
    middle = len(sessions) // 2
    if kind in _DRAFTS:
        sessions[-1] = replace(sessions[-1], ending=Ending.DRAFT)
    elif kind == 6:
        sessions[-1] = replace(sessions[-1], ending=Ending.NOT_TREATED)
    elif kind == 8:
        sessions[middle] = replace(sessions[middle], skin="broken_skin", effect=graze())
    elif kind == 11:
        sessions[middle] = replace(sessions[middle], addendum=_LATER)
    elif kind in (13, 18):
        # An evaluation is a therapist's.
        later = max(middle, 1)
        sessions[later:] = [_with_cover(session) for session in sessions[later:]]
    return replace(made, sessions=tuple(sessions))


def _with_cover(session: Session) -> Session:
    return replace(session, by="sam")
