"""Error pages: what happened, what was kept, what to do next."""

import secrets
from collections.abc import Iterable
from typing import Any

from flask import Flask, Response, current_app, g, make_response, render_template, request
from flask_login import AnonymousUserMixin
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DatabaseError, DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, MethodNotAllowed, SecurityError

from clinic_notes.core import access
from clinic_notes.core.forms.technical_fields import TECHNICAL, entered_fields
from clinic_notes.core.idempotency import SentBefore, new_token
from clinic_notes.core.lookup import RowGone

PAGES = (400, 401, 403, 404, 405, 409, 413, 429)


def submitted_text() -> list[tuple[str, str]]:
    """Return what the user had typed in the form that failed, so that no word is lost."""
    if request.method != "POST" or request.mimetype != "application/x-www-form-urlencoded":
        return []
    try:
        fields = list(request.form.items(multi=True))
    except HTTPException:
        return []
    return worth_showing(fields)


def worth_showing(fields: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the fields of a form that a user fills in, with what is in them."""
    return [(name, text) for name, text in entered_fields(fields, TECHNICAL) if text.strip()]


def page(code: int, **facts: Any) -> Response:
    """Return the page of one kind of failure."""
    known = code if code in PAGES or code in (500, 503) else 400
    # A page of ours has a way to others; who has a locked browser gets back to its only page.
    locked = access.locked_answer(problem=code) if known in PAGES else None
    if locked is not None:
        return locked
    shown = {"typed": submitted_text(), "reference": "", **facts}
    return make_response(render_template(f"errors/{known}.html", **shown), code)


def register(app: Flask) -> None:
    """Answer every failure with a page of its own."""
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(SecurityError, _foreign_host)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(SentBefore, _sent_before)
    app.register_error_handler(StaleDataError, _changed_meanwhile)
    app.register_error_handler(RowGone, _changed_meanwhile)
    app.register_error_handler(IntegrityError, _changed_meanwhile)
    app.register_error_handler(OperationalError, _database_unavailable)
    app.register_error_handler(DatabaseError, _database_refused)
    app.register_error_handler(PoolTimeout, _database_unavailable)
    app.register_error_handler(Exception, _failed)


def _forged(error: CSRFError) -> Response:
    g.is_csrf_refused = True
    return page(400, reason=error.description)


def _foreign_host(error: SecurityError) -> Response:
    """Answer a request under a name that is not the clinic's: no page of ours has a link there."""
    return Response("This server does not answer under that name.\n", 400, mimetype="text/plain")


def _refused(error: HTTPException) -> Response | HTTPException:
    if error.code is None or error.code < 400:
        return error
    response = page(error.code, reason="")
    if isinstance(error, MethodNotAllowed):
        response.allow.update(error.valid_methods or ())
    return response


def _sent_before(error: SentBefore) -> Response:
    """Ask what is to become of a form that was saved before with something else in it."""
    fields = entered_fields(request.form.items(multi=True), frozenset({"csrf_token", "once"}))
    shown = {"typed": worth_showing(fields), "fields": fields, "location": error.location}
    return make_response(render_template("forms/sent_before.html", once=new_token(), **shown), 409)


def _changed_meanwhile(error: Exception) -> Response:
    current_app.logger.warning("A record changed meanwhile: %s", type(error).__name__)
    return page(409, reason="")


def _database_unavailable(error: Exception) -> Response:
    current_app.logger.error("The database does not answer: %s", type(error).__name__)
    _without_user()
    response = page(503, reason="")
    response.headers["Retry-After"] = "5"
    return response


def _database_refused(error: DatabaseError) -> Response:
    """Answer 503 where the embedded store says that it is damaged; else it is our own failure."""
    # Only then it is of no narrower class: "file is not a database", "image is malformed".
    if type(error) is not DatabaseError:
        return _failed(error)
    current_app.logger.error("The store is damaged, or its key is another one.")
    return _database_unavailable(error)


def _failed(error: Exception) -> Response:
    _without_user()
    # The log names the place of the failure, never its values: they may be a patient's.
    reference = secrets.token_hex(4).upper()
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    place = f"{frame.tb_frame.f_code.co_filename}:{frame.tb_lineno}" if frame else "nowhere"
    current_app.logger.error("%s %s at %s", reference, type(error).__name__, place)
    if isinstance(error, DBAPIError):
        current_app.logger.error("%s %s", reference, type(error.orig).__name__)
    return page(500, reference=reference, reason="")


def _without_user() -> None:
    # Flask-Login gives every template the current user. Where that is not known yet, it would
    # query the database again, and the page of the failure would fail as well.
    if "_login_user" not in g:
        g._login_user = AnonymousUserMixin()
