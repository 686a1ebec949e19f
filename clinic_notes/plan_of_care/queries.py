"""Queries of a plan of care."""

from collections.abc import Sequence
from dataclasses import fields

from sqlalchemy import select

from clinic_notes.clinical.goals import GoalDraft
from clinic_notes.core.db import db
from clinic_notes.plan_of_care.models import Goal


def goals_of(episode_id: int) -> Sequence[Goal]:
    """Return the goals of an episode, those that go on first, then by the day they are due."""
    mine = select(Goal).where(Goal.episode_id == episode_id)
    return db.session.scalars(mine.order_by(Goal.ended_on.is_not(None), Goal.by_on, Goal.id)).all()


def goal_draft(goal: Goal) -> GoalDraft:
    """Return a goal as its form would send it."""
    return GoalDraft(**{field.name: getattr(goal, field.name) for field in fields(GoalDraft)})
