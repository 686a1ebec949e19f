"""The demo clinic: invented people, believable courses, made through the clinic's own actions."""

from clinic_notes.demo.building import build

__all__ = ["build"]
