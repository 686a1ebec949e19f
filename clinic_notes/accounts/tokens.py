"""Secret tokens. The database holds only their hashes."""

import secrets
from hashlib import sha256

PERSON = "person "
"""Prefix of the counter of a user's wrong passwords; the user's id follows."""


def new_token() -> str:
    """Return 256 random bits as text for an address or a cookie."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """Return six random digits, which one person reads out to another."""
    return f"{secrets.randbelow(1_000_000):06}"


def account_counter(email: str) -> str:
    """Return the counter of wrong passwords for an account: it tells accounts apart, unnamed."""
    return f"account {hashed(email.strip().lower())}"


def hashed(token: str) -> str:
    """Return the hash of a token, so that who reads the table cannot make the cookie."""
    return sha256(token.encode()).hexdigest()
