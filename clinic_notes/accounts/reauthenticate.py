"""Signing in again over a form that was on its way: as the same person, with every word kept."""

from flask import current_app, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from clinic_notes.accounts import queries
from clinic_notes.accounts.forms import AgainForm
from clinic_notes.accounts.models import User
from clinic_notes.accounts.redirects import own_address
from clinic_notes.core import errors, idempotency
from clinic_notes.core.access import SAFE_METHODS

KEPT = "kept-"
"""What the names of the fields carried along begin with, so that none is taken for ours."""

Fields = list[tuple[str, str]]


def ask_to_sign_in() -> ResponseReturnValue:
    """Answer somebody who is not signed in: to the sign-in, or in place where she was typing."""
    address = request.full_path.removesuffix("?")
    if request.method in SAFE_METHODS:
        return redirect(url_for("accounts.enter", next=address if address != "/" else None))
    if is_script():
        return {"signed_in": False}, 401
    person = queries.session_owner(session.get("_user_id", ""))
    path = own_address(address, "POST") if request.method == "POST" else None
    if person is None or path is None or not request.form:
        return errors.page(401, reason="")
    form = AgainForm(formdata=None, email=person.email, path=path)
    return page(form, person, _sent(), 401)


def is_script() -> bool:
    """Say whether a script asks, which stays on its page and needs no other."""
    return request.accept_mimetypes.best == "application/json"


def page(form: AgainForm, person: User, fields: Fields, code: int) -> ResponseReturnValue:
    """Ask the person for her password; the fields go along unseen."""
    minutes = int(current_app.config["IDLE_AFTER"].total_seconds() // 60)
    return make_response(
        render_template(
            "accounts/reauthenticate.html",
            form=form,
            person=person,
            fields=[(KEPT + name, text) for name, text in fields],
            minutes=minutes,
        ),
        code,
    )


def carry_on(path: str, fields: Fields) -> ResponseReturnValue:
    """Show the one button that sends the form where it was going, with a fresh token."""
    return render_template(
        "accounts/carry_on.html", path=path, fields=fields, once=idempotency.new_token()
    )


def kept() -> Fields:
    """Return the fields that were carried along, under their own names again."""
    return [
        (name.removeprefix(KEPT), text)
        for name, text in request.form.items(multi=True)
        if name.startswith(KEPT)
    ]


def _sent() -> Fields:
    return [
        (name, text)
        for name, text in request.form.items(multi=True)
        if name not in ("csrf_token", "once") and "password" not in name
    ]
