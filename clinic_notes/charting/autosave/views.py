"""What is typed in a visit's form is kept as it is typed: for its writer, until it is saved."""

from dataclasses import replace
from datetime import datetime

from flask import (
    Response,
    abort,
    current_app,
    flash,
    g,
    redirect,
    request,
    url_for,
)
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from sqlalchemy.exc import SQLAlchemyError

from clinic_notes.charting import actions
from clinic_notes.charting.autosave.form_instance import (
    About,
    FormInstance,
    is_addendum,
    number,
    typed,
)
from clinic_notes.charting.blueprint import blueprint
from clinic_notes.charting.models import AutosavedForm, Visit
from clinic_notes.charting.visit.queries import (
    autosaved_addendum,
    autosaved_form,
    visit_of_form_instance,
)
from clinic_notes.core import tenancy
from clinic_notes.core.access import needs
from clinic_notes.core.display import clock_time
from clinic_notes.core.forms import BaseForm
from clinic_notes.core.lookup import find_or_404
from clinic_notes.core.permissions import Permission
from clinic_notes.core.transaction import one_transaction
from clinic_notes.patients.models import Episode


@blueprint.post("/patients/<int:patient_id>/episodes/<int:episode_id>/autosave")
@needs(Permission.CHART_WRITE)
def autosave_new(patient_id: int, episode_id: int) -> ResponseReturnValue:
    """Keep what is typed for a session that is not saved yet, or throw it away."""
    if find_or_404(Episode, episode_id).patient_id != patient_id:
        abort(404)
    back = url_for(".new", patient_id=patient_id, episode=episode_id)
    return _keep(About(patient_id, episode_id, None), back)


@blueprint.post("/visits/<int:visit_id>/autosave")
@needs(Permission.CHART_WRITE)
def autosave_changes(visit_id: int) -> ResponseReturnValue:
    """Keep what is typed into a note and not saved in it yet, or throw it away."""
    visit = find_or_404(Visit, visit_id)
    back = url_for(".show" if visit.is_signed else ".edit", visit_id=visit.id)
    return _keep(About(visit.patient_id, visit.episode_id, visit.id), back)


def _keep(about: About, back: str) -> ResponseReturnValue:
    if not BaseForm().validate():
        # A sign-in in another window has made the page's token void: here is the one of today.
        return {"csrf_token": generate_csrf()}, 400
    form_instance = FormInstance.sent(request.form, current_user.id)
    if form_instance is None:
        # A form_instance of somebody else: her words are not taken for the words of whoever came after.
        return {"saved_at": None}, 403 if request.form.get("form_instance") else 422
    if "discard" in request.form:
        actions.discard_autosave(form_instance, about=about, by=current_user)
        flash("Thrown away. What was saved before is as it was.")
        return redirect(back, 303)
    return {"saved_at": clock_time(_kept(form_instance, about))}


def _kept(form_instance: FormInstance, about: About) -> datetime:
    return actions.autosave(
        form_instance,
        typed(request.form.items(multi=True)),
        about=about,
        version=number(request.form.get("version", "")),
        by=current_user,
    )


def restored_form(about: About) -> AutosavedForm | None:
    """Return what this person typed before and did not save, for a page she opens.

    Of a form that she sends, note what it is about: should it not be saved, it is kept.
    """
    if request.method == "POST":
        g.form_about = about
        return None
    return autosaved_form(
        about,
        any_episode="episode" not in request.args,
        first=request.args.get("kept", type=int),
        by=current_user,
    )


def restored_addendum(visit: Visit) -> AutosavedForm | None:
    """Return what she meant to add to a signed note; of what she sends, note what it is about."""
    if request.method == "POST":
        if is_addendum(request.form.get("form_instance", "")):
            g.form_about = About(visit.patient_id, visit.episode_id, visit.id)
        return None
    return autosaved_addendum(visit, current_user)


def visit_saved_elsewhere(about: About) -> int | None:
    """Return the visit this form became when its writer saved it in another window.

    What she sends now is kept for that visit: saved from here, it would be a second one.
    """
    form_instance = (
        FormInstance.sent(request.form, current_user.id) if request.method == "POST" else None
    )
    visit_id = visit_of_form_instance(form_instance, current_user) if form_instance else None
    if form_instance and visit_id is not None:
        _kept(form_instance, replace(about, visit_id=visit_id))
    return visit_id


def next_form_instance(kept: AutosavedForm | None, *, kind: str = "") -> FormInstance:
    """Return the form_instance of a form that is laid out now, from what was sent or from what was kept."""
    earlier = FormInstance.of(kept) if kept else FormInstance.sent(request.form, current_user.id)
    return FormInstance.for_person(current_user.id, earlier, kind=kind)


def clear_autosave_of(visit: Visit) -> None:
    """Let go of what was kept of a form that is saved now."""
    form_instance = FormInstance.sent(request.form, current_user.id)
    if form_instance is not None:
        about = About(visit.patient_id, visit.episode_id, visit.id)
        actions.clear_autosave(form_instance, about=about, by=current_user)


@blueprint.after_request
def keep_what_was_not_saved(response: Response) -> Response:
    """Keep a form that came back: refused, in conflict, or with a row more than before.

    What was refused was rolled back, so this is a transaction of its own. The page that goes
    out holds the words as well: where keeping them fails, nothing is lost yet.
    """
    about = g.get("form_about")
    if about is None or request.method != "POST" or response.status_code == 303:
        return response
    form_instance = FormInstance.sent(request.form, current_user.id)
    if form_instance is not None:
        try:
            with one_transaction():
                tenancy.set_clinic(current_user.clinic_id)
                _kept(form_instance, about)
        except SQLAlchemyError as error:
            current_app.logger.warning("A form was not kept: %s", type(error).__name__)
    return response


@blueprint.record
def _check_the_token_here(state: BlueprintSetupState) -> None:
    for view in (autosave_new, autosave_changes):
        state.app.extensions["csrf"].exempt(view)
