"""The only place that reads the time."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """Return this moment, aware, in UTC."""
    return _told.get() or datetime.now(UTC)


def today(time_zone: str) -> date:
    """Return the date on the clinic's wall calendar."""
    return on_the_wall(time_zone).date()


def on_the_wall(time_zone: str) -> datetime:
    """Return this moment on the clinic's wall clock."""
    return now().astimezone(ZoneInfo(time_zone))


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let it be that moment while the block runs. Only the demo clinic lives its past this way."""
    if moment.tzinfo is None:
        raise ValueError("A moment must know its time zone.")
    token = _told.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _told.reset(token)
