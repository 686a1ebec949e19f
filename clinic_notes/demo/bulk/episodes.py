"""Opens and closes episodes in bulk, with their goals and their facts."""

from collections.abc import Iterable
from datetime import date

from clinic_notes.accounts.models import User
from clinic_notes.clinical.goals import GoalDraft
from clinic_notes.core import audit, clock
from clinic_notes.demo.bulk.memory import EpisodeMemory, PatientMemory
from clinic_notes.demo.bulk.rows import NewRows
from clinic_notes.outcomes.facts.recorded import RecordedEpisode
from clinic_notes.patients.actions import episode_columns
from clinic_notes.patients.drafts import EpisodeDraft
from clinic_notes.patients.models import Episode
from clinic_notes.plan_of_care.actions import closing_columns, goal_columns
from clinic_notes.plan_of_care.drafts import ClosingDraft
from clinic_notes.plan_of_care.models import Closing, Goal


def open_episode(
    rows: NewRows, of: PatientMemory, draft: EpisodeDraft, goals: Iterable[GoalDraft], *, by: User
) -> EpisodeMemory:
    """Do what `open_episode` and `add_goal` do."""
    today = clock.today(by.clinic.time_zone)
    known = episode_columns(of.patient, draft, today=today)
    known |= {"id": rows.new_id(Episode), "version": 1}
    rows.add(Episode, known)
    episode = Episode(**known)
    audit.record("episode.opened", episode, by=by)
    made = [_add_goal(rows, episode, goal, today, by) for goal in goals]
    recorded = RecordedEpisode(
        id=episode.id,
        patient_id=episode.patient_id,
        region=episode.region,
        onset_on=episode.onset_on,
        opened_on=episode.opened_on,
        closed_on=None,
    )
    return EpisodeMemory(of, episode, made, recorded)


def _add_goal(rows: NewRows, episode: Episode, draft: GoalDraft, today: date, by: User) -> Goal:
    known = goal_columns(episode, draft, today=today, by=by)
    known |= {"id": rows.new_id(Goal), "version": 1}
    rows.add(Goal, known)
    goal = Goal(**known)
    audit.record("goal.added", goal, by=by, kind=goal.kind, measure=goal.measure)
    return goal


def close_episode(rows: NewRows, memory: EpisodeMemory, draft: ClosingDraft, *, by: User) -> None:
    """Do what `close_episode` does."""
    episode, today = memory.episode, clock.today(by.clinic.time_zone)
    facts = memory.discharge_facts(today)
    rows.add(Closing, closing_columns(episode, draft, facts, today=today, by=by))
    rows.change(Episode, {"id": episode.id, "closed_on": draft.closed_on, "version": 2})
    episode.closed_on = draft.closed_on
    audit.record("episode.closed", episode, by=by, reason=draft.reason, on=draft.closed_on)
