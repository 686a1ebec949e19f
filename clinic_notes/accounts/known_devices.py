"""Devices on which a person signed in before: their wrong passwords are counted apart.

A stranger's guesses at somebody's e-mail address then keep nobody out who sits where they always
do. The cookie signs nobody in: it says only for which account this device has a count of its own.
"""

from datetime import timedelta

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from clinic_notes.accounts.tokens import account_counter, hashed, new_token

LASTS = timedelta(days=365)


def counter_of(email: str) -> str:
    """Return the counter of this device for an account; "" where nobody signed in with it here."""
    device, accounts = _read()
    return f"device {device}" if account_counter(email) in accounts else ""


def remember(response: Response, email: str) -> None:
    """Let this device know that the password of an account was right on it."""
    device, accounts = _read()
    known = [*dict.fromkeys([account_counter(email), *accounts])][:MOST]
    response.set_cookie(
        _name(),
        _signer().dumps([device or hashed(new_token()), known]),
        max_age=LASTS,
        secure=bool(current_app.config["HTTPS"]),
        httponly=True,
        samesite="Lax",
    )


MOST = 8
"""Accounts a device is known to; a clinic's shared tablet has few users."""


def _read() -> tuple[str, list[str]]:
    try:
        device, accounts = _signer().loads(
            request.cookies.get(_name(), ""), max_age=int(LASTS.total_seconds())
        )
    except (BadSignature, ValueError, TypeError):
        return "", []
    return device, accounts


def _name() -> str:
    return "__Host-known_device" if current_app.config["HTTPS"] else "known_device"


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="known device")
