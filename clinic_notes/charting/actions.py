"""What may happen to a visit. Nothing else changes its rows."""

from clinic_notes.charting.autosave.actions import autosave, clear_autosave, discard_autosave
from clinic_notes.charting.documentation_time.actions import add_documentation_time
from clinic_notes.charting.note.actions import amend_visit, sign_visit
from clinic_notes.charting.visit.actions import (
    AlreadySigned,
    ChangedMeanwhile,
    open_visit,
    record_visit,
    resolve_conflict,
)

__all__ = [
    "AlreadySigned",
    "ChangedMeanwhile",
    "add_documentation_time",
    "amend_visit",
    "autosave",
    "clear_autosave",
    "discard_autosave",
    "open_visit",
    "record_visit",
    "resolve_conflict",
    "sign_visit",
]
