"""Actions on goals, on what was due, on closings. Nothing is deleted."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from clinic_notes.accounts.models import User
from clinic_notes.accounts.queries import today_at_clinic
from clinic_notes.clinical.findings import Finding, Level, Refused
from clinic_notes.clinical.goals import GoalDraft, check_ending, check_goal
from clinic_notes.core import audit, clock
from clinic_notes.core.db import db
from clinic_notes.core.signals import episode_changed
from clinic_notes.patients.actions import ChangedMeanwhile
from clinic_notes.patients.models import Episode
from clinic_notes.plan_of_care.drafts import (
    ClosingDraft,
    DischargeFacts,
    DoneDraft,
    GoalEndDraft,
)
from clinic_notes.plan_of_care.models import Closing, DueRecord, Goal
from clinic_notes.plan_of_care.queries import goal_draft, last_closing
from clinic_notes.plan_of_care.rules import check_closing, check_done


def add_goal(episode: Episode, draft: GoalDraft, *, by: User) -> Goal:
    """Set a goal of an open episode. Raises Refused where it cannot be right."""
    goal = Goal(**goal_columns(episode, draft, today=today_at_clinic(), by=by))
    db.session.add(goal)
    db.session.flush()
    audit.record("goal.added", goal, by=by, kind=goal.kind, measure=goal.measure)
    return goal


def goal_columns(episode: Episode, draft: GoalDraft, *, today: date, by: User) -> dict[str, Any]:
    """Return a goal as a row. Raises Refused where it cannot be right."""
    _require(check_goal(draft, today=today, opened_on=episode.opened_on))
    if episode.closed_on is not None:
        _refuse("The episode is closed: reopen it before you set a goal.")
    known = {"patient_id": episode.patient_id, "episode_id": episode.id, "set_by_id": by.id}
    return known | vars(draft)


def revise_goal(goal: Goal, draft: GoalDraft, *, version: int, by: User) -> Goal:
    """Correct a goal that goes on. Raises ChangedMeanwhile where it is not at ``version``."""
    _check_version(goal, version)
    if goal.ended_on is not None:
        _refuse("This goal has ended. Take it up again before you change it.")
    _require(check_goal(draft, today=today_at_clinic(), held=(goal.kind,)))
    changed = audit.changes(goal_draft(goal), draft)
    for name, value in vars(draft).items():
        setattr(goal, name, value)
    db.session.flush()
    audit.record("goal.revised", goal, by=by, version=goal.version, **changed)
    return goal


def end_goal(goal: Goal, draft: GoalEndDraft, *, version: int, by: User) -> Goal:
    """End a goal for a reason. Raises ChangedMeanwhile where it is not at ``version``."""
    _check_version(goal, version)
    if goal.ended_on is not None:
        _refuse("This goal has ended already.")
    _require(
        check_ending(
            draft.end_reason,
            draft.ended_on,
            draft.end_detail,
            agreed_on=goal.agreed_on,
            today=today_at_clinic(),
        )
    )
    for name, value in vars(draft).items():
        setattr(goal, name, value)
    db.session.flush()
    audit.record("goal.ended", goal, by=by, reason=goal.end_reason, on=goal.ended_on)
    return goal


def resume_goal(goal: Goal, *, by: User) -> None:
    """Take a goal up again that had ended. The trail keeps why it did."""
    if goal.ended_on is None:
        return
    was = f"{goal.end_reason}, {goal.ended_on}"
    goal.ended_on, goal.end_reason, goal.end_detail = None, "", ""
    db.session.flush()
    audit.record("goal.resumed", goal, by=by, was=was)


def record_done(
    episode: Episode, draft: DoneDraft, *, first_treatment_on: date | None, by: User
) -> DueRecord:
    """Record that something due was done. Raises Refused where it cannot have been."""
    _require(
        tuple(
            check_done(
                draft, first_treatment_on=first_treatment_on, role=by.role, today=today_at_clinic()
            )
        )
    )
    record = DueRecord(
        patient_id=episode.patient_id,
        episode_id=episode.id,
        recorded_by_id=by.id,
        recorded_at=clock.now(),
        **vars(draft),
    )
    db.session.add(record)
    db.session.flush()
    audit.record("due_record.added", record, by=by, kind=record.kind, on=record.done_on)
    return record


def withdraw_done(record: DueRecord, *, by: User) -> None:
    """Take back that something due was done: it was recorded by mistake, and is due again."""
    if record.withdrawn_at is not None:
        return
    record.withdrawn_at, record.withdrawn_by_id = clock.now(), by.id
    audit.record("due_record.withdrawn", record, by=by, kind=record.kind, on=record.done_on)


def close_episode(
    episode: Episode, draft: ClosingDraft, facts: DischargeFacts, *, version: int, by: User
) -> Closing:
    """Close an episode with the reason and what came of it. Raises ChangedMeanwhile, Refused."""
    _check_version(episode, version)
    if episode.closed_on is not None:
        _refuse("This episode is closed already.")
    closing = Closing(**closing_columns(episode, draft, facts, today=today_at_clinic(), by=by))
    episode.closed_on = draft.closed_on
    db.session.add(closing)
    db.session.flush()
    audit.record("episode.closed", episode, by=by, reason=draft.reason, on=draft.closed_on)
    episode_changed.send(episode.id)
    return closing


def closing_columns(
    episode: Episode, draft: ClosingDraft, facts: DischargeFacts, *, today: date, by: User
) -> dict[str, Any]:
    """Return a closing as a row. Raises Refused where it cannot be right."""
    _require(tuple(check_closing(draft, facts, opened_on=episode.opened_on, today=today)))
    return {
        "patient_id": episode.patient_id,
        "episode_id": episode.id,
        "goals_met": facts.goals_met,
        "goals_not_met": facts.goals_not_met,
        "sessions": facts.sessions,
        "planned_sessions": episode.planned_visits,
        "closed_by_id": by.id,
        "recorded_at": clock.now(),
        **vars(draft),
    }


def reopen_episode(episode: Episode, reason: str, *, by: User) -> None:
    """Open a closed episode again, with the reason; its closing stays on record."""
    if not reason:
        _require([Finding(Level.REFUSE, "Say why the episode opens again.", "reason")])
    if episode.closed_on is None:
        return
    was = episode.closed_on
    closing = last_closing(episode.id)
    if closing is not None:
        closing.reopened_at, closing.reopened_by_id = clock.now(), by.id
        closing.reopen_reason = reason
    episode.closed_on = None
    db.session.flush()
    audit.record("episode.reopened", episode, by=by, was=was)
    episode_changed.send(episode.id)


def _check_version(record: Goal | Episode, version: int) -> None:
    if record.version != version:
        raise ChangedMeanwhile(
            f"{record.__tablename__} {record.id} is at version {record.version}."
        )


def _refuse(message: str) -> None:
    raise Refused([Finding(Level.REFUSE, message)])


def _require(findings: Sequence[Finding]) -> None:
    if findings:
        raise Refused(findings)
