"""Clinical documentation for instrument-assisted soft tissue mobilization."""

from clinic_notes.app import create_app

__all__ = ["create_app"]
