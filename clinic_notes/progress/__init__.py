"""One patient over time: her episodes, her sessions, and what changed."""

from clinic_notes.progress.views import blueprint

__all__ = ["blueprint"]
