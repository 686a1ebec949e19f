"""The forms of instruments and lubricants."""

from collections.abc import Collection
from datetime import date
from typing import Any

from clinic_notes.core.display import today
from clinic_notes.core.forms.fields import ChoiceField, Line, LongText, Required
from clinic_notes.core.forms.record_form import EditForm
from clinic_notes.core.forms.rows import build_draft
from clinic_notes.equipment.actions import keys_of
from clinic_notes.equipment.drafts import InstrumentDraft, LubricantDraft
from clinic_notes.reference.instruments import bevels, edges, materials, models, systems
from clinic_notes.reference.lubricants import lubricant_kinds


class InstrumentForm(EditForm):
    """An instrument."""

    name = Line("Name", required=True)
    material = ChoiceField("Material", validators=[Required("Material")])
    system = ChoiceField("System")
    model = ChoiceField("Model")
    edge = ChoiceField("Edge")
    bevel = ChoiceField("Bevel")
    asset_number = Line("Asset number", max_length=60)

    @staticmethod
    def values_of(instrument: Any) -> dict[str, Any]:
        """Return the fields' values as the record stands."""
        return dict(vars(instrument))

    def set_choices(self, instrument: Any) -> None:
        """Offer what the catalogues offer today, and what is on record."""
        on, recorded = today(), keys_of(instrument) if instrument is not None else frozenset()
        self.material.choices = [("", "Choose…"), *materials.choices(on, recorded)]
        self.system.choices = [("", "None or not known"), *systems.choices(on, recorded)]
        self.model.choices = [("", "None or not known"), *_models(on, recorded)]
        self.edge.choices = [("", "Not recorded"), *edges.choices(on, recorded)]
        self.bevel.choices = [("", "Not recorded"), *bevels.choices(on, recorded)]

    def draft(self) -> InstrumentDraft:
        """Return what was typed."""
        return build_draft(self, InstrumentDraft)


class LubricantForm(EditForm):
    """A lubricant."""

    name = Line("Name", required=True)
    kind = ChoiceField("Kind", validators=[Required("Kind")])
    ingredients = LongText("Ingredients")

    @staticmethod
    def values_of(lubricant: Any) -> dict[str, Any]:
        """Return the fields' values as the record stands."""
        return dict(vars(lubricant))

    def set_choices(self, lubricant: Any) -> None:
        """Offer the kinds of today, and the one on record."""
        recorded = keys_of(lubricant) if lubricant is not None else frozenset()
        self.kind.choices = [("", "Choose…"), *lubricant_kinds.choices(today(), recorded)]

    def draft(self) -> LubricantDraft:
        """Return what was typed."""
        return build_draft(self, LubricantDraft)


def _models(on: date, recorded: Collection[str]) -> list[tuple[str, str]]:
    """Return the models by system and label."""
    return [
        (key, f"{systems.label(models[key].system)}: {label}")
        for key, label in models.choices(on, recorded)
    ]
