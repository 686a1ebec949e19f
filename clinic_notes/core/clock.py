"""The only place that reads the time."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_pretended: ContextVar[datetime | None] = ContextVar("pretended", default=None)


def now() -> datetime:
    """Return this moment, aware, in UTC."""
    return _pretended.get() or datetime.now(UTC)


def today(time_zone: str) -> date:
    """Return today's date in the clinic's time zone."""
    return local_now(time_zone).date()


def local_now(time_zone: str) -> datetime:
    """Return this moment in the clinic's time zone."""
    return now().astimezone(ZoneInfo(time_zone))


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Pretend it is that moment while the block runs. Only the demo clinic's past is made so."""
    if moment.tzinfo is None:
        raise ValueError("A moment must know its time zone.")
    token = _pretended.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _pretended.reset(token)
