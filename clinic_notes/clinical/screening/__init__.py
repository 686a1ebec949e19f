"""May this patient be treated today, where, and how hard (clinical.md 4.1, 4.3, 4.4)."""

from clinic_notes.clinical.screening.answer_changes import answers_changed
from clinic_notes.clinical.screening.contradictions import (
    contradictions,
    unexplained_contradictions,
)
from clinic_notes.clinical.screening.coverage import is_answered_for
from clinic_notes.clinical.screening.due import (
    ASK_AGAIN_AFTER,
    PriorAnswer,
    RecordedCondition,
    items_due,
)
from clinic_notes.clinical.screening.in_force import CarriedForward
from clinic_notes.clinical.screening.latest import LatestAnswers
from clinic_notes.clinical.screening.load import loaded_sites
from clinic_notes.clinical.screening.overlap import is_affected, overlaps
from clinic_notes.clinical.screening.reconfirm import (
    Reconfirmation,
    confirmed_answer,
    reconfirmable,
)
from clinic_notes.clinical.screening.rulings import LEAST_REASON
from clinic_notes.clinical.screening.verdict import Clearance, Verdict, blocked_sites, clearance

__all__ = [
    "ASK_AGAIN_AFTER",
    "LEAST_REASON",
    "CarriedForward",
    "Clearance",
    "LatestAnswers",
    "PriorAnswer",
    "Reconfirmation",
    "RecordedCondition",
    "Verdict",
    "answers_changed",
    "blocked_sites",
    "clearance",
    "confirmed_answer",
    "contradictions",
    "is_affected",
    "is_answered_for",
    "items_due",
    "loaded_sites",
    "overlaps",
    "reconfirmable",
    "unexplained_contradictions",
]
