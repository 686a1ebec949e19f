"""Views of a person's own account: password, signed-in browsers, confirmation by a colleague."""

from flask import current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from clinic_notes.accounts import actions, queries
from clinic_notes.accounts.forms import ChangePasswordForm, text_of
from clinic_notes.accounts.last_user import cookie_token
from clinic_notes.accounts.models import User
from clinic_notes.accounts.throttle import check_password, refuse_password
from clinic_notes.accounts.tokens import hashed
from clinic_notes.accounts.views.blueprint import blueprint
from clinic_notes.core import clock
from clinic_notes.core.access import SIGNED_IN, before_writing, needs
from clinic_notes.core.db import db


@blueprint.get("/account")
@needs(SIGNED_IN)
def own_account() -> ResponseReturnValue:
    """Show the user's own account; while it waits to be confirmed, its code."""
    return _account_page(ChangePasswordForm(formdata=None))


@blueprint.get("/account/still-here")
@needs(SIGNED_IN)
def still_here() -> ResponseReturnValue:
    """Renew the idle time of somebody who reads a page: their browser says so."""
    return "", 204


@blueprint.post("/account/password")
@needs(SIGNED_IN)
@before_writing(check_password)
def change_password() -> ResponseReturnValue:
    """Set the user's own new password; every other browser of theirs is signed out."""
    form = ChangePasswordForm()
    form.about = (current_user.name, current_user.email, current_user.clinic.name)
    if not form.validate():
        return _account_page(form), 422
    if not g.is_password:
        refuse_password(form, "password.refused", _stored_user(), "It was not changed.")
        return _account_page(form), 422
    actions.change_password(
        _stored_user(), password=text_of(form.new_password), token=cookie_token()
    )
    flash("Your password is changed. Every other browser was signed out.")
    return redirect(url_for(".own_account"), 303)


@blueprint.post("/account/browsers/sign-out")
@needs(SIGNED_IN)
def sign_out_elsewhere() -> ResponseReturnValue:
    """Sign the user out everywhere but here."""
    actions.end_other_browser_sessions(_stored_user(), token=cookie_token())
    flash("Every other browser was signed out.")
    return redirect(url_for(".own_account"), 303)


def _account_page(form: ChangePasswordForm) -> str:
    now, config = clock.now(), current_app.config
    browsers = queries.browsers_of(
        current_user,
        seen_since=now - config["IDLE_AFTER"],
        started_since=now - config["EXPIRES_AFTER"],
    )
    return render_template(
        "accounts/own_account.html",
        form=form,
        browsers=browsers,
        this_browser=hashed(cookie_token()),
        link=queries.last_link(current_user),
        is_form_sent=request.method == "POST",
    )


def _stored_user() -> User:
    # The user of a request stands outside the database session; this one is to change.
    return db.session.get_one(User, current_user.id)
