"""Holds an episode's first day to its sessions."""

from datetime import date

from sqlalchemy import func, not_, select

from clinic_notes.charting.models import Visit
from clinic_notes.charting.models.void import is_void
from clinic_notes.clinical.findings import Finding, Level, Refused
from clinic_notes.clinical.wording import day
from clinic_notes.core.db import db
from clinic_notes.core.signals import episode_moving


def register() -> None:
    """Listen to episodes that are moved."""
    episode_moving.connect(refuse_after_first_session)


def refuse_after_first_session(episode_id: int, opened_on: date) -> None:
    """Raise Refused where an episode would open after its first session."""
    first = db.session.scalar(
        select(func.min(Visit.served_on)).where(
            Visit.episode_id == episode_id, not_(is_void(Visit))
        )
    )
    if first is not None and first < opened_on:
        message = f"The first session of this episode was on {day(first)}."
        raise Refused([Finding(Level.REFUSE, message, "opened_on")])
