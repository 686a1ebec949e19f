"""Passwords: kept as argon2id, never as they were typed."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app

from clinic_notes.accounts.models import User


def hash_password(typed: str) -> str:
    """Return what is stored of a password, at the cost ``PASSWORD_HASH`` sets."""
    return _hasher().hash(typed)


def is_password(user: User, typed: str) -> bool:
    """Say whether this is the person's password. False where she has none yet."""
    return _matches(user.password_hash or "", typed)


def _matches(stored: str, typed: str) -> bool:
    try:
        return _hasher().verify(stored, typed)
    except (VerificationError, InvalidHashError):
        return False


def _hasher() -> PasswordHasher:
    return PasswordHasher(**current_app.config["PASSWORD_HASH"])
