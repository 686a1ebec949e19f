"""The last session, its readings and texts, which the form shows beside its fields."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Date, Integer, bindparam, func, select

from clinic_notes.charting.models import Visit
from clinic_notes.charting.models.visit import newest_first
from clinic_notes.charting.models.void import counts


@dataclass(frozen=True)
class LastSession:
    """The latest signed visit of an episode."""

    served_on: date
    readings: tuple[Any, ...]
    """Its rows of `Reading`, by column."""
    visit_id: int = 0
    assessment: str = ""
    plan: str = ""
    """Its texts, to be read beside today's: each up to `LONGEST_TEXT` characters."""

    def text_of(self, name: str) -> str:
        """Return one of its texts; one that is longer ends with dots."""
        text: str = getattr(self, name)
        return f"{text}…" if len(text) == LONGEST_TEXT else text


LONGEST_TEXT = 600
"""Characters of an earlier text that a form shows; the note has all of it."""


LATEST = (
    select(
        Visit.id,
        Visit.served_on,
        func.substr(Visit.assessment, 1, LONGEST_TEXT).label("assessment"),
        func.substr(Visit.plan, 1, LONGEST_TEXT).label("plan"),
    )
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
