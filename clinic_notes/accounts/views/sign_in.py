"""Views of signing in, out, and in again over a form."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from clinic_notes.accounts import known_devices
from clinic_notes.accounts.forms import ReauthenticateForm, SignInForm, text_of
from clinic_notes.accounts.last_user import last_user
from clinic_notes.accounts.reauthenticate import (
    carried_fields,
    is_script,
    reauthenticate_page,
    resubmit_page,
)
from clinic_notes.accounts.redirects import first_page, own_address
from clinic_notes.accounts.sign_in import sign_out as end_browser_session
from clinic_notes.accounts.sign_in import try_password
from clinic_notes.accounts.throttle import ACCOUNT, ADDRESS, PERSON, limit_attempts, record_failure
from clinic_notes.accounts.views.blueprint import blueprint
from clinic_notes.core import audit
from clinic_notes.core.access import PUBLIC, needs
from clinic_notes.core.responses import errors
from clinic_notes.core.transaction import one_transaction

WRONG = "E-mail or password is not right."
WAIT = "Too many tries. Wait a few minutes, then try again."


@blueprint.route("/sign-in", methods=["GET", "POST"])
@needs(PUBLIC)
@limit_attempts(ADDRESS, ACCOUNT)
def sign_in() -> ResponseReturnValue:
    """Sign a user in; a wrong password and an unknown e-mail get the same answer."""
    form = SignInForm(next=request.args.get("next", ""))
    if request.method == "GET":
        if current_user.is_authenticated:
            return redirect(first_page(current_user))
        return render_template("accounts/sign_in.html", form=form)
    if form.validate():
        person = try_password(text_of(form.email), text_of(form.password))
        if person is not None:
            address = own_address(text_of(form.next), "GET")
            response = redirect(address or first_page(person), code=303)
            known_devices.remember(response, person.email)
            return response
        record_failure()
        form.add_error("password", WRONG)
    return render_template("accounts/sign_in.html", form=form), 422


@blueprint.post("/sign-in/again")
@needs(PUBLIC)
@limit_attempts(PERSON)
def reauthenticate() -> ResponseReturnValue:
    """Let the user who was signed out go on with the form that was sent.

    Another user is refused, and is not shown what was typed. The form checks its CSRF token
    itself: a token outdated by a sign-in in another tab must not lose the text.
    """
    form = ReauthenticateForm()
    last = last_user()
    path = own_address(text_of(form.path), "POST")
    if path is None:
        abort(400)
    is_theirs = last is not None and last.person.email == text_of(form.email).strip().lower()
    if last is None or (last.is_named and not is_theirs):
        return render_template("accounts/other_user.html", typed=[]), 403
    if form.validate():
        if is_theirs and try_password(last.person.email, text_of(form.password)):
            if is_script():
                return {"csrf_token": generate_csrf()}
            return resubmit_page(path, carried_fields())
        record_failure()
        form.add_error("password", "The password is not right." if last.is_named else WRONG)
    return reauthenticate_page(form, last, carried_fields(), 422)


@blueprint.post("/sign-out")
@needs(PUBLIC)
def sign_out() -> ResponseReturnValue:
    """End this browser's session: its cookie, and every copy of it, becomes invalid."""
    if current_user.is_authenticated:
        audit.record("user.signed_out", "user", by=current_user)
    end_browser_session()
    flash("You are signed out.")
    response = redirect(url_for("accounts.sign_in"), code=303)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@blueprint.errorhandler(429)
def ask_to_wait(error: Exception) -> ResponseReturnValue:
    """Answer too many attempts with 429; the fields of a form that was sent are kept."""
    if request.endpoint != "accounts.reauthenticate":
        return errors.page(429, reason="")
    with one_transaction(for_writing=False):
        last = last_user()
    form = ReauthenticateForm()
    if last is None or (last.is_named and last.person.email != text_of(form.email)):
        return errors.page(429, reason="", typed=[])
    form.add_error("password", WAIT)
    return reauthenticate_page(form, last, carried_fields(), 429)


@blueprint.record
def _let_the_form_check_its_token(state: BlueprintSetupState) -> None:
    state.app.extensions["csrf"].exempt(reauthenticate)
