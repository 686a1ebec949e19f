"""May this patient be treated today, where, and how hard (clinical.md 4.1, 4.3, 4.4)."""

from clinic_notes.clinical.screening.answer_changes import answers_changed
from clinic_notes.clinical.screening.due import (
    ASK_AGAIN_AFTER,
    Asked,
    OnRecord,
    is_covered,
    items_due,
)
from clinic_notes.clinical.screening.in_force import Stood
from clinic_notes.clinical.screening.overlap import is_affected, overlaps
from clinic_notes.clinical.screening.problem_list import contradictions, unexplained
from clinic_notes.clinical.screening.reconfirm import Afresh, afresh, confirmed
from clinic_notes.clinical.screening.rulings import LEAST_REASON
from clinic_notes.clinical.screening.verdict import (
    Clearance,
    Verdict,
    clearance,
    off_limits,
)

__all__ = [
    "ASK_AGAIN_AFTER",
    "LEAST_REASON",
    "Afresh",
    "Asked",
    "Clearance",
    "OnRecord",
    "Stood",
    "Verdict",
    "afresh",
    "answers_changed",
    "clearance",
    "confirmed",
    "contradictions",
    "is_affected",
    "is_covered",
    "items_due",
    "off_limits",
    "overlaps",
    "unexplained",
]
