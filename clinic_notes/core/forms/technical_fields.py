"""Fields of a form that the page fills in and no user types, in one list."""

from collections.abc import Iterable

INSTANCE = frozenset({"csrf_token", "once", "form_instance", "revision", "restored_from"})
"""They name one showing of a form: one that is opened again gets new ones."""
RECORD = frozenset({"version", "snapshot"})
"""What the record held when the form was opened."""
CONFLICT = frozenset({"csrf_token", "base_version", "edit_merged"})
"""What the page of an edit conflict sends besides the form and what was picked."""
TECHNICAL = INSTANCE | RECORD | CONFLICT | {"meter", "refused"}


def entered_fields(fields: Iterable[tuple[str, str]], but: frozenset[str]) -> list[tuple[str, str]]:
    """Return the fields a user fills in, in their order, and never a password."""
    return [(name, text) for name, text in fields if name not in but and "password" not in name]
