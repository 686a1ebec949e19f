"""What may happen to a visit. Nothing else changes its rows."""

from clinic_notes.charting.autosave.actions import keep_form, settle_sheet, throw_away
from clinic_notes.charting.documentation_time.actions import add_pace
from clinic_notes.charting.note.actions import amend_visit, sign_visit
from clinic_notes.charting.visit.actions import (
    AlreadySigned,
    ChangedMeanwhile,
    open_visit,
    record_visit,
    settle_visit,
)

__all__ = [
    "AlreadySigned",
    "ChangedMeanwhile",
    "add_pace",
    "amend_visit",
    "keep_form",
    "open_visit",
    "record_visit",
    "settle_sheet",
    "settle_visit",
    "sign_visit",
    "throw_away",
]
