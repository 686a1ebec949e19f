"""A goal and its state in words."""

from clinic_notes.clinical.drafts import RomDraft
from clinic_notes.clinical.goals.measure import measured_row, way
from clinic_notes.clinical.goals.model import GoalDraft, GoalState
from clinic_notes.clinical.readings import unit_of
from clinic_notes.clinical.versions.wording import DisplayNames, row_title
from clinic_notes.clinical.wording import with_unit
from clinic_notes.reference.movements import joint_positions

_NO_NAMES = DisplayNames({}, {}, {}, {}, {})
_STATES = {
    GoalState.MET: "met",
    GoalState.ON_TRACK: "on track",
    GoalState.BEHIND: "behind",
    GoalState.NOT_MEASURABLE: "not measurable yet",
}


def state_text(state: GoalState) -> str:
    """Return a state as a word of its own."""
    return _STATES[state]


def measure_title(key: str, detail: str = "") -> str:
    """Return what a goal measures: "Ankle dorsiflexion, left, active, knee straight"."""
    row = measured_row(key, detail)
    if row is None:
        return key
    title = row_title(row, _NO_NAMES)
    if isinstance(row, RomDraft) and row.position:
        title += f", {joint_positions.label(row.position).lower()}"
    return title


def target_text(goal: GoalDraft) -> str:
    """Return the target: "2 or less", "16° or more"; "" for a goal in words."""
    row = measured_row(goal.measure, goal.detail)
    if row is None or goal.target is None:
        return ""
    better = way(row, goal.start, goal.target)
    ends = {1: " or more", -1: " or less"}.get(better, "")
    return f"{with_unit(goal.target, unit_of(row))}{ends}"


def goal_title(goal: GoalDraft) -> str:
    """Return the goal without its day: "Stairs: pain with movement, stairs: 2 or less"."""
    measured = ""
    if goal.measure:
        measured = f"{measure_title(goal.measure, goal.detail)}: {target_text(goal)}"
    return "; ".join(filter(None, (goal.words, measured)))
