"""What a clinic makes stricter in the safety check than the catalogue (proposed)."""

from clinic_notes.clinical.policy.effective import questions_under
from clinic_notes.clinical.policy.model import (
    CATALOGUE_ALONE,
    ClinicPolicy,
    ItemPolicy,
    Part,
    PartChange,
    changes_between,
)
from clinic_notes.clinical.policy.options import StricterOptions, stricter_options
from clinic_notes.clinical.policy.refusals import check_item_policy

__all__ = [
    "CATALOGUE_ALONE",
    "ClinicPolicy",
    "ItemPolicy",
    "Part",
    "PartChange",
    "StricterOptions",
    "changes_between",
    "check_item_policy",
    "questions_under",
    "stricter_options",
]
