"""A snapshot of the visit as its form was opened, carried in the form itself.

Nothing else can say later who changed what: the database keeps only what the visit says now. The
text is signed and bound to its visit. One that is missing, of another visit or of an earlier
release reads as None, and then nothing is guessed from it (docs/adr/0013).
"""

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from clinic_notes.clinical import sealed_note
from clinic_notes.clinical.drafts import VisitDraft


def sign_snapshot(draft: VisitDraft, visit_id: int) -> str:
    """Return the visit as one line of text, about 3 KB for a full session."""
    return _serializer(visit_id).dumps(sealed_note.as_data(draft))


def read_snapshot(text: str, visit_id: int) -> VisitDraft | None:
    """Return the visit as it was opened, or None where the text cannot be trusted."""
    try:
        return sealed_note.draft_from_data(_serializer(visit_id).loads(text))
    except (BadSignature, sealed_note.NotADraft):
        return None


def _serializer(visit_id: int) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt=f"visit {visit_id} as opened")
