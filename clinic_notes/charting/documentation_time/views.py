"""Views of documentation time: an author's own, and the clinic's for its manager."""

from datetime import timedelta

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from clinic_notes.charting.blueprint import blueprint
from clinic_notes.charting.documentation_time import actions
from clinic_notes.charting.documentation_time.queries import notes_of, notes_of_clinic
from clinic_notes.charting.models import Visit
from clinic_notes.clinical import documentation_time as rules
from clinic_notes.core import audit, clock
from clinic_notes.core.access import needs
from clinic_notes.core.lookup import find_or_404
from clinic_notes.core.permissions import Permission

DAYS = 90


@blueprint.get("/documentation-time")
@needs(Permission.CHART_WRITE)
def documentation_time() -> ResponseReturnValue:
    """Show a user how long their signed notes took, and which may be copies."""
    notes = notes_of(current_user)
    times = [note.time for note in notes if note.time.is_treated]
    audit.record("documentation_time.viewed", "visit", by=current_user, notes=len(notes))
    return render_template(
        "charting/documentation_time/own.html",
        notes=notes,
        first=rules.percentiles_of([note for note in times if note.is_first], rules.FIRST),
        later=rules.percentiles_of([note for note in times if not note.is_first], rules.LATER),
        clone_reasons=rules.clone_reasons,
        too_fast=rules.TOO_FAST_SECONDS,
        fewest=rules.FEWEST_AUTHORS,
    )


@blueprint.get("/documentation-time/clinic")
@needs(Permission.CLINIC_FIGURES)
def clinic_documentation_time() -> ResponseReturnValue:
    """Show the manager the clinic's figures, never those of one author."""
    figures = rules.clinic_documentation_time(notes_of_clinic(clock.now() - timedelta(days=DAYS)))
    audit.record("clinic_documentation_time.viewed", "clinic", by=current_user)
    return render_template(
        "charting/documentation_time/clinic.html",
        figures=figures,
        days=DAYS,
        too_fast=rules.TOO_FAST_SECONDS,
        fewest=rules.FEWEST_AUTHORS,
    )


@blueprint.post("/visits/<int:visit_id>/documentation-time")
@needs(Permission.CHART_WRITE)
def add_documentation_time(visit_id: int) -> ResponseReturnValue:
    """Add the time of reading and signing a note, sent by the page when it is left."""
    visit = find_or_404(Visit, visit_id)
    meter, refused = request.form.get("meter", ""), request.form.get("refused", "")
    spent = rules.time_spent_from(meter, refused)
    if spent is not None:
        actions.add_documentation_time(visit, spent, by=current_user)
    return "", 204
