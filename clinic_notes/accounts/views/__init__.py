"""Views of accounts: signing in and out, people, invitations, set-up."""

from clinic_notes.accounts.views import invitations, people, sessions
from clinic_notes.accounts.views.blueprint import blueprint

__all__ = ["blueprint", "invitations", "people", "sessions"]
