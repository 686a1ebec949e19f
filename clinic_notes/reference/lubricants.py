"""Kinds of lubricant, and the words by which an allergen shows itself (clinical.md 3)."""

from dataclasses import dataclass
from enum import StrEnum

from clinic_notes.reference.catalogue import Entry, load


class About(StrEnum):
    """What in the session a patient with the allergy would meet it in."""

    LUBRICANT = "lubricant"
    INSTRUMENT = "instrument"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class LubricantKind(Entry):
    """A kind of product, and what it is usually made on."""

    base: str


@dataclass(frozen=True, kw_only=True)
class Allergen(Entry):
    """A group of substances and the words for them on a label, in lower case.

    A word of ``tokens`` in a product speaks against it. A word of ``ask_tokens`` is only
    sometimes the allergen, so the therapist asks.
    """

    about: About
    tokens: tuple[str, ...]
    ask_tokens: tuple[str, ...] = ()


lubricant_kinds = load("lubricant_kinds.toml", LubricantKind)
allergens = load("allergens.toml", Allergen)
