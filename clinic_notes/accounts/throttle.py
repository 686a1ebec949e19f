"""Limits password attempts.

Beyond a limit an attempt is refused before its hash is computed. Only wrong passwords count, so a
busy front desk does not reach the limit, nor does a note that is refused for another reason. No
account is locked for good, and a device on which a person signed in before has a count of its own:
a stranger's guesses do not keep them out there. A link that sets a new password clears the counts.
Failures are counted in the store, so that all workers share the count and a restart keeps it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps

from flask import Response, abort, after_this_request, g, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from clinic_notes.accounts import actions, known_devices, passwords, queries
from clinic_notes.accounts.last_user import last_user
from clinic_notes.accounts.tokens import PERSON as PERSON_PREFIX
from clinic_notes.accounts.tokens import account_counter, hashed
from clinic_notes.core import audit
from clinic_notes.core.access import View
from clinic_notes.core.forms.base import BaseForm
from clinic_notes.core.transaction import one_transaction


@dataclass(frozen=True)
class Limit:
    """How many wrong passwords one counter allows within a time."""

    most: int
    within: timedelta
    counter: Callable[[], str]


def _address() -> str:
    return f"address {hashed(request.remote_addr or '')}"


def _account() -> str:
    return account_counter(request.form.get("email", ""))


def _device() -> str:
    return known_devices.counter_of(request.form.get("email", ""))


def _person() -> str:
    """Return the counter of the user whose session the cookie names: no client can forge it."""
    if current_user.is_authenticated:
        return f"{PERSON_PREFIX}{current_user.id}"
    last = last_user()
    return _address() if last is None else f"{PERSON_PREFIX}{last.person.id}"


ADDRESS = Limit(30, timedelta(minutes=1), _address)
ACCOUNT = Limit(10, timedelta(minutes=10), _account)
DEVICE = Limit(10, timedelta(minutes=10), _device)
# Separate from the account's: a stranger at the sign-in must not keep a user from signing notes.
PERSON = Limit(10, timedelta(minutes=10), _person)


def limit_attempts(*limits: Limit) -> Callable[[View], View]:
    """Answer 429 to a password sent to this view beyond one of these limits."""

    def limited(view: View) -> View:
        @wraps(view)
        def wrapped(**arguments: object) -> ResponseReturnValue:
            if request.method == "POST":
                is_known = ACCOUNT in limits and _device()
                g.counters = _within((DEVICE,) if is_known else limits)
            return view(**arguments)

        return wrapped  # type: ignore[return-value]  # The same view, limited.

    return limited


def check_password() -> None:
    """Check the password sent to sign with, within the user's limit, before anything is written."""
    g.counters = _within((PERSON,))
    typed = request.form.get("password", "")
    g.is_password = bool(typed) and passwords.is_password(current_user, typed)


def refuse_password(form: BaseForm, action: str, subject: object, consequence: str = "") -> None:
    """Say in the form that its password is wrong, count that, and enter it in the trail."""
    record_failure()
    audit.record(action, subject, by=current_user)
    form.add_error("password", f"This is not your password. {consequence}".rstrip())


def record_failure() -> None:
    """Count the wrong password of this request, after the response, even if it is rolled back."""
    counters = {name: limit.within for name, limit in g.counters.items()}

    @after_this_request
    def count(response: Response) -> Response:
        with one_transaction():
            actions.count_failure(counters)
            if "refused_person" in g:
                actions.refuse_sign_in(g.refused_person)
        return response


def _within(limits: tuple[Limit, ...]) -> dict[str, Limit]:
    """Return the limits by their counters; 429 where one of them is reached."""
    if limits == (PERSON,) and current_user.is_authenticated:
        # Loaded with the user already, so that signing a note needs no other statement.
        counters, tries = {_person(): PERSON}, {_person(): g.refused_tries}
    else:
        # In a transaction of its own: an attempt must not block the embedded store's only writer.
        with one_transaction(for_writing=False):
            counters = {limit.counter(): limit for limit in limits}
            tries = queries.refused_tries(counters)
    if any(tries.get(name, 0) >= limit.most for name, limit in counters.items()):
        abort(429)
    return counters
