"""The treatment rows of a session: instrument uses, other interventions, effects."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any, ClassVar

from wtforms import BooleanField, IntegerField, SelectMultipleField
from wtforms.validators import Optional, StopValidation

from clinic_notes.charting import choices
from clinic_notes.clinical.dosage import ANGLE, DISCOMFORT, NEWTONS, USE_MINUTES
from clinic_notes.clinical.drafts import EffectDraft, InterventionDraft, UseDraft
from clinic_notes.clinical.effects import LASTED, ONSET, SIZE, TENDERNESS
from clinic_notes.clinical.visit_checks import INTERVENTION_MINUTES
from clinic_notes.core.display import words
from clinic_notes.core.forms.dates import date_field
from clinic_notes.core.forms.fields import ChoiceField, Choices, Line, LongText, Number
from clinic_notes.core.forms.rows import RowForm, RowOptions, build_draft
from clinic_notes.reference.effects import effects, grades, onsets
from clinic_notes.reference.interventions import interventions
from clinic_notes.reference.regions import regions, tissues
from clinic_notes.reference.techniques import directions, motions, strokes
from clinic_notes.reference.terms import EffectOutcome, ForceSource, Pressure, Side, TimeUnit
from clinic_notes.reference.timed_codes import timed_codes


class Tissues(SelectMultipleField):
    """The tissues worked on, among those of the row's region."""

    @property
    def selected(self) -> tuple[str, ...]:
        """The keys of the tissues chosen."""
        return tuple(self.data or ())

    value = selected

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read the keys; a blank one is none."""
        super().process_formdata([key for key in valuelist if key])

    def pre_validate(self, form: Any) -> None:
        """Refuse a tissue no region has."""
        if any(key not in tissues for key in self.data or ()):
            raise StopValidation("This tissue is not in the list.")


class SideField(ChoiceField):
    """A side: the page offers those of the region, and the rules check them."""

    def pre_validate(self, form: Any) -> None:
        """Refuse only what is no side at all."""
        if self.selected not in {"", *Side}:
            super().pre_validate(form)


class UseForm(RowForm):
    """One instrument put to one region."""

    instrument_id = ChoiceField("Instrument", value_type=int)
    region = ChoiceField("Region", choices.of(regions), blank=None)
    side = SideField("Side", choices.terms(Side), blank=None, value_type=Side)
    tissues = Tissues("Tissues", choices=[])
    stroke = ChoiceField("Stroke", choices.of(strokes), blank=None)
    direction = ChoiceField("Direction", choices.of(directions), blank=None)
    angle_degrees = Number("Angle", whole=True, unit="degrees", limits=ANGLE)
    pressure = ChoiceField("Pressure", choices.terms(Pressure), blank=None, value_type=Pressure)
    newtons = Number("Force", unit="newtons", limits=NEWTONS)
    newtons_source = ChoiceField(
        "Force is", choices.terms(ForceSource), blank=None, value_type=ForceSource
    )
    minutes = Number("Minutes", unit="minutes", limits=USE_MINUTES)
    motion = ChoiceField("Motion", choices.of(motions), blank=None)
    lubricant_id = ChoiceField("Lubricant", value_type=int)
    discomfort = Number("Discomfort", whole=True, limits=DISCOMFORT)
    note = Line("Remark")
    copied_from_id = IntegerField(widget=None, validators=[Optional()])
    is_confirmed = BooleanField("Checked, as last time")

    needed = ("instrument_id", "region", "side")

    def is_blank(self) -> bool:
        """Say whether nothing was entered but what a new row takes from the row above."""
        if super().is_blank():
            return True
        entered = {name for name, value in self.data.items() if value or value == 0}
        taken = {"instrument_id", "lubricant_id", "is_confirmed"}
        return entered <= taken and not any(field.errors for field in self)

    def set_options(self, options: RowOptions) -> None:
        """Offer the clinic's instruments and lubricants, and what the row's region has."""
        super().set_options(options)
        self.tissues.choices = self.tissue_choices()
        self.side.choices = self.side_choices

    def tissue_choices(self) -> Choices:
        """Return the tissues of the region chosen so far, and those that are chosen already."""
        region = regions.find(self.region.data or "")
        keys = dict.fromkeys((*(region.tissues if region else ()), *(self.tissues.data or ())))
        return tuple((key, tissues.label(key)) for key in keys)

    def side_choices(self) -> list[tuple[str, str]]:
        """Return the sides of the region chosen so far, all of them before one is."""
        region = regions.find(self.region.data or "")
        sides = region.sides if region else tuple(Side)
        return [("", "Not chosen"), *((side.value, words(side).capitalize()) for side in sides)]

    def draft(self) -> UseDraft:
        """Return this row as the rules read it; only after `validate` said yes."""
        instrument_id = self.instrument_id.value or 0
        # Only a row that was copied can be confirmed.
        is_confirmed = self.is_confirmed.data and self.copied_from_id.data is not None
        return build_draft(self, UseDraft, instrument_id=instrument_id, is_confirmed=is_confirmed)

    def partial_draft(self) -> UseDraft | None:
        """Return what can be read of a row that nobody has checked yet, None without a site."""
        if self.region.data not in regions or not self.side.data or self.is_blank():
            return None
        with suppress(ValueError):
            return self.draft()
        return None


def billing_codes() -> Choices:
    """Return the timed codes with their numbers; first that of the kind, which nobody chooses."""
    named = (
        (key, f"{key} {label}" if key.isdecimal() else label)
        for key, label in choices.of(timed_codes)()[1:]
    )
    return (("", "As usual"), *named)


class InterventionForm(RowForm):
    """Another intervention: a stretch, an exercise, advice."""

    kind = ChoiceField("What", choices.of(interventions), blank=None)
    detail = Line("How, how often", max_length=2000)
    minutes = Number("Minutes", unit="minutes", limits=INTERVENTION_MINUTES)
    billed_as = ChoiceField("Billed as", billing_codes, blank=None)

    draft_type = InterventionDraft
    needed = ("kind",)


class EffectForm(RowForm):
    """An effect that was seen or reported."""

    effect = ChoiceField("Effect", choices.of(effects), blank=None)
    grade = ChoiceField("Grade", choices.of(grades), blank=None, value_type=int)
    region = ChoiceField("Region", choices.of(regions), blank=None)
    side = ChoiceField("Side", choices.terms(Side), blank=None, value_type=Side)
    place = Line("Where exactly")
    size_cm = Number("Size", unit="cm", limits=SIZE)
    lasted = Number("Lasted", limits=LASTED)
    # Days unless another unit is chosen: a row in which nothing is entered stays blank.
    lasted_unit = ChoiceField(
        "Unit of duration",
        ((TimeUnit.MINUTES.value, "Minutes"), (TimeUnit.HOURS.value, "Hours")),
        blank="Days",
        value_type=TimeUnit,
        filters=[lambda unit: "" if unit == TimeUnit.DAYS else unit],
    )
    tenderness = Number("Tenderness", whole=True, limits=TENDERNESS)
    onset = ChoiceField("Began", choices.of(onsets), blank=None)
    onset_after = Number("Time after treatment", limits=ONSET)
    onset_unit = ChoiceField(
        "Unit of that time", choices.terms(TimeUnit), blank=None, value_type=TimeUnit
    )
    detail = LongText("What was seen")
    action = LongText("What was done about it")
    outcome = ChoiceField(
        "What became of it", choices.terms(EffectOutcome), blank=None, value_type=EffectOutcome
    )
    resolved_on = date_field("Gone on")

    needed: ClassVar[tuple[str, ...]] = ("effect",)

    def draft(self) -> EffectDraft:
        """Return the effect as the rules read it."""
        unit = self.lasted_unit.value or TimeUnit.DAYS
        return build_draft(self, EffectDraft, lasted_unit=unit)
