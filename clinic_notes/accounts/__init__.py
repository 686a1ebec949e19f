"""Clinics, their people, and how they sign in."""

from clinic_notes.accounts import sign_in
from clinic_notes.accounts.views import blueprint

__all__ = ["blueprint", "sign_in"]
