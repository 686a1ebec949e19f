"""Views of accounts: signing in and out, people, invitations, set-up."""

from clinic_notes.accounts.views import invitations, people, sign_in
from clinic_notes.accounts.views.blueprint import blueprint

__all__ = ["blueprint", "invitations", "people", "sign_in"]
