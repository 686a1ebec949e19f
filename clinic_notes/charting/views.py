"""The pages of a visit: the application imports this module, which registers all of them."""

from clinic_notes.charting import today
from clinic_notes.charting.autosave import views as autosave
from clinic_notes.charting.blueprint import blueprint
from clinic_notes.charting.cosignature import views as cosignature
from clinic_notes.charting.documentation_time import views as documentation_time
from clinic_notes.charting.kiosk import views as kiosk
from clinic_notes.charting.note import views as note
from clinic_notes.charting.plan import views as plan
from clinic_notes.charting.report import views as report
from clinic_notes.charting.session_form import findings
from clinic_notes.charting.session_form import views as session_form
from clinic_notes.charting.void import views as void

__all__ = [
    "autosave",
    "blueprint",
    "cosignature",
    "documentation_time",
    "findings",
    "kiosk",
    "note",
    "plan",
    "report",
    "session_form",
    "today",
    "void",
]
