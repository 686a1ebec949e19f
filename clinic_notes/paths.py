"""Paths of the files that are shipped beside the package."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """Return the path of ``templates``, ``migrations`` or ``config.py``."""
    packaged = PACKAGE / name
    return packaged if packaged.exists() else PACKAGE.parent / name
