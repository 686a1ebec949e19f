"""Who the patient is: identity, allergies, standing conditions, episodes of care."""

from clinic_notes.patients.views import blueprint

__all__ = ["blueprint"]
