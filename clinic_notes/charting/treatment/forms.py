"""What was done and what it did: instrument uses, other interventions, effects."""

from contextlib import suppress
from typing import Any, Self

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
    DraftRow,
    Line,
    LongText,
    NotPlain,
    Number,
    Offered,
    OfPage,
    Values,
    plainly,
)
from clinic_notes.reference.effects import effects, grades, onsets
from clinic_notes.reference.interventions import interventions
from clinic_notes.reference.regions import regions, tissues
from clinic_notes.reference.techniques import directions, motions, strokes
from clinic_notes.reference.terms import ForceSource, Pressure, Side


class Tissues(SelectMultipleField):
    """The tissues worked on, among those of the row's region."""

    @property
    def held(self) -> tuple[str, ...]:
        """Return the keys of the tissues chosen."""
        return tuple(self.data or ())

    def pre_validate(self, form: Any) -> None:
        """Refuse a tissue no region has."""
        if any(key not in tissues for key in self.data or ()):
            raise StopValidation("This tissue is not in the list.")


@plainly.register
def _(field: Tissues, sent: list[str], choices: OfPage) -> list[str]:
    if any(key not in tissues for key in sent):
        raise NotPlain
    return sent


class UseForm(DraftRow):
    """One instrument put to one region."""

    instrument_id = ChoiceField("Instrument")
    region = ChoiceField("Region", choices.of(regions), blank=None)
    side = ChoiceField("Side", choices.terms(Side), blank=None)
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
    """A treatment row names a tool and a place."""

    def offer(self, offered: Offered) -> Self:
        """Offer the clinic's tools and products, and what the row's region has."""
        super().offer(offered)
        self.tissues.choices = self.tissue_choices()
        self.side.choices = self.side_choices()
        return self

    def tissue_choices(self) -> Choices:
        """Return the tissues of the region chosen so far, and any chosen before."""
        region = regions.find(self.region.data or "")
        keys = dict.fromkeys((*(region.tissues if region else ()), *(self.tissues.data or ())))
        return tuple((key, tissues.label(key)) for key in keys)

    def side_choices(self) -> list[tuple[str, str]]:
        """Return the sides of the region chosen so far, all of them before one is."""
        region = regions.find(self.region.data or "")
        sides = region.sides if region else tuple(Side)
        return [("", "Not chosen"), *((side.value, words(side).capitalize()) for side in sides)]

    def partial_draft(self) -> UseDraft | None:
        """Return what can be read of a row that nobody checked yet, None without a place."""
        if self.region.data not in regions or not self.side.data or self.is_blank():
            return None
        with suppress(ValueError):
            return self.draft_of(self.data)
        return None

    @classmethod
    def draft_of(cls, picked: Values) -> UseDraft:
        """Return the row as the rules read it."""
        return UseDraft(
            id=picked["id"],
            instrument_id=int(picked["instrument_id"] or 0),
            region=picked["region"],
            side=Side(picked["side"]),
            tissues=tuple(picked["tissues"] or ()),
            stroke=picked["stroke"] or "",
            direction=picked["direction"] or "",
            angle_degrees=picked["angle_degrees"],
            pressure=Pressure(picked["pressure"]) if picked["pressure"] else None,
            newtons=picked["newtons"],
            newtons_source=ForceSource(picked["newtons_source"])
            if picked["newtons_source"]
            else None,
            minutes=picked["minutes"],
            motion=picked["motion"] or "",
            lubricant_id=int(picked["lubricant_id"]) if picked["lubricant_id"] else None,
            discomfort=picked["discomfort"],
            note=picked["note"] or "",
            copied_from_id=picked["copied_from_id"],
            is_confirmed=picked["is_confirmed"] and picked["copied_from_id"] is not None,
        )


class InterventionForm(DraftRow):
    """Something else that was done."""

    kind = ChoiceField("What", choices.of(interventions), blank=None)
    detail = Line("How, how often", most=2000)
    minutes = Number("Minutes", unit="minutes", limits=INTERVENTION_MINUTES)

    needed = ("kind",)
    """A row says what kind of thing was done."""

    @classmethod
    def draft_of(cls, picked: Values) -> InterventionDraft:
        """Return the row as the rules read it."""
        return InterventionDraft(
            id=picked["id"],
            kind=picked["kind"],
            detail=picked["detail"] or "",
            minutes=picked["minutes"],
        )


class EffectForm(DraftRow):
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

    needed = ("effect",)
    """A row says which effect it was."""

    @classmethod
    def draft_of(cls, picked: Values) -> EffectDraft:
        """Return the row as the rules read it."""
        return EffectDraft(
            id=picked.get("id"),
            effect=picked["effect"] or "",
            grade=int(picked["grade"]) if picked["grade"] else None,
            region=picked["region"] or "",
            side=Side(picked["side"]) if picked["side"] else None,
            place=picked["place"] or "",
            size_cm=picked["size_cm"],
            lasted_days=picked["lasted_days"],
            tenderness=picked["tenderness"],
            onset=picked["onset"] or "",
            detail=picked["detail"] or "",
            action=picked["action"] or "",
        )
