"""The demo's instruments and lubricants. Makers' names only identify the instrument."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from clinic_notes.accounts.models import User
from clinic_notes.clinical.drafts import LubricantContents
from clinic_notes.clinical.lubricants import lubricant_clash
from clinic_notes.equipment import actions
from clinic_notes.equipment.drafts import InstrumentDraft, LubricantDraft
from clinic_notes.equipment.models import Instrument, Lubricant
from clinic_notes.reference.instruments import materials

INSTRUMENTS = (
    InstrumentDraft("GT4", "stainless_steel", "graston", "gt4", "convex", "single", "RS-014"),
    InstrumentDraft("GT5", "stainless_steel", "graston", "gt5", "concave", "single", "RS-015"),
    InstrumentDraft("GT6", "stainless_steel", "graston", "gt6", "knob_tip", "single", "RS-016"),
    InstrumentDraft("Blue handpiece", "polymer", "edge_mobility", "", "multi", "double", "RS-021"),
    InstrumentDraft("Titanium bar", "titanium", "custom", "", "straight", "rounded", "RS-030"),
)
RETIRED = InstrumentDraft("Old jade comb", "stone", "gua_sha", "", "convex", "rounded", "RS-002")
LUBRICANTS = (
    LubricantDraft(
        "Glide cream",
        "cream",
        "Aqua, paraffinum liquidum, cetearyl alcohol, glycerin, dimethicone, phenoxyethanol",
    ),
    LubricantDraft(
        "Bee balm", "emollient_beeswax", "Cera alba, butyrospermum parkii butter, olea europaea oil"
    ),
    LubricantDraft("Petroleum jelly", "petroleum_jelly", "Petrolatum"),
    LubricantDraft("Almond oil", "oil", "Prunus amygdalus dulcis oil, tocopherol"),
    LubricantDraft(
        "Contact gel", "gel_ultrasound", "Aqua, carbomer, propylene glycol, methylparaben"
    ),
)


@dataclass(frozen=True)
class Supplies:
    """The instruments by name, and the lubricants in the order of preference."""

    instruments: Mapping[str, Instrument]
    lubricants: tuple[Lubricant, ...]

    def instrument(self, name: str, allergens: Collection[str]) -> Instrument:
        """Return the instrument of that name, or one without nickel in case of an allergy to it."""
        wanted = self.instruments[name]
        if "nickel_metal" in allergens and materials[wanted.material].contains_nickel:
            return self.instruments["Titanium bar"]
        return wanted

    def lubricant(self, number: int, allergens: Collection[str]) -> Lubricant:
        """Return the lubricant of that number, or the next one without an allergen."""
        in_order = self.lubricants[number:] + self.lubricants[:number]
        return next(each for each in in_order if not _is_unsafe(each, allergens))


def fill(*, by: User) -> Supplies:
    """Add all instruments and lubricants; one old instrument is retired."""
    instruments = {draft.name: actions.add_instrument(draft, by=by) for draft in INSTRUMENTS}
    actions.retire(actions.add_instrument(RETIRED, by=by), by=by)
    return Supplies(instruments, tuple(actions.add_lubricant(draft, by=by) for draft in LUBRICANTS))


def _is_unsafe(lubricant: Lubricant, allergens: Collection[str]) -> bool:
    contents = LubricantContents(lubricant.name, lubricant.kind, ingredients=lubricant.ingredients)
    return bool(lubricant_clash(contents, allergens, {}))
