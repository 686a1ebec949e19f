"""Passwords: rules for new ones, and argon2id hashes."""

import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app

from clinic_notes.accounts.models import User

SHORTEST = 12
"""Characters a password needs (OWASP ASVS 5.0, 6.2.1 asks for 8 and recommends 15)."""
LONGEST = 200
"""Characters a password may have; ASVS 6.2.9 asks for at least 64."""

COMMON = frozenset(
    {
        "123456789012", "1234567890123", "1234567891011", "012345678910", "987654321012",
        "1q2w3e4r5t6y", "1qaz2wsx3edc", "q1w2e3r4t5y6", "qwertyuiop12", "qwertyuiop123",
        "qwerty123456", "qwertyqwerty", "asdfghjkl123", "zxcvbnm12345", "abcdefghijkl",
        "abcd12345678", "password1234", "password12345", "password123456", "passwordpassword",
        "mypassword123", "passw0rd1234", "p@ssw0rd1234", "administrator", "administrator1",
        "changeme1234", "letmeinletmein", "letmein12345", "welcome12345", "welcome123456",
        "iloveyou1234", "iloveyouforever", "trustno1trustno1", "correcthorsebatterystaple",
        "physiotherapy", "physiotherapist", "physicaltherapy", "physicaltherapist",
        "clinicnotes1", "clinicnotes123", "clinic123456",
    }
)  # fmt: skip
"""The most common passwords of twelve and more characters, and likely ones in this field."""

# A hash of no password. Checking it takes as long as checking a real one.
_NOBODY = (
    "$argon2id$v=19$m={memory_cost},t={time_cost},p={parallelism}$" + "A" * 22 + "$" + "A" * 43
)


def hash_password(typed: str) -> str:
    """Return what is stored of a password, at the cost ``PASSWORD_HASH`` sets."""
    return _hasher().hash(_normal(typed))


def is_password(user: User | None, typed: str) -> bool:
    """Say whether this is the user's password.

    It takes as long where there is no such user, no password yet, or no permission to sign in:
    the time taken must not reveal who works here.
    """
    usable = user is not None and user.enabled and user.password_hash
    stored = usable or _NOBODY.format(**current_app.config["PASSWORD_HASH"])
    try:
        return _hasher().verify(stored, _normal(typed)) and bool(usable)
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(user: User) -> bool:
    """Say whether the user's password was hashed at another cost than is set now."""
    return bool(user.password_hash) and _hasher().check_needs_rehash(user.password_hash or "")


def weakness(typed: str, about: tuple[str, ...]) -> str | None:
    """Return what is wrong with a new password; ``about`` are names it must not be made of."""
    password = _normal(typed)
    if len(password) < SHORTEST:
        return f"A password needs at least {SHORTEST} characters."
    if len(password) > LONGEST:
        return f"A password may have at most {LONGEST} characters."
    if _plain(password) in COMMON or len(set(password)) < 5:
        return "That password is among the first anybody would try."
    if any(_is_guessed_from(password, name) for name in about):
        return "A password must not be made of a name, an e-mail address or the clinic's name."
    return None


def _is_guessed_from(password: str, name: str) -> bool:
    # Without the name, the rest must be long enough by itself.
    own, rest = _plain(name), _plain(password)
    return len(own) >= 4 and own in rest and len(rest) - len(own) < SHORTEST


def _plain(text: str) -> str:
    return "".join(text.casefold().split())


def _normal(typed: str) -> str:
    # Keyboards differ in whether they send accented letters composed.
    return unicodedata.normalize("NFKC", typed).strip()


def _hasher() -> PasswordHasher:
    return PasswordHasher(**current_app.config["PASSWORD_HASH"])
