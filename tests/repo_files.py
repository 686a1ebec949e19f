"""Where this repository's own files are, for the tests that read them."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def files(*folders: str, suffix: str) -> list[Path]:
    """Return the files under these folders whose names end so."""
    return sorted(
        path
        for folder in folders
        for path in (ROOT / folder).rglob(f"*{suffix}")
        if path.is_file() and "__pycache__" not in path.parts
    )


def place(path: Path) -> str:
    """Return the path as a person would write it, from the root."""
    return path.relative_to(ROOT).as_posix()
