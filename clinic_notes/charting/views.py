"""The pages of a visit."""

from clinic_notes.charting.autosave.views import keep_changes, keep_new
from clinic_notes.charting.blueprint import blueprint
from clinic_notes.charting.documentation_time.views import add_pace, clinic_pace, pace
from clinic_notes.charting.note.views import amend, show, sign
from clinic_notes.charting.session_form.views import edit, new
from clinic_notes.charting.today import today

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
