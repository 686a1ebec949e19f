"""Queries of a plan of care."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

from sqlalchemy import select

from clinic_notes.accounts.models import User, signed_name
from clinic_notes.clinical.due import DueKind
from clinic_notes.clinical.goals import GoalDraft
from clinic_notes.core.db import db
from clinic_notes.plan_of_care.models import Closing, DueRecord, Goal


def goals_of(episode_id: int) -> Sequence[Goal]:
    """Return the goals of an episode, those that go on first, then by the day they are due."""
    mine = select(Goal).where(Goal.episode_id == episode_id)
    return db.session.scalars(mine.order_by(Goal.ended_on.is_not(None), Goal.by_on, Goal.id)).all()


@dataclass(frozen=True)
class DoneLine:
    """A due item that was recorded as done, and by whom."""

    id: int
    kind: DueKind
    done_on: date
    recorded_by: str


def done_in(episode_id: int) -> tuple[DoneLine, ...]:
    """Return what was recorded as done in an episode and not taken back, the latest first."""
    statement = (
        select(DueRecord.id, DueRecord.kind, DueRecord.done_on, User.name, User.credentials)
        .join(User, User.id == DueRecord.recorded_by_id)
        .where(DueRecord.episode_id == episode_id, DueRecord.withdrawn_at.is_(None))
        .order_by(DueRecord.done_on.desc(), DueRecord.id.desc())
    )
    return tuple(
        DoneLine(row.id, row.kind, row.done_on, signed_name(row.name, row.credentials))
        for row in db.session.execute(statement)
    )


def last_closing(episode_id: int) -> Closing | None:
    """Return how an episode was closed last; None where that was before reasons were asked."""
    mine = select(Closing).where(Closing.episode_id == episode_id)
    return db.session.scalars(mine.order_by(Closing.id.desc()).limit(1)).first()


def goal_draft(goal: Goal) -> GoalDraft:
    """Return a goal as its form would send it."""
    return GoalDraft(**{field.name: getattr(goal, field.name) for field in fields(GoalDraft)})
