"""Autosave: a form's text is stored while it is typed, for its writer alone."""

from flask import abort, flash, redirect, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from clinic_notes.charting.autosave import actions
from clinic_notes.charting.autosave.form_instance import About
from clinic_notes.charting.autosave.requests import autosave_sent_form, form_instance_sent
from clinic_notes.charting.blueprint import blueprint
from clinic_notes.charting.models import Visit
from clinic_notes.core.access import needs
from clinic_notes.core.display import clock_time
from clinic_notes.core.forms.base import BaseForm
from clinic_notes.core.lookup import find_or_404
from clinic_notes.core.permissions import Permission
from clinic_notes.patients.models import Episode


@blueprint.post("/patients/<int:patient_id>/episodes/<int:episode_id>/autosave")
@needs(Permission.CHART_WRITE)
def autosave_new(patient_id: int, episode_id: int) -> ResponseReturnValue:
    """Autosave the form of a session that is not saved yet, or discard what was autosaved."""
    if find_or_404(Episode, episode_id).patient_id != patient_id:
        abort(404)
    back = url_for(".new", patient_id=patient_id, episode=episode_id)
    return _autosave(About(patient_id, episode_id, None), back)


@blueprint.post("/visits/<int:visit_id>/autosave")
@needs(Permission.CHART_WRITE)
def autosave_changes(visit_id: int) -> ResponseReturnValue:
    """Autosave changes of a note that are not saved in it yet, or discard them."""
    visit = find_or_404(Visit, visit_id)
    back = url_for(".show" if visit.is_signed else ".edit", visit_id=visit.id)
    return _autosave(About(visit.patient_id, visit.episode_id, visit.id), back)


def _autosave(about: About, back: str) -> ResponseReturnValue:
    if not BaseForm().validate():
        # A sign-in in another window makes the page's token void: the script gets today's.
        return {"csrf_token": generate_csrf()}, 400
    form_instance = form_instance_sent()
    if form_instance is None:
        # Another user's form: whoever is signed in now did not write this text.
        return {"saved_at": None}, 403 if request.form.get("form_instance") else 422
    if "discard" in request.form:
        actions.discard_autosave(form_instance, about=about, by=current_user)
        flash("Discarded. What was saved before is as it was.")
        return redirect(back, 303)
    try:
        return {"saved_at": clock_time(autosave_sent_form(form_instance, about))}
    except actions.TooManyKept:
        return {"saved_at": None}, 507


@blueprint.record
def _check_the_token_in_the_view(state: BlueprintSetupState) -> None:
    for view in (autosave_new, autosave_changes):
        state.app.extensions["csrf"].exempt(view)
