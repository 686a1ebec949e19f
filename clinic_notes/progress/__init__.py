"""The patient's page: episodes, sessions and progress over time."""

from clinic_notes.progress.views import blueprint

__all__ = ["blueprint"]
