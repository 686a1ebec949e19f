"""What lies on the demo clinic's shelf. Makers' names only say which tool is meant."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from clinic_notes.accounts.models import User
from clinic_notes.clinical.drafts import LubricantContents
from clinic_notes.clinical.lubricants import lubricant_clash
from clinic_notes.equipment import actions
from clinic_notes.equipment.drafts import InstrumentDraft, LubricantDraft
from clinic_notes.equipment.models import Instrument, Lubricant
from clinic_notes.reference.instruments import materials

TOOLS = (
    InstrumentDraft("GT4", "stainless_steel", "graston", "gt4", "convex", "single", "RS-014"),
    InstrumentDraft("GT5", "stainless_steel", "graston", "gt5", "concave", "single", "RS-015"),
    InstrumentDraft("GT6", "stainless_steel", "graston", "gt6", "knob_tip", "single", "RS-016"),
    InstrumentDraft("Blue handpiece", "polymer", "edge_mobility", "", "multi", "double", "RS-021"),
    InstrumentDraft("Titanium bar", "titanium", "custom", "", "straight", "rounded", "RS-030"),
)
RETIRED = InstrumentDraft("Old jade comb", "stone", "gua_sha", "", "convex", "rounded", "RS-002")
PRODUCTS = (
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
    """Tools and products in use, each in the order a therapist reaches for them."""

    tools: Mapping[str, Instrument]
    products: tuple[Lubricant, ...]

    def tool(self, name: str, allergens: Collection[str]) -> Instrument:
        """Return the tool of that name, or one without nickel where the patient reacts to it."""
        wanted = self.tools[name]
        if "nickel_metal" in allergens and materials[wanted.material].contains_nickel:
            return self.tools["Titanium bar"]
        return wanted

    def product(self, number: int, allergens: Collection[str]) -> Lubricant:
        """Return the product of that number, or the next that nothing speaks against."""
        turned = self.products[number:] + self.products[:number]
        return next(product for product in turned if not _warns(product, allergens))


def fill(*, by: User) -> Supplies:
    """Put everything on the shelf; one old tool is retired."""
    tools = {draft.name: actions.add_instrument(draft, by=by) for draft in TOOLS}
    actions.retire(actions.add_instrument(RETIRED, by=by), by=by)
    return Supplies(tools, tuple(actions.add_lubricant(draft, by=by) for draft in PRODUCTS))


def _warns(product: Lubricant, allergens: Collection[str]) -> bool:
    known = LubricantContents(product.name, product.kind, ingredients=product.ingredients)
    return bool(lubricant_clash(known, allergens, {}))
