"""The names of what is measured, from the catalogues."""

from typing import Any

from clinic_notes.reference.measures import measures
from clinic_notes.reference.movements import movements
from clinic_notes.reference.pain import pain_contexts


def measured_label(kind: str, key: str) -> str:
    """Return the name of a thing measured, by its kind and key."""
    catalogues: dict[str, Any] = {
        "pain": pain_contexts, "rom": movements, "strength": movements, "measure": measures,
    }  # fmt: skip
    suffix = ", strength" if kind == "strength" else ""
    return f"{catalogues[kind].label(key)}{suffix}"
