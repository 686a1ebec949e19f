"""Checks addresses to redirect to: only pages of this application are allowed."""

from urllib.parse import urlsplit

from flask import current_app, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from clinic_notes.accounts.models import User
from clinic_notes.core.access import PUBLIC, needed_by
from clinic_notes.core.permissions import Permission


def own_address(address: str, method: str) -> str | None:
    """Return the address if it is a page of ours that needs a sign-in and answers ``method``."""
    parts = urlsplit(address)
    is_plain = address.isprintable() and "\\" not in address and not address.startswith("//")
    if parts.scheme or parts.netloc or not is_plain or not parts.path.startswith("/"):
        return None
    router = current_app.create_url_adapter(request)
    try:
        endpoint, _ = router.match(parts.path, method=method)  # type: ignore[union-attr]
    except (HTTPException, RequestRedirect):
        return None
    view = current_app.view_functions[str(endpoint)]
    return address if needed_by(view) not in (None, PUBLIC) else None


def first_page(person: User) -> str:
    """Return a user's first page: today, the people of the clinic, or the account itself."""
    if person.may(Permission.CHART_READ):
        return f"{request.script_root}/"
    manages = person.may(Permission.PEOPLE_MANAGE)
    return url_for("accounts.people" if manages else "accounts.own_account")
