"""The sealed document of a signed note: one canonical text, its fingerprint, and back."""

import json
from datetime import time
from decimal import Decimal
from hashlib import sha256

from cattrs.preconf.json import make_converter

from clinic_notes.clinical.drafts import VisitDraft

_converter = make_converter()
# A decimal number travels as text: JSON's own numbers would turn 0.10 into 0.1.
_converter.register_unstructure_hook(Decimal, str)
_converter.register_structure_hook(Decimal, lambda text, _: Decimal(text))
_converter.register_unstructure_hook(time, time.isoformat)
_converter.register_structure_hook(time, lambda text, _: time.fromisoformat(text))


def document(draft: VisitDraft) -> str:
    """Return the visit as canonical JSON: keys sorted, no spaces, ASCII, dates as ISO 8601.

    The same visit always gives the same text, so its digest can be compared years later.
    """
    return json.dumps(_converter.unstructure(draft), sort_keys=True, separators=(",", ":"))


def draft_from(document: str) -> VisitDraft:
    """Return the visit a sealed document holds, exactly as it was sealed.

    Raises whatever tells that the text is no sealed visit (``ValueError`` or a cattrs error).
    """
    return _converter.structure(json.loads(document), VisitDraft)


def digest(document: str) -> str:
    """Return the SHA-256 fingerprint of a sealed document, in hexadecimal."""
    return sha256(document.encode()).hexdigest()
