"""Views of a clinic's people, for its administrator."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from clinic_notes.accounts import actions, queries
from clinic_notes.accounts.forms import PersonForm, text_of
from clinic_notes.accounts.models import User
from clinic_notes.accounts.views.blueprint import blueprint
from clinic_notes.core import clock
from clinic_notes.core.access import needs
from clinic_notes.core.backup_age import OLD, last_backup
from clinic_notes.core.lookup import find_or_404
from clinic_notes.core.permissions import Permission, Role


@blueprint.get("/people")
@needs(Permission.PEOPLE_MANAGE)
def people() -> ResponseReturnValue:
    """Show every account of the clinic, and whether it may sign in."""
    backed_up_at = last_backup(current_app)
    return render_template(
        "accounts/people.html",
        people=queries.people(),
        backed_up_at=backed_up_at,
        is_backup_old=backed_up_at is None or clock.now() - backed_up_at > OLD,
    )


@blueprint.route("/people/new", methods=["GET", "POST"])
@needs(Permission.PEOPLE_MANAGE)
def add_person() -> ResponseReturnValue:
    """Add a person; the next page makes the link to set a password."""
    form = PersonForm()
    if not form.is_submitted():
        return render_template("accounts/add_person.html", form=form)
    if not form.validate():
        return render_template("accounts/add_person.html", form=form), 422
    if queries.user_by_email(text_of(form.email)):
        form.add_error("email", "Somebody with this e-mail has an account already.")
        return render_template("accounts/add_person.html", form=form), 422
    person = actions.add_user(
        email=text_of(form.email),
        name=text_of(form.name),
        credentials=text_of(form.credentials),
        role=Role(text_of(form.role)),
        password=None,
        by=current_user,
    )
    flash(f"{person.name} is added.")
    return redirect(url_for("accounts.invite", user_id=person.id), code=303)


@blueprint.route("/people/<int:user_id>/invite", methods=["GET", "POST"])
@needs(Permission.PEOPLE_MANAGE)
def invite(user_id: int) -> ResponseReturnValue:
    """Make a link for a person to set a password; it is shown once."""
    person = find_or_404(User, user_id)
    if request.method == "GET":
        return render_template("accounts/invitation_link.html", person=person, link="")
    token = actions.invite(person, by=current_user)
    link = url_for("accounts.invitation", token=token, _external=True)
    return render_template("accounts/invitation_link.html", person=person, link=link), 201


@blueprint.post("/people/<int:user_id>/disable")
@needs(Permission.PEOPLE_MANAGE)
def disable(user_id: int) -> ResponseReturnValue:
    """Deactivate an account; its browsers are signed out at once."""
    person = find_or_404(User, user_id)
    try:
        left = actions.disable_user(person, by=current_user)
    except actions.OwnAccount:
        flash("You cannot deactivate your own account.", "refused")
    else:
        flash(" ".join((f"{person.name} can no longer sign in.", *left)))
    return redirect(url_for("accounts.people"), code=303)


@blueprint.post("/people/<int:user_id>/enable")
@needs(Permission.PEOPLE_MANAGE)
def enable(user_id: int) -> ResponseReturnValue:
    """Reactivate an account."""
    person = find_or_404(User, user_id)
    actions.enable_user(person, by=current_user)
    flash(f"{person.name} can sign in again.")
    return redirect(url_for("accounts.people"), code=303)


@blueprint.post("/people/<int:user_id>/clinical-lead")
@needs(Permission.PEOPLE_MANAGE)
def name_clinical_lead(user_id: int) -> ResponseReturnValue:
    """Name a therapist clinical lead: they may make the safety check stricter."""
    person = find_or_404(User, user_id)
    try:
        actions.name_clinical_lead(person, by=current_user)
    except actions.NoTherapist:
        flash("Only a therapist can be clinical lead.", "refused")
    else:
        flash(f"{person.name} is clinical lead and may change the clinic's policy.")
    return redirect(url_for("accounts.people"), code=303)


@blueprint.post("/people/<int:user_id>/clinical-lead/end")
@needs(Permission.PEOPLE_MANAGE)
def end_clinical_lead(user_id: int) -> ResponseReturnValue:
    """End that a person is clinical lead."""
    person = find_or_404(User, user_id)
    actions.end_clinical_lead(person, by=current_user)
    flash(f"{person.name} is no longer clinical lead.")
    return redirect(url_for("accounts.people"), code=303)
