"""The page of two versions of one record."""

from typing import Any

from flask import render_template

from clinic_notes.core.forms.edit_conflict import EditConflict
from clinic_notes.core.forms.record_form import EditForm


def conflict_page(form: EditForm, conflict: EditConflict, title: str, **shown: Any) -> str:
    """Show both versions side by side, each difference with what is chosen so far.

    ``title`` names the record. With a ``patient`` and ``alerts`` their bar is above it.
    """
    return render_template(
        "forms/record_conflict.html", form=form, conflict=conflict, title=title, **shown
    )
