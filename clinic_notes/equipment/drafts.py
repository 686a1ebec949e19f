"""What a person typed about a tool or a product, frozen, before anything is stored."""

from dataclasses import dataclass


@dataclass(frozen=True)
class InstrumentDraft:
    """A tool: its name in the clinic, and catalogue keys ("" where not said)."""

    name: str
    material: str
    system: str = ""
    model: str = ""
    edge: str = ""
    bevel: str = ""
    asset_number: str = ""


@dataclass(frozen=True)
class LubricantDraft:
    """A product: its name, its kind's key, and the ingredients as on the label."""

    name: str
    kind: str
    ingredients: str = ""
