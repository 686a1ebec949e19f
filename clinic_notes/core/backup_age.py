"""When the last backup was made: a file in the instance folder, for whoever answers for it."""

from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask

NAME = "last-backup"
OLD = timedelta(hours=48)
"""An older backup is pointed out (proposed rule of HIPAA, 90 FR 898: at most 48 hours old)."""


def store(app: Flask, made_at: str) -> None:
    """Remember when the last backup was made, as ISO 8601 in UTC."""
    Path(app.config["INSTANCE"], NAME).write_text(made_at)


def last_backup(app: Flask) -> datetime | None:
    """Return when the last backup was made, None where there is none yet."""
    try:
        return datetime.fromisoformat(Path(app.config["INSTANCE"], NAME).read_text().strip())
    except (OSError, ValueError):
        return None
