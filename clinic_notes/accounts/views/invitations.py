"""Views of the one-time links: invitations, and the set-up of an installation."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from clinic_notes.accounts import actions, queries
from clinic_notes.accounts.forms import NewPassword, SetupForm, text_of
from clinic_notes.accounts.models import Invitation
from clinic_notes.accounts.views.blueprint import blueprint
from clinic_notes.core.access import PUBLIC, needs
from clinic_notes.core.permissions import Role


@blueprint.route("/invitations/<token>", methods=["GET", "POST"])
@needs(PUBLIC)
def invitation(token: str) -> ResponseReturnValue:
    """Let an invited person set a password; 404 once used, replaced or after 72 hours."""
    found = queries.open_invitation(token)
    if found is None:
        abort(404)
    invited, person = found
    form = NewPassword()
    form.about = (person.name, person.email, person.clinic.name)
    if not form.is_submitted():
        return render_template("accounts/accept_invitation.html", form=form, person=person)
    if not form.validate():
        return render_template("accounts/accept_invitation.html", form=form, person=person), 422
    try:
        actions.accept_invitation(invited, person, password=text_of(form.password))
    except actions.InvitationUsed:
        abort(404)
    flash("Your password is set. Sign in with it; then a colleague confirms that it is you.")
    return redirect(url_for("accounts.sign_in"), code=303)


@blueprint.route("/setup/<token>", methods=["GET", "POST"])
@needs(PUBLIC)
def setup(token: str) -> ResponseReturnValue:
    """Set up a new installation: the clinic and its administrator."""
    offered = queries.open_setup(token)
    if offered is None:
        abort(404)
    form = SetupForm()
    if not form.is_submitted():
        return render_template("accounts/setup.html", form=form)
    if not form.validate():
        return render_template("accounts/setup.html", form=form), 422
    try:
        _open_clinic(offered, form)
    except actions.InvitationUsed:
        abort(404)
    flash(f"{text_of(form.clinic)} is open. Sign in, and add the people who work there.")
    return redirect(url_for("accounts.sign_in"), code=303)


def _open_clinic(offered: Invitation, form: SetupForm) -> None:
    actions.accept_setup(offered)
    actions.open_clinic(
        name=text_of(form.clinic),
        time_zone=text_of(form.time_zone),
        letterhead=text_of(form.letterhead),
    )
    actions.add_user(
        email=text_of(form.email),
        name=text_of(form.name),
        credentials="",
        role=Role.ADMINISTRATOR,
        password=text_of(form.password),
        by=None,
    )
