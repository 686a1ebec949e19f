"""Fields of a form that the page fills in and no user types, in one list."""

from collections.abc import Iterable

NOT_AUTOSAVED = frozenset({"csrf_token", "once", "form_instance", "revision", "restored_from"})
"""An autosaved form gets new ones when it is opened again."""
NOT_SHOWN = NOT_AUTOSAVED | {"version", "snapshot", "base_version", "meter", "refused"}
"""What a page that gives back typed text leaves out."""


def entered_fields(fields: Iterable[tuple[str, str]], but: frozenset[str]) -> list[tuple[str, str]]:
    """Return the fields a user fills in, in their order, and never a password."""
    return [(name, text) for name, text in fields if name not in but and "password" not in name]
