"""Kinds of lubricant, and the words that name an allergen on a label (clinical.md 3)."""

from dataclasses import dataclass
from enum import StrEnum

from clinic_notes.reference.catalogue import Entry, load


class About(StrEnum):
    """Where in the session the patient would come into contact with the allergen."""

    LUBRICANT = "lubricant"
    INSTRUMENT = "instrument"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class LubricantKind(Entry):
    """A kind of product, and its usual base."""

    base: str


@dataclass(frozen=True, kw_only=True)
class Allergen(Entry):
    """A group of substances and the words for them on a label, in lower case.

    A word of ``tokens`` in a product means that it contains the allergen. A word of
    ``ask_tokens`` only sometimes does, so the therapist asks.
    """

    about: About
    tokens: tuple[str, ...]
    ask_tokens: tuple[str, ...] = ()


lubricant_kinds = load("lubricant_kinds.toml", LubricantKind)
allergens = load("allergens.toml", Allergen)
