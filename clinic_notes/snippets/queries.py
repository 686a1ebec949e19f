"""The text snippets that a user may insert."""

from collections.abc import Iterable, Sequence

from sqlalchemy import or_, select

from clinic_notes.accounts.models import User
from clinic_notes.core.db import db
from clinic_notes.snippets.models import TextSnippet


def snippets_of(user: User) -> Sequence[TextSnippet]:
    """Return the user's own snippets and the clinic's, by name, one's own first."""
    seen = or_(TextSnippet.owner_id == user.id, TextSnippet.owner_id.is_(None))
    order = (TextSnippet.name, TextSnippet.owner_id.is_(None), TextSnippet.id)
    return db.session.scalars(select(TextSnippet).where(seen).order_by(*order)).all()


def insertable(snippets: Iterable[TextSnippet]) -> list[TextSnippet]:
    """Return one snippet for each name: one's own goes before the clinic's."""
    by_name: dict[str, TextSnippet] = {}
    for snippet in snippets:
        by_name.setdefault(snippet.name, snippet)
    return [*by_name.values()]


def is_name_taken(name: str, owner_id: int | None, *, but: int | None = None) -> bool:
    """Say whether another snippet of the same owner, or of the clinic, has this name."""
    is_owners = (
        TextSnippet.owner_id.is_(None) if owner_id is None else TextSnippet.owner_id == owner_id
    )
    others = select(TextSnippet.id).where(is_owners, TextSnippet.name == name)
    return any(number != but for number in db.session.scalars(others))
