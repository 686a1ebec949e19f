"""Enters in the trail what was refused: who asked for what is not there, or too often.

An answer is rolled back before it goes out, so the entry has a transaction of its own. Only so many
a minute are entered of one person in one process: a flood of refusals must not fill the trail.
"""

from collections import Counter
from datetime import datetime

from flask import Flask, Response, current_app, g, request
from flask_login import current_user
from sqlalchemy.exc import SQLAlchemyError

from clinic_notes.accounts import queries
from clinic_notes.accounts.last_user import cookie_token
from clinic_notes.accounts.models import User
from clinic_notes.core import audit, clock, tenancy
from clinic_notes.core.access import asked_about
from clinic_notes.core.transaction import one_transaction

ENTERED = {404: "not found", 409: "changed meanwhile", 429: "too many tries"}
CSRF = "forged or outdated form"
MOST_A_MINUTE = 10
_entered: Counter[tuple[int, datetime]] = Counter()


def init_app(app: Flask) -> None:
    """Look at every answer."""
    app.after_request(_enter)


def _enter(response: Response) -> Response:
    why = CSRF if g.get("is_csrf_refused") else ENTERED.get(response.status_code, "")
    if not why:
        return response
    try:
        with one_transaction(for_writing=False):
            person = _who()
            if person is not None and _may_enter(person.id):
                tenancy.set_clinic(person.clinic_id)
                audit.record(
                    "request.refused",
                    request.endpoint or "no page",
                    by=person,
                    why=why,
                    method=request.method,
                    about=asked_about(),
                )
    except SQLAlchemyError as error:
        # The answer goes out all the same.
        current_app.logger.warning("A refusal was not entered: %s", type(error).__name__)
    return response


def _who() -> User | None:
    """Return who asked: whoever is signed in or, at the sign-in, whose account is meant."""
    if "_login_user" in g or cookie_token():
        user: User | None = current_user if current_user.is_authenticated else None
        if user is not None:
            return user
    email = request.form.get("email", "") if request.method == "POST" else ""
    return queries.user_by_email(email) if email else None


def _may_enter(person_id: int) -> bool:
    minute = clock.now().replace(second=0, microsecond=0)
    for known in [one for one in _entered if one[1] != minute]:
        del _entered[known]
    _entered[person_id, minute] += 1
    return _entered[person_id, minute] <= MOST_A_MINUTE
