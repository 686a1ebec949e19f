"""The targets of an episode's goals, drawn on the charts of what they measure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from clinic_notes.charting.plan.goals import GoalLine
from clinic_notes.clinical.change import Row
from clinic_notes.clinical.goals import is_same_thing, measured_row, target_text
from clinic_notes.plan_of_care.queries import goal_draft


@dataclass(frozen=True)
class Target:
    """Where a goal wants a measured thing to be."""

    row: Row
    value: Decimal
    text: str
    """As it stands beside its line: "goal: 2 or less"."""


def targets_of(goals: Iterable[GoalLine]) -> list[Target]:
    """Return the targets of the goals that go on and are measured in numbers."""
    found = []
    for goal in (line.goal for line in goals if line.goal.ended_on is None):
        draft = goal_draft(goal)
        row = measured_row(draft.measure, draft.detail) if draft.measure else None
        if row is not None and draft.target is not None:
            found.append(Target(row, draft.target, f"goal: {target_text(draft)}"))
    return found


def target_for(row: Row, targets: Sequence[Target]) -> Target | None:
    """Return the target of what this row measures; None where no goal has one."""
    return next((target for target in targets if is_same_thing(target.row, row)), None)
