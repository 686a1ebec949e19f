"""A snapshot of a record as its form was opened, carried in the form itself.

Nothing else can say later who changed what: the database keeps only what the record says now. The
text is signed and bound to its record. One that is missing, of another record or of an earlier
release reads as None, and then nothing is guessed from it (docs/adr/0013).
"""

from typing import Any, TypeVar

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from clinic_notes.clinical import sealed_note

Draft = TypeVar("Draft")


def sign_snapshot(draft: Any, record: str) -> str:
    """Return a draft as one line of text, about 3 KB for a full session."""
    return _serializer(record).dumps(sealed_note.as_data(draft))


def read_snapshot(draft_type: type[Draft], text: str, record: str) -> Draft | None:
    """Return the record as it was opened, or None where the text cannot be trusted."""
    try:
        return sealed_note.draft_from_data(draft_type, _serializer(record).loads(text))
    except (BadSignature, sealed_note.NotADraft):
        return None


def _serializer(record: str) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt=f"{record} as opened")
