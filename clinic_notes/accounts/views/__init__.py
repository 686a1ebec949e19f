"""Pages about who is who: signing in and out, the people of a clinic, invitations, the setup."""

from clinic_notes.accounts.views import invitations, people, sessions
from clinic_notes.accounts.views.blueprint import blueprint

__all__ = ["blueprint", "invitations", "people", "sessions"]
