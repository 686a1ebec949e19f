"""The form of a visit, its fields in the order of the work."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import fields, replace
from functools import cache
from typing import Any, Self

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, HiddenField, IntegerField, TimeField
from wtforms.validators import Optional

from clinic_notes.charting import choices
from clinic_notes.charting.body_map.marks import Typed, anchors, everywhere
from clinic_notes.charting.context import VisitFacts
from clinic_notes.charting.documentation_time.forms import MeteredForm
from clinic_notes.charting.readings.forms import MeasureForm, PainForm, RomForm, StrengthForm
from clinic_notes.charting.screening.forms import Checklist
from clinic_notes.charting.treatment.forms import EffectForm, InterventionForm, UseForm
from clinic_notes.clinical.dosage import TIMED_MINUTES, TOTAL_MINUTES
from clinic_notes.clinical.drafts import UseDraft, VisitDraft
from clinic_notes.clinical.findings import Finding
from clinic_notes.clinical.readings.blood_pressure import DIASTOLIC, SYSTOLIC
from clinic_notes.clinical.readings.self_report import with_sources
from clinic_notes.core.forms.dates import EARLIEST_YEAR, Day, date_field
from clinic_notes.core.forms.fields import (
    ChoiceField,
    Choices,
    Line,
    LongText,
    Number,
    is_readable,
)
from clinic_notes.core.forms.rows import RowForm, RowOptions, Rows, build_draft
from clinic_notes.reference.effects import skin_responses
from clinic_notes.reference.regions import regions
from clinic_notes.reference.techniques import positions
from clinic_notes.reference.terms import (
    AnsweredBy,
    ConsentBy,
    Decision,
    EffectOutcome,
    Pressure,
    Side,
)

ROW_FORMS: dict[str, type[RowForm]] = {
    "pains": PainForm,
    "roms": RomForm,
    "strengths": StrengthForm,
    "measures": MeasureForm,
    "uses": UseForm,
    "interventions": InterventionForm,
    "effects": EffectForm,
}
ROWS = tuple(ROW_FORMS)
_PARTS = {part.name for part in fields(VisitDraft)}


class VisitForm(MeteredForm):
    """Safety, before, treatment, after, note."""

    snapshot = HiddenField()
    """The visit as it was when the form was opened, see `core.forms.snapshot`."""
    served_on = Day("Date", required="The date")
    start_time = TimeField("Start", [Optional()])
    end_time = TimeField("End", [Optional()])
    measured_by_id = ChoiceField("Measured by", value_type=int)
    decision = ChoiceField(
        "Decision", choices.terms(Decision, blank=False), blank=None, value_type=Decision
    )
    not_treated_reason = LongText("Why not treated")
    referral = LongText("Referred to")
    patient_informed = BooleanField("The patient was informed and agreed")
    consent_by = ChoiceField(
        "Informed consent given by", choices.terms(ConsentBy), value_type=ConsentBy
    )
    consent_about = Line("What was explained, if more")
    answered_by = ChoiceField(
        "Questions answered by",
        choices.terms(AnsweredBy, blank=False),
        blank="Patient",
        value_type=AnsweredBy,
    )
    earlier_effects = ChoiceField(
        "How was it?",
        choices.terms(EffectOutcome, blank=False),
        value_type=EffectOutcome,
    )
    earlier_effects_detail = Line("In words", max_length=2000)
    earlier_effects_resolved_on = date_field("Gone on")
    systolic = Number("Systolic", whole=True, unit="mmHg", limits=SYSTOLIC)
    diastolic = Number("Diastolic", whole=True, unit="mmHg", limits=DIASTOLIC)
    answers = Checklist("Safety check")
    pains = Rows(PainForm, most=20)
    roms = Rows(RomForm, most=60)
    strengths = Rows(StrengthForm, most=40)
    measures = Rows(MeasureForm, most=40)
    uses = Rows(UseForm, most=30)
    position = ChoiceField("Position", choices.of(positions), blank=None)
    position_detail = Line("Position, in words")
    interventions = Rows(InterventionForm, most=30)
    skin_response = ChoiceField("Skin", choices.of(skin_responses), blank=None)
    effects = Rows(EffectForm, most=20)
    subjective = LongText("Subjective")
    assessment = LongText("Assessment")
    plan = LongText("Plan")
    timed_minutes = Number("Timed minutes", whole=True, unit="minutes", limits=TIMED_MINUTES)
    total_minutes = Number("Total minutes", whole=True, unit="minutes", limits=TOTAL_MINUTES)
    minutes_reason = Line("Why the minutes differ", max_length=2000)
    repeated_from_id = IntegerField(widget=None, validators=[Optional()])

    @classmethod
    def of_typed(cls, typed: MultiDict[str, str], facts: VisitFacts, **options: Any) -> Self:
        """Return the form as it was typed, with what this visit's form offers.

        What one tap answered about some sites is taken back where others are treated now.
        """
        form = cls(typed, **options)
        form.set_choices(facts)
        form.revoke_uncovered_answers()
        return form

    def set_choices(self, facts: VisitFacts) -> None:
        """Offer the clinic's own people, instruments and lubricants; know the stored answers.

        An empty treatment row starts with the site of the complaint.
        """
        supplies, episode = facts.supplies, facts.episode
        self.answers.stored = {given.item: given for given in facts.draft.answers}
        self.measured_by_id.choices = (("", "Not recorded"), *_keyed(facts.clinicians))
        instruments = (("", "Not chosen"), *_keyed(supplies.instrument_names.items()))
        lubricants = (("", "None chosen"), *_keyed(supplies.lubricant_names.items()))
        self.uses.set_options(
            RowOptions(
                choices=(("instrument_id", instruments), ("lubricant_id", lubricants)),
                initial=(("region", episode.region), ("side", episode.side)),
            )
        )

    def add_row(self, asked: str) -> None:
        """Add a row to a list, while there is room: ``pains``, or ``uses:calf:left``.

        A site gets one treatment row; a row that names no region yet is used for it.
        """
        name, _, site = asked.partition(":")
        if name not in ROW_FORMS:
            return
        if site:
            self._treat(*site.partition(":")[::2])
        elif len(self[name]) < self[name].most:
            self[name].append_entry(self._from_above() if name == "uses" else None)

    def partial_uses(self) -> tuple[UseDraft, ...]:
        """Return the treatment rows that can be read, of a form that nobody has checked yet."""
        return tuple(draft for _, draft in self.uses.readable())

    def add_uses(self, uses: Iterable[UseDraft]) -> None:
        """Add treatment rows below those that are filled in; blank ones make room."""
        self.uses.remove(lambda row: row.form.is_blank())
        for use in uses:
            self.uses.append_entry(vars(use) | {"instrument_id": use.instrument_id or None})

    def _treat(self, region: str, side: str) -> None:
        if (region, side) not in {(site.region, site.side) for site in everywhere()}:
            return
        rows = [row.form for row in self.uses]
        if any((row.region.data, row.side.data) == (region, side) for row in rows):
            return
        free = next((row for row in rows if not row.region.data), None)
        if free is not None:
            free.region.data, free.side.data = region, side
            free.set_options(self.uses.options)
        elif len(rows) < self.uses.most:
            self.uses.append_entry({"region": region, "side": side, **self._from_above()})

    def _from_above(self) -> dict[str, Any]:
        """Return the instrument and the lubricant of the last row, for one below it."""
        above = self.uses[-1].form if len(self.uses) else None
        names = ("instrument_id", "lubricant_id")
        return {name: above[name].data for name in names} if above is not None else {}

    def treated(self) -> Iterator[Typed]:
        """Yield the treatment rows that name a site, as they are typed so far."""
        for row in self.uses:
            form = row.form
            region, side = form.region.data, form.side.data
            if region in regions and side in set(Side):
                pressure = form.pressure.data
                yield Typed(
                    region=region,
                    side=Side(side),
                    pressure=Pressure(pressure) if pressure in set(Pressure) else None,
                    minutes=form.minutes.data,
                    name=row.name,
                    is_begun=not form.is_blank(),
                )

    def anchors(self) -> dict[str, str]:
        """Return where the body map leads to: the id of the first row of each site, by name."""
        return anchors(self.treated())

    def drop_row(self, row_name: str) -> None:
        """Take a row away; it is gone from the record once the form is saved."""
        for name in ROWS:
            self[name].remove(lambda row: row.name == row_name)

    def draft(self) -> VisitDraft:
        """Return the visit as the rules read it; only after `validate` said yes."""
        return build_draft(self, VisitDraft, decision=self.decision.value or Decision.TREATED)

    def partial_draft(self, stored: VisitDraft) -> VisitDraft:
        """Return what can be read of the form so far, checked or not.

        What cannot be read is as it is stored, and a row that cannot be read is left out.
        """
        read: dict[str, Any] = {name: self._rows_read(name) for name in ROWS}
        for field in self:
            name = field.short_name
            if name in read or name not in _PARTS or not is_readable(field):
                continue
            with suppress(ValueError):
                read[name] = field.value if hasattr(type(field), "value") else field.data
        day = self.served_on.data
        if day is None or day.year < EARLIEST_YEAR:
            read["served_on"] = stored.served_on
        read["answers"] = self.answers.partial_drafts()
        read["decision"] = read.get("decision") or Decision.TREATED
        return with_sources(stored, replace(stored, **read))

    def _rows_read(self, name: str) -> tuple[Any, ...]:
        return tuple(draft for _, draft in self[name].readable())

    def record_as_not_treated(self, reason: str) -> None:
        """Record the session as screened and not treated; a reason that was typed stays."""
        self.decision.data, self.decision.raw_data = Decision.NOT_TREATED.value, None
        if not self.not_treated_reason.value:
            self.not_treated_reason.data, self.not_treated_reason.raw_data = reason, None

    def revoke_uncovered_answers(self) -> None:
        """Take back what one tap answered about some sites, where others are treated now."""
        if self.answers.taps:
            self.answers.revoke_uncovered([use.site for use in self.partial_uses()])

    def show(self, findings: Iterable[Finding]) -> None:
        """Put what the rules found beside the fields it is about."""
        for finding in findings:
            self.add_error(self.field_about(finding.about), finding.message)

    def field_about(self, about: str) -> str:
        """Return the name of the field that a finding is about."""
        return self.field_finder()(about)

    def field_finder(self) -> Callable[[str], str]:
        """Return a function that does the same; it reads the rows once, of a form as it is now."""
        names = cache(lambda rows: [row.name for row, _ in self[rows].readable()])

        def find(about: str) -> str:
            # A rule counts the rows of the draft; the page may have gaps and blank rows between.
            match = re.fullmatch(r"(\w+)-(\d+)-(\w+)", about)
            if match is None or match[1] not in ROWS:
                return about
            found, number = names(match[1]), int(match[2])
            return f"{found[number]}-{match[3]}" if number < len(found) else match[1]

        return find


def _keyed(pairs: Iterable[tuple[int, str]]) -> Choices:
    return tuple((str(key), label) for key, label in pairs)
