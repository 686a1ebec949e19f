"""What came of an episode: first treatment, sessions, goals."""

from datetime import date

from sqlalchemy import func, select

from clinic_notes.accounts.queries import today_at_clinic
from clinic_notes.charting.models import Visit
from clinic_notes.charting.models.void import counts
from clinic_notes.charting.plan.goals import goal_lines, rows_of_episode
from clinic_notes.core.db import db
from clinic_notes.patients.models import Episode
from clinic_notes.plan_of_care.drafts import DischargeFacts
from clinic_notes.plan_of_care.queries import goals_of
from clinic_notes.reference.terms import Decision


def first_treatment_on(episode_id: int) -> date | None:
    """Return the day of the first signed session with a treatment, None before it."""
    first = select(func.min(Visit.served_on)).where(
        Visit.episode_id == episode_id,
        counts(Visit),
        Visit.decision == Decision.TREATED,
    )
    return db.session.scalar(first)


def discharge_facts(episode: Episode) -> DischargeFacts:
    """Return what came of an episode so far, in three statements."""
    today = today_at_clinic()
    lines = goal_lines(goals_of(episode.id), rows_of_episode(episode.id, today), today)
    signed = select(func.count(Visit.id), func.max(Visit.served_on)).where(
        Visit.episode_id == episode.id, counts(Visit)
    )
    sessions, last_on = db.session.execute(signed).one()
    met = sum(line.is_met for line in lines)
    return DischargeFacts(met, len(lines) - met, sessions, last_on)
