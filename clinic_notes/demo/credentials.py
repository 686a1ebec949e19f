"""Stores the demo's password, and prints its sign-ins."""

import os
import secrets
from pathlib import Path

from flask import Flask

from clinic_notes.app import DEMO_MARK
from clinic_notes.demo.staff import HILLTOP, RIVERSIDE


def stored_password(app: Flask) -> str | None:
    """Return the password of all demo sign-ins, or None where the instance is no demo."""
    mark = _mark(app)
    return mark.read_text().strip() if mark.exists() else None


def new_password() -> str:
    """Return the password from the environment, or a random one."""
    return os.environ.get("CLINIC_NOTES_DEMO_PASSWORD") or secrets.token_urlsafe(12)


def store(app: Flask, password: str) -> None:
    """Mark the instance as the demo: it shows a banner, and is served on loopback only."""
    handle = os.open(_mark(app), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as opened:
        opened.write(password)
    app.config["DEMO"] = True


def sign_ins(password: str) -> str:
    """Return the sign-ins and their roles, a line each."""
    people = "\n".join(
        f"  {account.email:<24} {account.role}" for account in (*RIVERSIDE, *HILLTOP)
    )
    return f"Sign in as one of these, all with the password  {password}\n{people}"


def _mark(app: Flask) -> Path:
    return Path(app.config["INSTANCE"]) / DEMO_MARK
