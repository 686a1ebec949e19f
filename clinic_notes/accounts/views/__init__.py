"""Views of accounts: signing in and out, one's own account, people, invitations, set-up."""

from clinic_notes.accounts.views import colleagues, invitations, own_account, people, sign_in
from clinic_notes.accounts.views.blueprint import blueprint

__all__ = ["blueprint", "colleagues", "invitations", "own_account", "people", "sign_in"]
