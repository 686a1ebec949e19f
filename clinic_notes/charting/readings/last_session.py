"""The readings of the last session, which the form shows beside its fields."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Date, Integer, bindparam, select

from clinic_notes.charting.models import Reading, Visit, columns
from clinic_notes.charting.models.visit import newest_first
from clinic_notes.core.bulk import read_rows


@dataclass(frozen=True)
class LastSession:
    """The latest signed visit of an episode."""

    served_on: date
    readings: tuple[Any, ...]
    """Its rows of `Reading`, by column."""


_LATEST = (
    select(Visit.id, Visit.served_on)
    .where(
        Visit.episode_id == bindparam("episode_id", type_=Integer),
        Visit.signed_at.is_not(None),
        Visit.served_on <= bindparam("until", type_=Date),
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


def last_session(episode_id: int, until: date) -> LastSession | None:
    """Return the latest signed visit of the episode up to a day, in one statement."""
    rows = read_rows(_READINGS, {"episode_id": episode_id, "until": until}).all()
    if not rows:
        return None
    return LastSession(rows[0].served_on, tuple(row for row in rows if row.id is not None))
