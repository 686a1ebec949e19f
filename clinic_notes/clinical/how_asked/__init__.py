"""How each safety answer was asked for, by whom it was given, and what was carried (section 4.1).

"Asked" is written only of what was asked one by one. What one tap answered is called what it was.
"""

from clinic_notes.clinical.how_asked.carried import CarriedNo, carried_no
from clinic_notes.clinical.how_asked.groups import AnsweredNo, answered_no, kept_as_asked
from clinic_notes.clinical.how_asked.wording import (
    Interview,
    carried_in_words,
    no_in_words,
    yes_asked_in_words,
)

__all__ = [
    "AnsweredNo",
    "CarriedNo",
    "Interview",
    "answered_no",
    "carried_in_words",
    "carried_no",
    "kept_as_asked",
    "no_in_words",
    "yes_asked_in_words",
]
