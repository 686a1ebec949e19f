"""The pages of a visit."""

from clinic_notes.charting.blueprint import blueprint
from clinic_notes.charting.views import closing, recording, today

__all__ = ["blueprint", "closing", "recording", "today"]
