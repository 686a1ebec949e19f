"""What is on the shelf: instruments and lubricants."""

from clinic_notes.equipment.views import blueprint

__all__ = ["blueprint"]
