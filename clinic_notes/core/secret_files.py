"""Keys of this installation: from the environment, or from files its first start makes."""

import logging
import os
import secrets
from pathlib import Path


class BadKey(Exception):
    """A key cannot be had; the message says which file, and what is wrong with it."""


def secret(value: str, file: str, fallback: Path, *, opens: Path | None = None) -> str:
    """Return the key given, the key in the file named, or the one stored at ``fallback``.

    The first start writes 32 random bytes there, readable by the owner alone: not where ``opens``,
    the store that this key opens, is there already. Raises BadKey.
    """
    if value:
        return value
    path = Path(file) if file else fallback
    if not file and not path.exists():
        if opens is not None and opens.exists():
            raise BadKey(
                f"{path} is missing, and {opens} is there: put the key back. "
                "A new one would not open what is stored."
            )
        write_secret(path, secrets.token_hex(32))
    _refuse_readable_by_others(path, only_warn=bool(file))
    return _read(path)


def is_open_to_others(path: Path) -> bool:
    """Say whether anybody but its owner can use a file; unknown, and so no, without such modes."""
    return os.name == "posix" and bool(path.stat().st_mode & 0o077)


def _refuse_readable_by_others(path: Path, *, only_warn: bool = False) -> None:
    """Raise BadKey where others than its owner can read a file of ours.

    A key file that was named is warned of alone: where secrets are mounted, modes are not ours.
    """
    if not path.exists() or not is_open_to_others(path):
        return
    if only_warn:
        logging.getLogger(__name__).warning("%s can be read by others than its owner.", path)
        return
    raise BadKey(f"{path} can be read by others than its owner: chmod 600 {path}.")


def write_secret(path: Path, key: str) -> None:
    """Write a key to a new file that only its owner can read. Raises BadKey."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise BadKey(f"{path} cannot be written: {error.strerror}.") from None
    with os.fdopen(handle, "w") as opened:
        opened.write(key)


def make_private(path: Path) -> None:
    """Create a file, where it is not there, that only its owner can read. Raises BadKey."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _refuse_readable_by_others(path)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))


def _read(path: Path) -> str:
    try:
        key = path.read_text().strip()
    except OSError as error:
        raise BadKey(f"The key file {path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise BadKey(f"The key file {path} holds no text.") from None
    if not key:
        raise BadKey(f"The key file {path} is empty.")
    return key
