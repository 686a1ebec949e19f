"""What a request says about autosaved text: what to restore, save or clear."""

from dataclasses import replace
from datetime import datetime

from flask import Response, current_app, g, request
from flask_login import current_user
from sqlalchemy.exc import SQLAlchemyError

from clinic_notes.charting.autosave import actions
from clinic_notes.charting.autosave.form_instance import About, FormInstance, is_addendum
from clinic_notes.charting.autosave.queries import (
    autosaved_addendum,
    autosaved_form,
    visit_of_form_instance,
)
from clinic_notes.charting.blueprint import blueprint
from clinic_notes.charting.models import AutosavedForm, Visit
from clinic_notes.core import tenancy
from clinic_notes.core.forms.technical_fields import INSTANCE, entered_fields
from clinic_notes.core.lookup import bounded_integer
from clinic_notes.core.transaction import one_transaction


def form_instance_sent() -> FormInstance | None:
    """Return the instance the form was sent from; None where it is none of this user's."""
    return FormInstance.sent(request.form, current_user.id)


def next_form_instance(restored: AutosavedForm | None, *, kind: str = "") -> FormInstance:
    """Return the instance of the form that is shown now, with restored text or what was sent."""
    earlier = FormInstance.of(restored) if restored else form_instance_sent()
    return FormInstance.for_person(current_user.id, earlier, kind=kind)


def restored_form(about: About) -> AutosavedForm | None:
    """Return what this user typed earlier and did not save, for a form that is opened."""
    return autosaved_form(
        about,
        any_episode="episode" not in request.args,
        first=request.args.get("autosaved", type=int),
        by=current_user,
    )


def restored_addendum(visit: Visit) -> AutosavedForm | None:
    """Return what this user meant to add to a signed note, for its form that is opened."""
    return autosaved_addendum(visit, current_user)


def autosave_unless_saved(about: About) -> None:
    """Have the form that was sent autosaved when the answer goes out, unless it is saved."""
    g.form_about = about


def autosave_addendum_unless_saved(visit: Visit) -> None:
    """Do the same for an addendum; a visit's own form is not autosaved in its place."""
    if is_addendum(request.form.get("form_instance", "")):
        autosave_unless_saved(About(visit.patient_id, visit.episode_id, visit.id))


def visit_saved_elsewhere(about: About) -> int | None:
    """Return the visit this form became when it was saved from another window.

    What is sent now is autosaved for that visit: saved from here, it would be a second one.
    """
    form_instance = form_instance_sent()
    if form_instance is None:
        return None
    visit_id = visit_of_form_instance(form_instance, current_user)
    if visit_id is not None:
        autosave_sent_form(form_instance, replace(about, visit_id=visit_id))
    return visit_id


def autosave_sent_form(form_instance: FormInstance, about: About) -> datetime:
    """Autosave the form as it was sent; return the moment."""
    return actions.autosave(
        form_instance,
        entered_fields(request.form.items(multi=True), INSTANCE),
        about=about,
        version=bounded_integer(request.form.get("version", "")) or 0,
        by=current_user,
    )


def clear_autosave_of(visit: Visit) -> None:
    """Clear what was autosaved of the form that is saved in this visit now."""
    form_instance = form_instance_sent()
    if form_instance is not None:
        about = About(visit.patient_id, visit.episode_id, visit.id)
        actions.clear_autosave(form_instance, about=about, by=current_user)


@blueprint.after_request
def autosave_what_was_not_saved(response: Response) -> Response:
    """Autosave a form that came back: refused, in conflict, or with a row more than before.

    What was refused was rolled back, so this is a transaction of its own. The page that goes
    out holds the text as well: where autosaving fails, nothing is lost yet.
    """
    about = g.get("form_about")
    if about is None or response.status_code == 303:
        return response
    form_instance = form_instance_sent()
    if form_instance is not None:
        try:
            with one_transaction():
                tenancy.set_clinic(current_user.clinic_id)
                autosave_sent_form(form_instance, about)
        except (SQLAlchemyError, actions.TooManyKept) as error:
            current_app.logger.warning("A form was not autosaved: %s", type(error).__name__)
    return response
