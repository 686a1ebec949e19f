"""Signing in, signing out, and signing in again in place."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from clinic_notes.accounts import queries, reauthenticate, sign_in
from clinic_notes.accounts.forms import AgainForm, SignInForm, said
from clinic_notes.accounts.redirects import first_page, own_address
from clinic_notes.accounts.throttle import ACCOUNT, ADDRESS, PERSON, limit_attempts, record_failure
from clinic_notes.accounts.views.blueprint import blueprint
from clinic_notes.core import errors
from clinic_notes.core.access import PUBLIC, needs
from clinic_notes.core.transaction import one_transaction

WRONG = "E-mail or password is not right."
WAIT = "Too many tries. Wait a few minutes, then try again."


@blueprint.route("/sign-in", methods=["GET", "POST"])
@needs(PUBLIC)
@limit_attempts(ADDRESS, ACCOUNT)
def enter() -> ResponseReturnValue:
    """Ask who is there; the answer to a wrong password and to an unknown e-mail is the same."""
    form = SignInForm(next=request.args.get("next", ""))
    if request.method == "GET":
        if current_user.is_authenticated:
            return redirect(first_page(current_user))
        return render_template("accounts/sign_in.html", form=form)
    if form.validate():
        person = sign_in.try_password(said(form.email), said(form.password))
        if person is not None:
            way = own_address(said(form.next), "GET")
            return redirect(way or first_page(person), code=303)
        record_failure()
        form.add_error("password", WRONG)
    return render_template("accounts/sign_in.html", form=form), 422


@blueprint.post("/sign-in/again")
@needs(PUBLIC)
@limit_attempts(PERSON)
def enter_again() -> ResponseReturnValue:
    """Let the person who was signed out go on with the form she had sent.

    Anybody else is refused, and what was typed is not shown to her. The form checks its
    CSRF token itself: a token outdated by a sign-in elsewhere must not cost the text.
    """
    form = AgainForm()
    person = queries.session_owner(sign_in.cookie_token())
    path = own_address(said(form.path), "POST")
    if path is None:
        abort(400)
    if person is None or person.email != said(form.email):
        return render_template("accounts/not_yours.html", typed=[]), 403
    if form.validate():
        if sign_in.try_password(person.email, said(form.password)):
            if reauthenticate.is_script():
                return {"csrf_token": generate_csrf()}
            return reauthenticate.carry_on(path, reauthenticate.kept())
        record_failure()
        form.add_error("password", "The password is not right.")
    return reauthenticate.page(form, person, reauthenticate.kept(), 422)


@blueprint.post("/sign-out")
@needs(PUBLIC)
def sign_out() -> ResponseReturnValue:
    """End this browser's session; its cookie, and every copy of it, opens nothing any more."""
    sign_in.forget()
    flash("You are signed out.")
    response = redirect(url_for("accounts.enter"), code=303)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@blueprint.errorhandler(429)
def ask_to_wait(error: Exception) -> ResponseReturnValue:
    """Say that there were too many tries; a form that was on its way goes on waiting."""
    if request.endpoint != "accounts.enter_again":
        return errors.page(429, reason="")
    with one_transaction(for_writing=False):
        person = queries.session_owner(sign_in.cookie_token())
    form = AgainForm()
    if person is None or person.email != said(form.email):
        return errors.page(429, reason="", typed=[])
    form.add_error("password", WAIT)
    return reauthenticate.page(form, person, reauthenticate.kept(), 429)


@blueprint.record
def _let_the_form_check_its_token(state: BlueprintSetupState) -> None:
    state.app.extensions["csrf"].exempt(enter_again)
