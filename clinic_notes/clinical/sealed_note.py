"""The sealed document of a signed note: canonical JSON, and its digest."""

import json
from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from hashlib import sha256
from typing import Any, TypeVar

from cattrs.errors import BaseValidationError
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override
from cattrs.preconf.json import make_converter

from clinic_notes.clinical.drafts import EffectDraft, VisitDraft
from clinic_notes.clinical.summary import Names

Draft = TypeVar("Draft")

_converter = make_converter()
# Decimals are written as text: a JSON number would turn 0.10 into 0.1.
_converter.register_unstructure_hook(Decimal, str)
_converter.register_structure_hook(Decimal, lambda text, _: Decimal(text))
_converter.register_unstructure_hook(time, time.isoformat)
_converter.register_structure_hook(time, lambda text, _: time.fromisoformat(text))
# A sealed document is never rewritten, so this field keeps the name it has in older ones.
_OLD_NAME = override(rename="standing")
_converter.register_unstructure_hook(
    Names, make_dict_unstructure_fn(Names, _converter, carried_forward=_OLD_NAME)
)
_converter.register_structure_hook(
    Names, make_dict_structure_fn(Names, _converter, carried_forward=_OLD_NAME)
)


_effect_from = make_dict_structure_fn(EffectDraft, _converter)


def _effect(data: dict[str, Any], _: Any) -> EffectDraft:
    """Read an effect; an older document gives how long it lasted in days."""
    if "lasted_days" in data:
        data = data | {"lasted": data["lasted_days"]}
    return _effect_from(data, EffectDraft)


_converter.register_structure_hook(EffectDraft, _effect)


@dataclass(frozen=True)
class SealedNote:
    """What a person signed: the visit, and the names as they were that day."""

    visit: VisitDraft
    names: Names


def document(note: SealedNote) -> str:
    """Return the note as canonical JSON: keys sorted, no spaces, ASCII, dates as ISO 8601.

    The same note always gives the same text, so its digest can be compared years later.
    """
    return json.dumps(_converter.unstructure(note), sort_keys=True, separators=(",", ":"))


def note_from(document: str) -> SealedNote:
    """Return the note of a sealed document, exactly as it was sealed.

    Raises ``ValueError`` or a cattrs error where the text is no sealed note.
    """
    return _converter.structure(json.loads(document), SealedNote)


class NotADraft(ValueError):
    """The data is no draft, or one of a release with other fields."""


def as_data(draft: Any) -> Any:
    """Return a draft as dictionaries, lists and texts, ready for JSON."""
    return _converter.unstructure(draft)


def draft_from_data(draft_type: type[Draft], data: Any) -> Draft:
    """Return the draft that `as_data` was given; raises NotADraft where it was none."""
    try:
        return _converter.structure(data, draft_type)
    except (BaseValidationError, AttributeError, TypeError, ValueError) as error:
        raise NotADraft from error


def digest(document: str) -> str:
    """Return the SHA-256 fingerprint of a sealed document, in hexadecimal."""
    return sha256(document.encode()).hexdigest()
