"""The drafts of a plan of care beside the goal's own."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class GoalEndDraft:
    """Why and when a goal ends."""

    end_reason: str
    ended_on: date
    end_detail: str = ""
