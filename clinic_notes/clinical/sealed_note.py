"""The sealed document of a signed note: one canonical text, its fingerprint, and back."""

import json
from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from hashlib import sha256
from typing import Any

from cattrs.errors import BaseValidationError
from cattrs.preconf.json import make_converter

from clinic_notes.clinical.drafts import VisitDraft
from clinic_notes.clinical.summary import Names

_converter = make_converter()
# A decimal number travels as text: JSON's own numbers would turn 0.10 into 0.1.
_converter.register_unstructure_hook(Decimal, str)
_converter.register_structure_hook(Decimal, lambda text, _: Decimal(text))
_converter.register_unstructure_hook(time, time.isoformat)
_converter.register_structure_hook(time, lambda text, _: time.fromisoformat(text))


@dataclass(frozen=True)
class SealedNote:
    """What a signature stands under: the visit, and the names as they were that day."""

    visit: VisitDraft
    names: Names


def document(note: SealedNote) -> str:
    """Return the note as canonical JSON: keys sorted, no spaces, ASCII, dates as ISO 8601.

    The same note always gives the same text, so its digest can be compared years later.
    """
    return json.dumps(_converter.unstructure(note), sort_keys=True, separators=(",", ":"))


def note_from(document: str) -> SealedNote:
    """Return the note a sealed document holds, exactly as it was sealed.

    Raises whatever tells that the text is no sealed note (``ValueError`` or a cattrs error).
    """
    return _converter.structure(json.loads(document), SealedNote)


class NotADraft(ValueError):
    """What was given is no visit, or one of a release that knew other fields."""


def plain(draft: VisitDraft) -> Any:
    """Return a visit as dictionaries, lists and texts, ready for JSON."""
    return _converter.unstructure(draft)


def draft_from(plain: Any) -> VisitDraft:
    """Return the visit that `plain` took apart; NotADraft where it did not."""
    try:
        return _converter.structure(plain, VisitDraft)
    except (BaseValidationError, AttributeError, TypeError, ValueError) as error:
        raise NotADraft from error


def digest(document: str) -> str:
    """Return the SHA-256 fingerprint of a sealed document, in hexadecimal."""
    return sha256(document.encode()).hexdigest()
