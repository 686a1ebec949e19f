"""Guessing passwords is slow: refused tries are counted before a hash is computed.

Counted by address, and by the account tried. Neither locks an account for good, and a
sign-in that succeeds is not counted, so a busy front desk never meets the limit.
"""

from typing import Any

from flask import Response, request, session
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from clinic_notes.accounts.tokens import hashed

limiter = Limiter(key_func=get_remote_address)


def slow_guessing(view: Any) -> Any:
    """Count the refused tries of a view that checks a password; 429 beyond 30 a minute from one
    address or 10 in ten minutes at one account.
    """
    for limit, tried in (("30 per minute", get_remote_address), ("10 per 10 minutes", _account)):
        view = limiter.shared_limit(
            limit,
            scope=tried.__name__,
            key_func=tried,
            methods=["POST"],
            deduct_when=_was_refused,
        )(view)
    return view


def _account() -> str:
    # The counter needs to tell accounts apart, not to know who they are.
    return hashed(request.form.get("email", "").strip().lower() or session.get("_user_id", ""))


def _was_refused(response: Response) -> bool:
    return response.status_code >= 400
