"""Plan of care: kinds of goal, why goals end, why episodes close."""

from dataclasses import dataclass

from clinic_notes.reference.catalogue import Entry, load


@dataclass(frozen=True, kw_only=True)
class GoalKind(Entry):
    """What a goal is about, with an example of one."""

    example: str


@dataclass(frozen=True, kw_only=True)
class EndReason(Entry):
    """Why a goal or an episode ends."""

    is_met: bool = False
    """Whether what was wanted is reached."""
    needs_detail: bool = False
    """Whether it says too little without words."""


goal_kinds = load("goal_kinds.toml", GoalKind)
goal_end_reasons = load("goal_end_reasons.toml", EndReason)
closing_reasons = load("closing_reasons.toml", EndReason)
