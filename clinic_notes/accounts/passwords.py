"""Passwords: rules for new ones, and argon2id hashes."""

import re
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app
from zxcvbn import zxcvbn

from clinic_notes.accounts.models import User

SHORTEST = 12
"""Characters a password needs (OWASP ASVS 5.0, 6.2.1 asks for 8 and recommends 15)."""
LONGEST = 200
"""Characters a password may have; ASVS 6.2.9 asks for at least 64."""

STRONG = 3
"""The least score of zxcvbn, from 0 to 4: 3 withstands 10^8 to 10^10 guesses at a slow hash."""
READ = 72
"""Characters that zxcvbn looks at: more only take it longer, and make no password weaker."""
OURS = frozenset({"correcthorsebatterystaple", "clinicnotes1", "clinicnotes123"})
"""What zxcvbn lets through, and anybody would try here: its lists know none of them."""

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
    if any(_is_guessed_from(password, name) for name in about):
        return "A password must not be made of a name, an e-mail address or the clinic's name."
    parts = [word for name in about for word in (name, *re.split(r"\W+", name)) if word]
    # It knows 30,000 leaked passwords, words and names of several languages, keyboards and dates.
    score = zxcvbn(password[:READ], user_inputs=parts)["score"]
    if score < STRONG or _plain(password) in OURS:
        return "That password is among the first anybody would try. Three or four words do well."
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
