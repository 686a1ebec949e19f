"""Paths of the files beside the package, in a checkout and in a wheel."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """Return the path of ``templates``, ``migrations`` or ``config.py``."""
    packaged = PACKAGE / name
    return packaged if packaged.exists() else PACKAGE.parent / name
