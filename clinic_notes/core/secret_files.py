"""Keys of this installation: from the environment, or from files its first start makes."""

import os
import secrets
from pathlib import Path


def secret(value: str, file: str, fallback: Path) -> str:
    """Return the key given, the key in the file named, or the one stored at ``fallback``.

    The first start writes 32 random bytes there, readable by the owner alone.
    """
    if value:
        return value
    path = Path(file) if file else fallback
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as opened:
            opened.write(secrets.token_hex(32))
    return path.read_text().strip()
