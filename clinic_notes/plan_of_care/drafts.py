"""The drafts of a plan of care beside the goal's own."""

from dataclasses import dataclass
from datetime import date

from clinic_notes.clinical.due import DueKind


@dataclass(frozen=True)
class GoalEndDraft:
    """Why and when a goal ends."""

    end_reason: str
    ended_on: date
    end_detail: str = ""


@dataclass(frozen=True)
class DoneDraft:
    """That something due was done."""

    kind: DueKind
    done_on: date


@dataclass(frozen=True)
class ClosingDraft:
    """Why and when an episode closes."""

    closed_on: date
    reason: str
    detail: str = ""


@dataclass(frozen=True)
class DischargeFacts:
    """What came of an episode, counted when it closes."""

    goals_met: int = 0
    goals_not_met: int = 0
    sessions: int = 0
    """Signed sessions, those without treatment too."""
    last_session_on: date | None = None
