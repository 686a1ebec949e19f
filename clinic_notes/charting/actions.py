"""The actions of charting that other packages may call; nothing else changes a visit."""

from clinic_notes.charting.autosave.actions import autosave, clear_autosave, discard_autosave
from clinic_notes.charting.cosignature.actions import cosign, return_to_author
from clinic_notes.charting.documentation_time.actions import add_documentation_time
from clinic_notes.charting.note.actions import add_addendum, sign_visit
from clinic_notes.charting.report.actions import (
    begin_report,
    discard_report,
    revise_report,
    sign_report,
)
from clinic_notes.charting.visit.actions import (
    AlreadySigned,
    ChangedMeanwhile,
    open_visit,
    record_visit,
    resolve_conflict,
)
from clinic_notes.charting.void.actions import void_visit

__all__ = [
    "AlreadySigned",
    "ChangedMeanwhile",
    "add_addendum",
    "add_documentation_time",
    "autosave",
    "begin_report",
    "clear_autosave",
    "cosign",
    "discard_autosave",
    "discard_report",
    "open_visit",
    "record_visit",
    "resolve_conflict",
    "return_to_author",
    "revise_report",
    "sign_report",
    "sign_visit",
    "void_visit",
]
