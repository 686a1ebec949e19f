"""Goals of an episode: what they measure, their checks, how far they are."""

from clinic_notes.clinical.goals.checks import check_ending, check_goal
from clinic_notes.clinical.goals.measure import (
    is_same_thing,
    limits_of,
    measure_key,
    measured_row,
    measures_for,
)
from clinic_notes.clinical.goals.model import GoalDraft, GoalProgress, GoalState
from clinic_notes.clinical.goals.progress import goal_progress
from clinic_notes.clinical.goals.wording import goal_title, measure_title, state_text, target_text

__all__ = [
    "GoalDraft",
    "GoalProgress",
    "GoalState",
    "check_ending",
    "check_goal",
    "goal_progress",
    "goal_title",
    "is_same_thing",
    "limits_of",
    "measure_key",
    "measure_title",
    "measured_row",
    "measures_for",
    "state_text",
    "target_text",
]
