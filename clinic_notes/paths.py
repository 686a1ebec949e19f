"""Where the files that stand beside the package are, in a checkout and in an installed wheel."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """Return a top-level resource: ``templates``, ``migrations`` or ``config.py``."""
    packaged = PACKAGE / name
    return packaged if packaged.exists() else PACKAGE.parent / name
