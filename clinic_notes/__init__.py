"""Clinical documentation for instrument-assisted soft tissue mobilization."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask


def create_app(settings: dict[str, Any] | None = None) -> "Flask":
    """Return the application. Imported late, so that a rule or a catalogue loads no Flask."""
    from clinic_notes import app

    return app.create_app(settings)


__all__ = ["create_app"]
