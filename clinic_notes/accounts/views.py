"""Pages about who is who: signing in and out, the people of a clinic, invitations, the setup."""

from flask import Blueprint

blueprint = Blueprint("accounts", __name__)
