"""The names of what is measured, from the catalogues."""

from typing import Any

from clinic_notes.reference.measures import measures
from clinic_notes.reference.movements import movements
from clinic_notes.reference.pain import pain_contexts

MEASURED: dict[str, Any] = {
    "pain": pain_contexts,
    "rom": movements,
    "strength": movements,
    "measure": measures,
}
"""The catalogue of each kind of thing measured."""


def measured_label(kind: str, key: str) -> str:
    """Return the name of a thing measured, by its kind and key."""
    suffix = ", strength" if kind == "strength" else ""
    return f"{MEASURED[kind].label(key)}{suffix}"
