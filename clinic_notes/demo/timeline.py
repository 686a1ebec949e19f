"""The demo's past as a list of events in order of time."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from clinic_notes.demo.caseload import Case
from clinic_notes.demo.episode_courses import Course, Ending, Session
from clinic_notes.demo.staff import TIME_ZONE

OPENS = time(8, 0)
SLOT = timedelta(minutes=45)
SLOTS = 12
SAVED = timedelta(minutes=41)
"""From the start of a session to the first save of its note, which holds its end."""
WRITTEN_UP = timedelta(minutes=42)
"""From the start of a session to the signature."""
TELEPHONED = timedelta(days=1)


@dataclass(frozen=True)
class Registered:
    """A patient was registered."""

    at: datetime
    case: Case


@dataclass(frozen=True)
class Opened:
    """An episode was opened."""

    at: datetime
    case: Case
    course: Course


@dataclass(frozen=True)
class Begun:
    """A session took place, and its note was saved for the first time."""

    at: datetime
    case: Case
    course: Course
    session: Session

    @property
    def started_at(self) -> time:
        """When the session began."""
        return (self.at - SAVED).time()

    @property
    def is_left_open(self) -> bool:
        """Say whether its note is never signed."""
        return self.session.ending is Ending.DRAFT


@dataclass(frozen=True)
class Signed:
    """The note of a session was signed."""

    at: datetime
    session: Session


@dataclass(frozen=True)
class Added:
    """An addendum was added to a signed note."""

    at: datetime
    session: Session


@dataclass(frozen=True)
class Closed:
    """An episode was closed."""

    at: datetime
    course: Course
    on: date


Event = Registered | Opened | Begun | Signed | Added | Closed


def timeline(cases: Iterable[Case]) -> list[Event]:
    """Return the events of all cases in order; a therapist has one session at a time."""
    taken: Counter[tuple[str, date]] = Counter()
    found = [event for case in cases for event in _of_case(case, taken)]
    return sorted(found, key=lambda event: event.at)


def _of_case(case: Case, taken: Counter[tuple[str, date]]) -> Iterator[Event]:
    yield Registered(_morning(case.registered_on) - timedelta(minutes=30), case)
    for course in case.courses:
        yield Opened(_morning(course.opened_on) - timedelta(minutes=20), case, course)
        for session in course.sessions:
            start = _morning(session.on) + taken[session.by, session.on] % SLOTS * SLOT
            taken[session.by, session.on] += 1
            yield Begun(start + SAVED, case, course, session)
            if session.ending is not Ending.DRAFT:
                yield Signed(start + WRITTEN_UP, session)
            if session.addendum:
                yield Added(start + TELEPHONED, session)
        if course.closed_on:
            yield Closed(_morning(course.closed_on) + SLOTS * SLOT, course, course.closed_on)


def _morning(day: date) -> datetime:
    return datetime.combine(day, OPENS, ZoneInfo(TIME_ZONE))
