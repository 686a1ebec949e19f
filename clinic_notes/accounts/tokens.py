"""Tokens that open something: the holder has them, the database only their hash."""

import secrets
from hashlib import sha256


def new_token() -> str:
    """Return 256 random bits, fit for an address or a cookie."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """Return what is stored of a token: who reads the table cannot make the cookie."""
    return sha256(token.encode()).hexdigest()
