"""What was measured last time: which rows a form lays out, and the muted values beside them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Date, Integer, bindparam, select

from clinic_notes.charting.models import Reading, Visit, columns
from clinic_notes.charting.models.visit import newest_first
from clinic_notes.core.bulk import read_rows


@dataclass(frozen=True)
class LastTime:
    """The latest signed visit of an episode, by the day it took place."""

    served_on: date
    readings: tuple[Any, ...]
    """Its stored readings, by column."""


_LATEST = (
    select(Visit.id, Visit.served_on)
    .where(
        Visit.episode_id == bindparam("episode_id", type_=Integer),
        Visit.signed_at.is_not(None),
        Visit.served_on <= bindparam("served_on", type_=Date),
    )
    .order_by(*newest_first())
    .limit(1)
    .subquery()
)
_READINGS = (
    select(_LATEST.c.served_on, *(getattr(Reading, name) for name in columns.READING))
    .select_from(_LATEST)
    .outerjoin(Reading, Reading.visit_id == _LATEST.c.id)
    .order_by(Reading.row_order)
)


def last_time(episode_id: int, before: date) -> LastTime | None:
    """Return the latest signed visit of the episode up to a day, in one statement."""
    asked = {"episode_id": episode_id, "served_on": before}
    rows = read_rows(_READINGS, asked).all()
    if not rows:
        return None
    return LastTime(rows[0].served_on, tuple(row for row in rows if row.id is not None))
