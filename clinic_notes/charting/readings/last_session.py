"""The last session and its readings, which the form shows beside its fields."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Date, Integer, bindparam, select

from clinic_notes.charting.models import Visit
from clinic_notes.charting.models.visit import newest_first
from clinic_notes.charting.models.void import counts


@dataclass(frozen=True)
class LastSession:
    """The latest signed visit of an episode."""

    served_on: date
    readings: tuple[Any, ...]
    """Its rows of `Reading`, by column."""


LATEST = (
    select(Visit.id, Visit.served_on)
    .where(
        Visit.episode_id == bindparam("episode_id", type_=Integer),
        counts(Visit),
        Visit.served_on <= bindparam("until", type_=Date),
    )
    .order_by(*newest_first())
    .limit(1)
    .subquery()
)
"""The latest signed visit of the episode ``episode_id``, up to the day ``until``."""
