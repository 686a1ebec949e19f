"""What a goal is made of, and how far it is."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from clinic_notes.reference.terms import AgreedBy


@dataclass(frozen=True)
class GoalDraft:
    """A goal as it was agreed: a measure with a target, or words, and the day it is wanted by."""

    kind: str
    agreed_on: date
    by_on: date
    words: str = ""
    measure: str = ""
    """What is measured, as `measure_key` writes it; "" for a goal in words only."""
    detail: str = ""
    """Which activity or point, for a measure that needs it."""
    start: Decimal | None = None
    """Where it starts; None takes the reading of the day it was agreed."""
    target: Decimal | None = None
    agreed_by: AgreedBy | None = None


class GoalState(StrEnum):
    """How far a goal is."""

    MET = "met"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    NOT_MEASURABLE = "not_measurable"


@dataclass(frozen=True)
class GoalProgress:
    """How far a goal is on a day, the readings that say so, and the same as a sentence."""

    state: GoalState
    sentence: str
    start: Decimal | None = None
    start_on: date | None = None
    latest: Decimal | None = None
    latest_on: date | None = None
