"""What a person may type about tools and products."""

from collections.abc import Collection
from typing import Any

from clinic_notes.core.display import today
from clinic_notes.core.forms import BaseForm, ChoiceField, Line, LongText, Required
from clinic_notes.equipment.actions import keys_of
from clinic_notes.equipment.drafts import InstrumentDraft, LubricantDraft
from clinic_notes.reference.catalogue import Catalogue
from clinic_notes.reference.instruments import Model, bevels, edges, materials, models, systems
from clinic_notes.reference.lubricants import lubricant_kinds


class InstrumentForm(BaseForm):
    """One tool."""

    name = Line("Name", required=True)
    material = ChoiceField("Material", validators=[Required("Material")])
    system = ChoiceField("System")
    model = ChoiceField("Model")
    edge = ChoiceField("Edge")
    bevel = ChoiceField("Bevel")
    asset_number = Line("Asset number", max_length=60)

    @classmethod
    def of(cls, instrument: Any) -> "InstrumentForm":
        """Return the form as sent; where nothing was sent, as the record stands."""
        form = cls(obj=instrument)
        held = keys_of(instrument) if instrument is not None else frozenset()
        form.material.choices = _choices(materials, held, "Choose…")
        form.system.choices = _choices(systems, held, "None or not known")
        form.model.choices = [("", "None or not known"), *_models(held)]
        form.edge.choices = _choices(edges, held, "Not said")
        form.bevel.choices = _choices(bevels, held, "Not said")
        return form

    def draft(self) -> InstrumentDraft:
        """Return what was typed."""
        return InstrumentDraft(**_typed(self, InstrumentDraft))


class LubricantForm(BaseForm):
    """One product."""

    name = Line("Name", required=True)
    kind = ChoiceField("Kind", validators=[Required("Kind")])
    ingredients = LongText("Ingredients")

    @classmethod
    def of(cls, lubricant: Any) -> "LubricantForm":
        """Return the form as sent; where nothing was sent, as the record stands."""
        form = cls(obj=lubricant)
        held = keys_of(lubricant) if lubricant is not None else frozenset()
        form.kind.choices = _choices(lubricant_kinds, held, "Choose…")
        return form

    def draft(self) -> LubricantDraft:
        """Return what was typed."""
        return LubricantDraft(**_typed(self, LubricantDraft))


def _typed(form: BaseForm, draft: type[Any]) -> dict[str, str]:
    return {name: form.data[name] or "" for name in draft.__annotations__}


def _choices(catalogue: Catalogue[Any], held: Collection[str], blank: str) -> list[tuple[str, str]]:
    on = today()
    offered = [(e.key, e.label) for e in catalogue if e.is_current(on) or e.key in held]
    return [("", blank), *offered]


def _models(held: Collection[str]) -> list[tuple[str, str]]:
    on = today()

    def is_offered(model: Model) -> bool:
        return model.is_current(on) or model.key in held

    return [
        (model.key, f"{systems.label(model.system)}: {model.label}")
        for model in filter(is_offered, models)
    ]
