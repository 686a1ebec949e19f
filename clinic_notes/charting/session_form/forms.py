"""The form of a visit, its fields in the order of the work."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from wtforms import BooleanField, DateField, HiddenField, IntegerField, TimeField
from wtforms.validators import Optional, StopValidation

from clinic_notes.charting import choices
from clinic_notes.charting.body_map.marks import Typed, anchors, everywhere
from clinic_notes.charting.documentation_time.forms import MeteredForm
from clinic_notes.charting.readings.forms import (
    MeasureForm,
    PainForm,
    RomForm,
    StrengthForm,
    initial_reading,
)
from clinic_notes.charting.screening.forms import Checklist, answers_shown
from clinic_notes.charting.treatment.forms import EffectForm, InterventionForm, UseForm
from clinic_notes.clinical.dosage import TIMED_MINUTES, TOTAL_MINUTES
from clinic_notes.clinical.drafts import UseDraft, VisitDraft
from clinic_notes.clinical.findings import Finding
from clinic_notes.core.forms import (
    ChoiceField,
    Line,
    LongText,
    Number,
    Required,
    RowForm,
    RowOptions,
    Rows,
)
from clinic_notes.reference.effects import skin_responses
from clinic_notes.reference.regions import regions
from clinic_notes.reference.techniques import positions
from clinic_notes.reference.terms import Decision, Pressure, Side

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
VALUES = (
    "served_on", "start_time", "end_time", "patient_informed", "position", "position_detail",
    "skin_response", "not_treated_reason", "referral", "subjective", "assessment", "plan",
    "timed_minutes", "total_minutes", "repeated_from_id",
)  # fmt: skip
"""Fields whose data is the draft's value."""
TEXTS = (
    "position", "position_detail", "skin_response", "not_treated_reason", "referral",
    "subjective", "assessment", "plan",
)  # fmt: skip
"""Those of them that are "" where nothing was entered."""

EARLIEST_YEAR = 1900


def _check_year(form: Any, field: Any) -> None:
    if field.data.year < EARLIEST_YEAR:
        raise StopValidation(f"The year is {field.data.year:04}: {EARLIEST_YEAR} at the earliest.")


class VisitForm(MeteredForm):
    """Safety, before, treatment, after, note."""

    snapshot = HiddenField()
    """The visit as it was when the form was opened, see `charting.session_form.snapshot`."""
    served_on = DateField("Date", [Required("The date"), _check_year])
    start_time = TimeField("Start", [Optional()])
    end_time = TimeField("End", [Optional()])
    measured_by_id = ChoiceField("Measured by", blank="Not said")
    decision = ChoiceField("Decision", choices.terms(Decision, blank=False), blank=None)
    not_treated_reason = LongText("Why not treated")
    referral = LongText("Referred to")
    patient_informed = BooleanField("The patient was informed and agreed")
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
    repeated_from_id = IntegerField(widget=None, validators=[Optional()])

    def set_choices(
        self,
        *,
        people: Iterable[tuple[int, str]],
        instruments: Iterable[tuple[int, str]],
        lubricants: Iterable[tuple[int, str]],
        site: tuple[str, str],
    ) -> None:
        """Offer the clinic's own people, instruments and lubricants.

        An empty treatment row starts with ``site``, that of the complaint.
        """
        self.measured_by_id.choices = [("", "Not said"), *_keyed(people)]
        region, side = site
        self.use_options = RowOptions(
            choices=(
                ("instrument_id", (("", "Not chosen"), *_keyed(instruments))),
                ("lubricant_id", (("", "None chosen"), *_keyed(lubricants))),
            ),
            initial=(("region", region), ("side", side)),
        )
        self.uses.set_options(self.use_options)

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
            self[name].append_entry()

    def partial_uses(self) -> tuple[UseDraft, ...]:
        """Return the treatment rows that can be read, of a form that nobody has checked yet."""
        drafts = (row.form.partial_draft() for row in self.uses)
        return tuple(draft for draft in drafts if draft is not None)

    def add_uses(self, uses: Iterable[UseDraft]) -> None:
        """Add treatment rows below those that are filled in; blank ones make room."""
        rows = self["uses"]
        for position in reversed(range(len(rows))):
            if rows[position].form.is_blank():
                rows.pop_entry(position)
        for use in uses:
            rows.append_entry(vars(use) | {"instrument_id": use.instrument_id or None})

    def _treat(self, region: str, side: str) -> None:
        if (region, side) not in {(site.region, site.side) for site in everywhere()}:
            return
        rows = [row.form for row in self.uses]
        if any((row.region.data, row.side.data) == (region, side) for row in rows):
            return
        free = next((row for row in rows if not row.region.data), None)
        if free is not None:
            free.region.data, free.side.data = region, side
            free.set_options(self.use_options)
        elif len(rows) < self.uses.most:
            self.uses.append_entry({"region": region, "side": side})

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
            for position in reversed(range(len(self[name]))):
                # The rows that stay are numbered anew, as they are when the form is sent again.
                if self[name][position].name == row_name:
                    self[name].pop_entry(position)

    def draft(self) -> VisitDraft:
        """Return the visit as the rules read it; only after `validate` said yes."""
        values: dict[str, Any] = {name: self[name].data for name in VALUES}
        values |= {name: values[name] or "" for name in TEXTS}
        values |= {name: self[name].drafts() for name in ROWS}
        person = self.measured_by_id.data
        self.answers.revoke_uncovered([use.site for use in values["uses"]])
        return VisitDraft(
            **values,
            decision=Decision(self.decision.data or Decision.TREATED),
            measured_by_id=int(person) if person else None,
            answers=self.answers.drafts(),
        )

    def show(self, findings: Iterable[Finding]) -> None:
        """Put what the rules found beside the fields it is about."""
        for finding in findings:
            self.add_error(self._field_of(finding.about), finding.message)

    def _field_of(self, about: str) -> str:
        # A rule counts the rows of the draft; the page may have gaps and blank rows between.
        match = re.fullmatch(r"(\w+)-(\d+)-(\w+)", about)
        if match is None or match[1] not in ROWS:
            return about
        rows = self[match[1]].filled()
        number = int(match[2])
        return f"{rows[number].name}-{match[3]}" if number < len(rows) else match[1]


def blank_row(name: str, use_options: RowOptions | None = None) -> RowForm:
    """Return an empty row under the index ``__row__``, for a script to copy."""
    row = ROW_FORMS[name](prefix=f"{name}-__row__-")
    if isinstance(row, UseForm) and use_options:
        row.set_options(use_options)
    return row


def form_values(draft: VisitDraft) -> dict[str, Any]:
    """Return a draft as the form's initial values."""
    values: dict[str, Any] = {name: getattr(draft, name) for name in VALUES}
    for name in ("pains", "roms", "strengths", "measures"):
        values[name] = [initial_reading(row) for row in getattr(draft, name)]
    for name in ("uses", "interventions", "effects"):
        values[name] = [vars(row) for row in getattr(draft, name)]
    # What is missing is shown as a link to its field: so the first row of each is always there.
    values["pains"] = values["pains"] or [{"context": "now"}]
    values["uses"] = values["uses"] or [{}]
    return values | {
        "decision": draft.decision.value,
        "measured_by_id": draft.measured_by_id,
        "answers": answers_shown(draft.answers),
    }


def _keyed(pairs: Iterable[tuple[int, str]]) -> list[tuple[str, str]]:
    return [(str(key), label) for key, label in pairs]
