"""The pages of a visit."""

from clinic_notes.charting.autosave.views import autosave_changes, autosave_new
from clinic_notes.charting.blueprint import blueprint
from clinic_notes.charting.documentation_time.views import (
    add_documentation_time,
    clinic_documentation_time,
    documentation_time,
)
from clinic_notes.charting.note.views import addend, show, sign
from clinic_notes.charting.session_form.views import (
    answer_questions,
    change_rows,
    edit,
    enter_minutes,
    new,
    reopen,
    repeat_session,
    resolve,
    save,
)
from clinic_notes.charting.today import today

__all__ = [
    "add_documentation_time",
    "addend",
    "answer_questions",
    "autosave_changes",
    "autosave_new",
    "blueprint",
    "change_rows",
    "clinic_documentation_time",
    "documentation_time",
    "edit",
    "enter_minutes",
    "new",
    "reopen",
    "repeat_session",
    "resolve",
    "save",
    "show",
    "sign",
    "today",
]
