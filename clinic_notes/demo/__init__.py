"""The demo clinic: invented people, made through the application's own actions."""

from clinic_notes.demo.building import build

__all__ = ["build"]
