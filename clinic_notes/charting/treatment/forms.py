"""The treatment rows of a session: instrument uses, other interventions, effects."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any, ClassVar

from wtforms import BooleanField, IntegerField, SelectMultipleField
from wtforms.validators import Optional, StopValidation

from clinic_notes.charting import choices
from clinic_notes.clinical.dosage import ANGLE, DISCOMFORT, NEWTONS, USE_MINUTES
from clinic_notes.clinical.drafts import EffectDraft, InterventionDraft, UseDraft
from clinic_notes.clinical.effects import DAYS, SIZE, TENDERNESS
from clinic_notes.clinical.visit_checks import INTERVENTION_MINUTES
from clinic_notes.core.display import words
from clinic_notes.core.forms import (
    ChoiceField,
    Choices,
    Line,
    LongText,
    Number,
    RowForm,
    RowOptions,
)
from clinic_notes.reference.effects import effects, grades, onsets
from clinic_notes.reference.interventions import interventions
from clinic_notes.reference.regions import regions, tissues
from clinic_notes.reference.techniques import directions, motions, strokes
from clinic_notes.reference.terms import ForceSource, Pressure, Side


class Tissues(SelectMultipleField):
    """The tissues worked on, among those of the row's region."""

    @property
    def selected(self) -> tuple[str, ...]:
        """The keys of the tissues chosen."""
        return tuple(self.data or ())

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

    instrument_id = ChoiceField("Instrument")
    region = ChoiceField("Region", choices.of(regions), blank=None)
    side = SideField("Side", choices.terms(Side), blank=None)
    tissues = Tissues("Tissues", choices=[])
    stroke = ChoiceField("Stroke", choices.of(strokes), blank=None)
    direction = ChoiceField("Direction", choices.of(directions), blank=None)
    angle_degrees = Number("Angle", whole=True, unit="degrees", limits=ANGLE)
    pressure = ChoiceField("Pressure", choices.terms(Pressure), blank=None)
    newtons = Number("Force", unit="newtons", limits=NEWTONS)
    newtons_source = ChoiceField("Force is", choices.terms(ForceSource), blank=None)
    minutes = Number("Minutes", unit="minutes", limits=USE_MINUTES)
    motion = ChoiceField("Motion", choices.of(motions), blank=None)
    lubricant_id = ChoiceField("Lubricant")
    discomfort = Number("Discomfort", whole=True, limits=DISCOMFORT)
    note = Line("Remark")
    copied_from_id = IntegerField(widget=None, validators=[Optional()])
    is_confirmed = BooleanField("Checked, as last time")

    needed = ("instrument_id", "region", "side")

    def set_options(self, options: RowOptions) -> None:
        """Offer the clinic's instruments and lubricants, and what the row's region has."""
        super().set_options(options)
        self.tissues.choices = self.tissue_choices()
        self.side.choices = self.side_choices()

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

    def partial_draft(self) -> UseDraft | None:
        """Return what can be read of a row that nobody has checked yet, None without a site."""
        if self.region.data not in regions or not self.side.data or self.is_blank():
            return None
        with suppress(ValueError):
            return self.draft()
        return None

    def draft(self) -> UseDraft:
        """Return the row as the rules read it."""
        values = self.data
        return UseDraft(
            id=values["id"],
            instrument_id=int(values["instrument_id"] or 0),
            region=values["region"],
            side=Side(values["side"]),
            tissues=tuple(values["tissues"] or ()),
            stroke=values["stroke"] or "",
            direction=values["direction"] or "",
            angle_degrees=values["angle_degrees"],
            pressure=Pressure(values["pressure"]) if values["pressure"] else None,
            newtons=values["newtons"],
            newtons_source=ForceSource(values["newtons_source"])
            if values["newtons_source"]
            else None,
            minutes=values["minutes"],
            motion=values["motion"] or "",
            lubricant_id=int(values["lubricant_id"]) if values["lubricant_id"] else None,
            discomfort=values["discomfort"],
            note=values["note"] or "",
            copied_from_id=values["copied_from_id"],
            is_confirmed=values["is_confirmed"] and values["copied_from_id"] is not None,
        )


class InterventionForm(RowForm):
    """Another intervention: a stretch, an exercise, advice."""

    kind = ChoiceField("What", choices.of(interventions), blank=None)
    detail = Line("How, how often", max_length=2000)
    minutes = Number("Minutes", unit="minutes", limits=INTERVENTION_MINUTES)

    needed = ("kind",)

    def draft(self) -> InterventionDraft:
        """Return the row as the rules read it."""
        values = self.data
        return InterventionDraft(
            id=values["id"],
            kind=values["kind"],
            detail=values["detail"] or "",
            minutes=values["minutes"],
        )


class EffectForm(RowForm):
    """An effect that was seen or reported."""

    effect = ChoiceField("Effect", choices.of(effects), blank=None)
    grade = ChoiceField("Grade", choices.of(grades), blank=None)
    region = ChoiceField("Region", choices.of(regions), blank=None)
    side = ChoiceField("Side", choices.terms(Side), blank=None)
    place = Line("Where exactly")
    size_cm = Number("Size", unit="cm", limits=SIZE)
    lasted_days = Number("Lasted", unit="days", limits=DAYS)
    tenderness = Number("Tenderness", whole=True, limits=TENDERNESS)
    onset = ChoiceField("Began", choices.of(onsets), blank=None)
    detail = LongText("What was seen")
    action = LongText("What was done about it")

    needed: ClassVar[tuple[str, ...]] = ("effect",)

    def draft(self) -> EffectDraft:
        """Return the row as the rules read it."""
        values = self.data
        return EffectDraft(
            id=values.get("id"),
            effect=values["effect"] or "",
            grade=int(values["grade"]) if values["grade"] else None,
            region=values["region"] or "",
            side=Side(values["side"]) if values["side"] else None,
            place=values["place"] or "",
            size_cm=values["size_cm"],
            lasted_days=values["lasted_days"],
            tenderness=values["tenderness"],
            onset=values["onset"] or "",
            detail=values["detail"] or "",
            action=values["action"] or "",
        )
