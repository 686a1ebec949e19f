"""The page on which a colleague confirms that a person set the password of their account."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from clinic_notes.accounts import confirmation, queries
from clinic_notes.accounts.forms import ConfirmationForm, text_of
from clinic_notes.accounts.models import User
from clinic_notes.accounts.throttle import PERSON, limit_attempts, record_failure
from clinic_notes.accounts.views.blueprint import blueprint
from clinic_notes.core import audit
from clinic_notes.core.access import needs
from clinic_notes.core.db import db
from clinic_notes.core.permissions import Permission, Role


@blueprint.route("/colleagues", methods=["GET", "POST"])
@needs(Permission.PEOPLE_CONFIRM)
@limit_attempts(PERSON)
def colleagues() -> ResponseReturnValue:
    """Show who waits to be confirmed, and confirm one by the code on their page."""
    waiting = queries.waiting_for_confirmation()
    form = ConfirmationForm([(str(who.id), f"{who.signs_as} ({who.email})") for who in waiting])
    if not form.validate_on_submit() or not _is_confirmed(form):
        is_administrator = current_user.role is Role.ADMINISTRATOR
        may_confirm = not (is_administrator and confirmation.needs_colleague())
        page = render_template("accounts/colleagues.html", form=form, may_confirm=may_confirm)
        return page, 422 if request.method == "POST" else 200
    return redirect(url_for(".colleagues"), 303)


def _is_confirmed(form: ConfirmationForm) -> bool:
    """Confirm the chosen person; False, with the reason beside its field, where that is refused."""
    person = db.session.get_one(User, int(text_of(form.person)))
    try:
        confirmation.confirm(person, code=text_of(form.code), by=current_user)
    except confirmation.NeedsColleague:
        form.add_error("code", "A colleague has to confirm, not the administrator.")
        return False
    except confirmation.WrongCode:
        record_failure()
        audit.record("confirmation.refused", person, by=current_user)
        form.add_error("code", "This is not the code on their page. Nothing was confirmed.")
        return False
    flash(f"{person.name} is confirmed and can work now.")
    return True
