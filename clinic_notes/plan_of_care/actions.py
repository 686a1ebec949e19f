"""Actions on goals. Nothing is deleted: a goal ends, with a reason."""

from collections.abc import Sequence

from clinic_notes.accounts.models import User
from clinic_notes.accounts.queries import today_at_clinic
from clinic_notes.clinical.findings import Finding, Level, Refused
from clinic_notes.clinical.goals import GoalDraft, check_ending, check_goal
from clinic_notes.core import audit
from clinic_notes.core.db import db
from clinic_notes.patients.actions import ChangedMeanwhile
from clinic_notes.patients.models import Episode
from clinic_notes.plan_of_care.drafts import GoalEndDraft
from clinic_notes.plan_of_care.models import Goal
from clinic_notes.plan_of_care.queries import goal_draft


def add_goal(episode: Episode, draft: GoalDraft, *, by: User) -> Goal:
    """Set a goal of an open episode. Raises Refused where it cannot be right."""
    _require(check_goal(draft, today=today_at_clinic()))
    if episode.closed_on is not None:
        _refuse("The episode is closed: reopen it before you set a goal.")
    goal = Goal(
        patient_id=episode.patient_id, episode_id=episode.id, set_by_id=by.id, **vars(draft)
    )
    db.session.add(goal)
    db.session.flush()
    audit.record("goal.added", goal, by=by, kind=goal.kind, measure=goal.measure)
    return goal


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


def _check_version(goal: Goal, version: int) -> None:
    if goal.version != version:
        raise ChangedMeanwhile(f"goal {goal.id} is at version {goal.version}.")


def _refuse(message: str) -> None:
    raise Refused([Finding(Level.REFUSE, message)])


def _require(findings: Sequence[Finding]) -> None:
    if findings:
        raise Refused(findings)
