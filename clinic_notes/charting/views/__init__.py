"""The pages of a visit."""

from clinic_notes.charting.blueprint import blueprint
from clinic_notes.charting.views.closing import amend, show, sign
from clinic_notes.charting.views.keeping import keep_changes, keep_new
from clinic_notes.charting.views.pace import add_pace, clinic_pace, pace
from clinic_notes.charting.views.recording import edit, new
from clinic_notes.charting.views.today import today

__all__ = [
    "add_pace",
    "amend",
    "blueprint",
    "clinic_pace",
    "edit",
    "keep_changes",
    "keep_new",
    "new",
    "pace",
    "show",
    "sign",
    "today",
]
