"""The pages of a visit."""

from clinic_notes.charting.blueprint import blueprint
from clinic_notes.charting.views.closing import amend, show, sign
from clinic_notes.charting.views.recording import edit, new
from clinic_notes.charting.views.today import today

__all__ = ["amend", "blueprint", "edit", "new", "show", "sign", "today"]
