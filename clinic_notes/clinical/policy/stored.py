"""A policy as it is stored: JSON of its items and changes, and the digest of a list."""

import json
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256

from cattrs.preconf.json import make_converter

from clinic_notes.clinical.policy.model import ItemPolicy, PartChange
from clinic_notes.reference.contraindications import Questions

_converter = make_converter()


def items_to_text(items: Iterable[ItemPolicy]) -> str:
    """Return the items of a policy as canonical JSON."""
    return _canonical(_converter.unstructure(list(items)))


def items_from_text(text: str) -> tuple[ItemPolicy, ...]:
    """Return the items of a stored policy."""
    return tuple(_converter.structure(each, ItemPolicy) for each in json.loads(text))


def changes_to_text(changes: Iterable[PartChange]) -> str:
    """Return the changes of a version as canonical JSON."""
    return _canonical(_converter.unstructure(list(changes)))


def changes_from_text(text: str) -> tuple[PartChange, ...]:
    """Return the changes of a stored version."""
    return tuple(_converter.structure(each, PartChange) for each in json.loads(text))


@lru_cache(maxsize=64)
def list_digest(questions: Questions) -> str:
    """Return the SHA-256 digest of everything a list of questions says."""
    return sha256(_canonical(_converter.unstructure(list(questions))).encode()).hexdigest()


def _canonical(data: object) -> str:
    return json.dumps(data, sort_keys=True, separators=(",", ":"))
