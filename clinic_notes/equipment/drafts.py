"""The drafts of an instrument and a lubricant."""

from dataclasses import dataclass


@dataclass(frozen=True)
class InstrumentDraft:
    """An instrument: its name in the clinic, and catalogue keys ("" where not given)."""

    name: str
    material: str
    system: str = ""
    model: str = ""
    edge: str = ""
    bevel: str = ""
    asset_number: str = ""


@dataclass(frozen=True)
class LubricantDraft:
    """A lubricant: its name, its kind's key, and the ingredients as on the label."""

    name: str
    kind: str
    ingredients: str = ""
