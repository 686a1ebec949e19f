"""Signing in again over a form, without losing its text."""

from flask import current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from clinic_notes.accounts.forms import ReauthenticateForm
from clinic_notes.accounts.last_user import LastUser, last_user
from clinic_notes.accounts.redirects import own_address
from clinic_notes.core import idempotency
from clinic_notes.core.access import SAFE_METHODS
from clinic_notes.core.responses import errors

CARRIED = "carried-"
"""Prefix of the carried fields' names, so that none is taken for a field of this page."""

Fields = list[tuple[str, str]]


def ask_to_sign_in() -> ResponseReturnValue:
    """Answer a request without a sign-in: redirect to it, or ask for the password over the form."""
    address = request.full_path.removesuffix("?")
    if request.method in SAFE_METHODS:
        return redirect(url_for("accounts.sign_in", next=address if address != "/" else None))
    if is_script():
        return {"signed_in": False}, 401
    last = last_user()
    path = own_address(address, "POST") if request.method == "POST" else None
    if last is None or path is None or not request.form:
        return errors.page(401, reason="")
    email = last.person.email if last.is_named else ""
    form = ReauthenticateForm(formdata=None, email=email, path=path)
    return reauthenticate_page(form, last, _sent_fields(), 401)


def is_script() -> bool:
    """Say whether a script asks: it stays on its page and needs no other."""
    return request.accept_mimetypes.best == "application/json"


def reauthenticate_page(
    form: ReauthenticateForm, last: LastUser, fields: Fields, code: int
) -> ResponseReturnValue:
    """Return the page that asks for the password; the fields are carried in it, hidden."""
    minutes = int(current_app.config["IDLE_AFTER"].total_seconds() // 60)
    return make_response(
        render_template(
            "accounts/reauthenticate.html",
            form=form,
            person=last.person if last.is_named else None,
            fields=[(CARRIED + name, text) for name, text in fields],
            minutes=minutes,
        ),
        code,
    )


def resubmit_page(path: str, fields: Fields) -> ResponseReturnValue:
    """Return the page with one button that sends the form again, with a new token."""
    return render_template(
        "accounts/resubmit.html", path=path, fields=fields, once=idempotency.new_token()
    )


def carried_fields() -> Fields:
    """Return the carried fields under their own names."""
    return [
        (name.removeprefix(CARRIED), text)
        for name, text in request.form.items(multi=True)
        if name.startswith(CARRIED)
    ]


def _sent_fields() -> Fields:
    return [
        (name, text)
        for name, text in request.form.items(multi=True)
        if name not in ("csrf_token", "once") and "password" not in name
    ]
