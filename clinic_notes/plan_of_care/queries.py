"""Queries of a plan of care."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import and_, select

from clinic_notes.accounts.models import User, signed_name
from clinic_notes.clinical.due import DueKind
from clinic_notes.clinical.goals import GoalDraft
from clinic_notes.core.db import db
from clinic_notes.patients.models import Episode
from clinic_notes.plan_of_care.models import Closing, DueRecord, Goal


def goals_of(episode_id: int) -> Sequence[Goal]:
    """Return the goals of an episode, those that go on first, then by the day they are due."""
    mine = select(Goal).where(Goal.episode_id == episode_id)
    return db.session.scalars(mine.order_by(*goal_order())).all()


def goal_order() -> tuple[Any, ...]:
    """Return the columns that put goals in order: as `goals_of` does."""
    return (Goal.ended_on.is_not(None), Goal.by_on, Goal.id)


@dataclass(frozen=True)
class DoneLine:
    """A due item that was recorded as done, and by whom."""

    id: int
    kind: DueKind
    done_on: date
    recorded_by: str


class Plan(NamedTuple):
    """The goals of an episode, and what was recorded as done and not taken back."""

    goals: tuple[Goal, ...]
    """As `goals_of` returns them."""
    done: tuple[DoneLine, ...]
    """The latest first."""


def plan_of(episode_id: int) -> Plan:
    """Return the plan of an episode, in one statement: it has a handful of rows of either."""
    due = (DueRecord.id, DueRecord.kind, DueRecord.done_on, User.name, User.credentials)
    is_done = and_(DueRecord.episode_id == Episode.id, DueRecord.withdrawn_at.is_(None))
    statement = (
        select(Goal, *due)
        .select_from(Episode)
        .outerjoin(Goal, Goal.episode_id == Episode.id)
        .outerjoin(DueRecord, is_done)
        .outerjoin(User, User.id == DueRecord.recorded_by_id)
        .where(Episode.id == episode_id)
        .order_by(*goal_order(), DueRecord.done_on.desc(), DueRecord.id.desc())
    )
    rows = db.session.execute(statement).all()
    goals = dict.fromkeys(row.Goal for row in rows if row.Goal is not None)
    done = dict.fromkeys(
        DoneLine(row.id, row.kind, row.done_on, signed_name(row.name, row.credentials))
        for row in rows
        if row.id is not None
    )
    return Plan(tuple(goals), tuple(done))


def last_closing(episode_id: int) -> Closing | None:
    """Return how an episode was closed last; None where that was before reasons were asked."""
    mine = select(Closing).where(Closing.episode_id == episode_id)
    return db.session.scalars(mine.order_by(Closing.id.desc()).limit(1)).first()


def goal_draft(goal: Goal) -> GoalDraft:
    """Return a goal as its form would send it."""
    return GoalDraft(**{field.name: getattr(goal, field.name) for field in fields(GoalDraft)})
