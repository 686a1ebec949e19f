"""The audit trail as a page and as CSV."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from clinic_notes.core import audit
from clinic_notes.core.access import needs
from clinic_notes.core.lookup import bounded_integer
from clinic_notes.core.permissions import Permission
from clinic_notes.core.responses.csv_file import csv_file
from clinic_notes.trail import entry, queries
from clinic_notes.trail.forms import TrailForm

blueprint = Blueprint("trail", __name__)

ON_PAGE, IN_FILE = 100, 50_000
"""Entries on one page, and in one file; who needs more asks for fewer days."""


@blueprint.get("/audit")
@needs(Permission.AUDIT_READ)
def show() -> ResponseReturnValue:
    """Show the newest entries of the trail, or those that answer a question."""
    form = _form()
    question = _question(form)
    found = [] if question is None else _entries(question, ON_PAGE + 1)
    audit.record("trail.viewed", "audit_entry", by=current_user, entries=len(found[:ON_PAGE]))
    page = render_template(
        "trail/show.html",
        form=form,
        entries=found[:ON_PAGE],
        older=found[ON_PAGE - 1].number if len(found) > ON_PAGE else None,
        asked={name: text for name, text in request.args.items() if name != "before"},
    )
    return page, 422 if question is None else 200


@blueprint.get("/audit.csv")
@needs(Permission.AUDIT_READ)
def export() -> ResponseReturnValue:
    """Return the entries that answer a question as CSV, the newest first."""
    question = _question(_form())
    if question is None:
        abort(400)
    found = _entries(question, IN_FILE)
    audit.record("trail.exported", "audit_entry", by=current_user, entries=len(found))
    return csv_file("audit-trail.csv", entry.rows(found))


def _form() -> TrailForm:
    return TrailForm(list(queries.people().items()), formdata=request.args)


def _question(form: TrailForm) -> queries.Question | None:
    """Return what is asked; None, with the reasons beside their fields, where that is unclear."""
    if not form.validate():
        return None
    question = queries.Question(
        actor_id=bounded_integer(form.person.data or ""),
        kind=form.kind.data or "",
        since=form.since.data,
        until=form.until.data,
        before=bounded_integer(request.args.get("before", "")),
    )
    if not form.mrn.value:
        return question
    patient_id = queries.patient_id_of(form.mrn.value)
    if patient_id is None:
        form.add_error("mrn", "No patient here has this record number.")
        return None
    return replace(question, patient_id=patient_id)


def _entries(question: queries.Question, most: int) -> list[entry.Entry]:
    time_zone = current_user.clinic.time_zone
    # An administrator sees no patient: an entry then has the record's number in the store alone.
    names_patients = current_user.may(Permission.PATIENT_READ)
    found: Any = queries.entries(question, time_zone=time_zone, most=most)
    people = queries.people()
    return [
        entry.Entry.of(row, time_zone, people=people, names_patients=names_patients)
        for row in found
    ]
