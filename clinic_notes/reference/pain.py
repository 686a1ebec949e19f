"""Pain ratings: contexts and scales (clinical.md 8)."""

from dataclasses import dataclass

from clinic_notes.reference.catalogue import Entry, load


@dataclass(frozen=True, kw_only=True)
class PainContext(Entry):
    """The situation in which pain is rated; contexts are never averaged."""

    plain: str
    """What it is called to the patient."""
    detail_prompt: str = ""
    asked_after: bool = True
    """Whether it is rated after treatment too: the worst of a day cannot be, some minutes on."""


@dataclass(frozen=True, kw_only=True)
class PainScale(Entry):
    """A way of rating pain, with its range and unit."""

    unit: str
    minimum: int
    maximum: int
    rules: str


pain_contexts = load("pain_contexts.toml", PainContext)
pain_scales = load("pain_scales.toml", PainScale)
