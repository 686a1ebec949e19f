"""What each view needs, and the guard that admits only those who may.

A view says what it needs with ``@needs``; one that says nothing stops the start-up. Every request
is one transaction (core.transaction).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, TypeVar
from urllib.parse import urlencode

from flask import Flask, Response, abort, current_app, g, make_response, redirect, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from clinic_notes.core import audit, idempotency
from clinic_notes.core.permissions import Permission
from clinic_notes.core.transaction import (
    begin_writing,
    commit_with_trail,
    one_transaction,
    roll_back,
)

PUBLIC: Final = "public"
"""What a page needs that is for anybody, signed in or not."""
SIGNED_IN: Final = "signed in"
"""What a page needs that is for everybody who has an account."""

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
"""What the body of a request may be."""
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


def needs(permission: Permission | str) -> Callable[[View], View]:
    """Mark what a view needs: a Permission, SIGNED_IN or PUBLIC. Goes under the route."""

    def mark(view: View) -> View:
        view.needs = permission  # type: ignore[attr-defined]
        return view

    return mark


def before_writing(step: Callable[[], None]) -> Callable[[View], View]:
    """Run ``step``, which only reads, before a POST to the view may write.

    The embedded store has one writer: what takes long, such as the hash of a password, would let
    all others wait. The user is admitted before, and not asked for again after.
    """

    def mark(view: View) -> View:
        view.before_writing = step  # type: ignore[attr-defined]
        return view

    return mark


def open_while_locked(view: View) -> View:
    """Mark a view that answers a browser session which is locked; all others lead to the lock."""
    view.open_while_locked = True  # type: ignore[attr-defined]
    return view


def locked_answer(**arguments: object) -> Response | None:
    """Return the way to the only page a locked browser session opens; None where none is locked.

    The lock is on the session's row, which is read with its user.
    """
    if current_user.is_authenticated and "locked_to" in g:
        query = f"?{urlencode(arguments)}" if arguments else ""
        return make_response(redirect(f"{g.locked_to}{query}", 303))
    return None


def only_reads(view: View) -> View:
    """Mark a view that reads the form which is sent to it and writes nothing.

    It does not wait for the embedded store's one writer.
    """
    view.only_reads = True  # type: ignore[attr-defined]
    return view


def finds_again_by(field: str) -> Callable[[View], View]:
    """Mark a view that finds by this field where its form was saved, and keeps what came since.

    Other views are asked to compare versions, and a form without one is shown to its user.
    """

    def mark(view: View) -> View:
        view.finds_again_by = field  # type: ignore[attr-defined]
        return view

    return mark


def needed_by(view: Callable[..., Any]) -> Permission | str | None:
    """Return what a view says it needs, or None where it says nothing."""
    return getattr(view, "needs", None)


def guard(app: Flask) -> None:
    """Put every view behind its guard; refuse to start where one does not say what it needs."""
    for endpoint, view in app.view_functions.items():
        if endpoint == "static" or endpoint.endswith(".static"):
            continue
        permission = needed_by(view)
        if permission is None:
            raise LookupError(f"The view {endpoint} does not say what it needs.")
        app.view_functions[endpoint] = _guarded(view, permission)


def _guarded(view: Callable[..., Any], permission: Permission | str) -> Callable[..., Any]:
    step = getattr(view, "before_writing", None)
    is_open = hasattr(view, "open_while_locked")

    @wraps(view)
    def wrapped(**arguments: Any) -> Response:
        _refuse_other_than_forms()
        if request.method == "HEAD":
            # It is answered as a GET is; the server leaves the page itself out.
            request.method = "GET"
        # Whoever sends slowly holds no transaction open: it begins when the whole body is here.
        request.get_data(parse_form_data=True)
        writes = request.method not in SAFE_METHODS and not hasattr(view, "only_reads")
        with one_transaction(for_writing=writes and step is None):
            if permission != PUBLIC and not current_user.is_authenticated:
                return make_response(current_app.login_manager.unauthorized())  # type: ignore[attr-defined]
            locked = None if is_open else locked_answer()
            if locked is not None:
                return locked
            _admit(permission)
            if writes and step is not None:
                step()
                begin_writing()
            return _answer(view, arguments)

    return wrapped


def _refuse_other_than_forms() -> None:
    """Answer 415 to a body that is no form: one parser reads what is sent, and no other."""
    if request.content_length and request.mimetype not in FORMS:
        abort(415)


def _admit(permission: Permission | str) -> None:
    if isinstance(permission, Permission) and not current_user.may(permission):
        begin_writing()
        about = asked_about()
        audit.record(
            "access.refused", request.endpoint, by=current_user, needed=permission, about=about
        )
        commit_with_trail()
        abort(403)


def asked_about() -> str:
    """Return what the request is about, as its address says it: "visit_id 12"."""
    return ", ".join(f"{name} {value}" for name, value in (request.view_args or {}).items())


def _answer(view: Callable[..., Any], arguments: dict[str, Any]) -> Response:
    # Asked in this order, so that a public page without a form needs no store.
    form_token = request.form.get("once", "")
    if form_token and not current_user.is_authenticated:
        form_token = ""
    content = ""
    if form_token:
        content = idempotency.digest(request.full_path, request.form.items(multi=True))
        earlier = idempotency.claim(form_token, current_user.id, content)
        if earlier is not None and earlier.is_same(content):
            return make_response(redirect(earlier.location, 303))
        if earlier is not None and not _is_compared_by(view):
            raise idempotency.SentBefore(earlier.location)
    response = make_response(view(**arguments))
    if response.status_code >= 400:
        # A refused request changes nothing; that it was made still belongs in the trail.
        happened = audit.entries_surviving_rollback()
        roll_back()
        audit.requeue(happened)
    elif form_token and response.location:
        idempotency.store_result(form_token, current_user.id, response.location, content)
    return response


def _is_compared_by(view: Callable[..., Any]) -> bool:
    """Say whether the view itself sees that the record is not as the form showed it."""
    return bool(request.form.get(getattr(view, "finds_again_by", "version")))
