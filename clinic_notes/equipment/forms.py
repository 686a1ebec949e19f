"""The forms of instruments and lubricants."""

from collections.abc import Collection
from datetime import date
from typing import Any

from clinic_notes.core.display import today
from clinic_notes.core.forms.base import BaseForm
from clinic_notes.core.forms.fields import ChoiceField, Line, LongText, Required
from clinic_notes.core.forms.rows import build_draft
from clinic_notes.equipment.actions import keys_of
from clinic_notes.equipment.drafts import InstrumentDraft, LubricantDraft
from clinic_notes.reference.instruments import bevels, edges, materials, models, systems
from clinic_notes.reference.lubricants import lubricant_kinds


class InstrumentForm(BaseForm):
    """An instrument."""

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
        on, recorded = today(), keys_of(instrument) if instrument is not None else frozenset()
        form.material.choices = [("", "Choose…"), *materials.choices(on, recorded)]
        form.system.choices = [("", "None or not known"), *systems.choices(on, recorded)]
        form.model.choices = [("", "None or not known"), *_models(on, recorded)]
        form.edge.choices = [("", "Not said"), *edges.choices(on, recorded)]
        form.bevel.choices = [("", "Not said"), *bevels.choices(on, recorded)]
        return form

    def draft(self) -> InstrumentDraft:
        """Return what was typed."""
        return build_draft(self, InstrumentDraft)


class LubricantForm(BaseForm):
    """A lubricant."""

    name = Line("Name", required=True)
    kind = ChoiceField("Kind", validators=[Required("Kind")])
    ingredients = LongText("Ingredients")

    @classmethod
    def of(cls, lubricant: Any) -> "LubricantForm":
        """Return the form as sent; where nothing was sent, as the record stands."""
        form = cls(obj=lubricant)
        recorded = keys_of(lubricant) if lubricant is not None else frozenset()
        form.kind.choices = [("", "Choose…"), *lubricant_kinds.choices(today(), recorded)]
        return form

    def draft(self) -> LubricantDraft:
        """Return what was typed."""
        return build_draft(self, LubricantDraft)


def _models(on: date, recorded: Collection[str]) -> list[tuple[str, str]]:
    """Return the models by system and label."""
    return [
        (key, f"{systems.label(models[key].system)}: {label}")
        for key, label in models.choices(on, recorded)
    ]
