"""The page of the session form: the form and everything shown around its fields."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

from flask import url_for

from clinic_notes.charting.body_map.marks import Body, body_of, everywhere
from clinic_notes.charting.choices import sites
from clinic_notes.charting.context import VisitContext
from clinic_notes.charting.models.columns import AnyReading
from clinic_notes.charting.note.content import (
    earlier_effects_in_words,
    minutes_in_words,
    note_of,
)
from clinic_notes.charting.readings.last_session import LastSession
from clinic_notes.charting.readings.starting_rows import last_values, row_key
from clinic_notes.charting.screening import one_tap
from clinic_notes.charting.session_form import row_templates
from clinic_notes.charting.session_form.forms import VisitForm
from clinic_notes.charting.session_form.repeat import Past, RepeatChoices, fetch_past
from clinic_notes.charting.session_form.safety_questions import SafetyQuestions, safety_questions
from clinic_notes.charting.session_form.steps import steps
from clinic_notes.charting.treatment.choice_marks import KnownAllergies, RowMarks, row_marks
from clinic_notes.charting.treatment.forms import UseForm
from clinic_notes.charting.treatment.last_effects import OpenEffects, last_effects
from clinic_notes.clinical.drafts import UseDraft
from clinic_notes.clinical.findings import Finding
from clinic_notes.clinical.screening import blocked_sites, loaded_sites
from clinic_notes.clinical.screening.pressure_caps import lowest_cap
from clinic_notes.clinical.signing import stop_in_words
from clinic_notes.core import clock
from clinic_notes.core.display import today
from clinic_notes.core.forms.fields import Choices
from clinic_notes.core.lookup import bounded_integer
from clinic_notes.patients.queries import active
from clinic_notes.reference.terms import Side


@dataclass(frozen=True)
class SessionFormPage:
    """What the template of the session form needs; it reads nothing from the database."""

    form: VisitForm
    context: VisitContext
    repeat: RepeatChoices
    last_effects: OpenEffects
    """What followed the patient's earlier sessions and is to be asked about."""

    @classmethod
    def fetch(cls, form: VisitForm, context: VisitContext, past: Past | None = None) -> Self:
        """Return the page of a form; ``past`` are the past sessions where they are known."""
        if past is None:
            past = fetch_past(context)
        on = context.draft.served_on
        effects = last_effects(context.patient.id, on)
        return cls(form, context, RepeatChoices(context, past), effects)

    @property
    def last(self) -> LastSession | None:
        """The latest signed visit of the episode, by the day it took place."""
        return self.context.last

    @property
    def effects_to_ask_about(self) -> list[str]:
        """The effects of earlier sessions that are to be asked about, in words."""
        return [*earlier_effects_in_words(self.last_effects)]

    def address(self, view: str) -> str:
        """Return where a button of the form sends it: the address of one of its views."""
        if self.context.visit is not None:
            return url_for(f"charting.{view}", visit_id=self.context.visit.id)
        patient_id, episode_id = self.context.patient.id, self.context.episode.id
        return url_for(f"charting.{view}", patient_id=patient_id, episode=episode_id)

    @cached_property
    def steps(self) -> list[tuple[str, str, str]]:
        """The steps of the form and how far each is filled in."""
        return steps(self.context.draft, self.context.outstanding)

    @property
    def has_measurements(self) -> bool:
        """Say whether something was measured, which must be seen though nobody is treated."""
        draft = self.context.draft
        rows: tuple[AnyReading, ...] = (
            *draft.pains, *draft.roms, *draft.strengths, *draft.measures,
        )  # fmt: skip
        return any(not (row.before.is_blank and row.after.is_blank) for row in rows)

    @property
    def summary(self) -> str:
        """The note so far."""
        names = replace(self.context.names, earlier_effects=tuple(self.effects_to_ask_about))
        return note_of(self.context.draft, names).summary

    @property
    def minutes_so_far(self) -> str:
        """The minutes and units of the note so far, by service."""
        names = self.context.names
        return minutes_in_words(self.context.draft, names.services) if names.services else ""

    @property
    def minutes_differ(self) -> bool:
        """Say whether a reason is asked for why the minutes do not add up."""
        return any(finding.about == "minutes_reason" for finding in self.context.outstanding)

    @cached_property
    def safety(self) -> SafetyQuestions:
        """The safety check, in the order the questions are asked."""
        return safety_questions(self.form.answers, self.context)

    @property
    def rest_to_ask(self) -> list[str]:
        """The items not asked yet, without those that are to be confirmed one by one."""
        to_confirm = {question.item.key for question in self.safety.to_reconfirm}
        not_asked = self.context.findings.clearance.not_asked
        return [item for item in not_asked if item not in to_confirm]

    @property
    def blood_pressure_limits(self) -> list[tuple[int, int]]:
        """The readings in mmHg from which nobody is treated."""
        items = self.context.questions.current(self.context.draft.served_on)
        limits = ((item.stops_from_systolic, item.stops_from_diastolic) for item in items)
        return [each for each in limits if all(each)]

    @property
    def unchanged_text(self) -> str:
        """How "nothing new" is asked here, as an answer in one tap carries it."""
        return one_tap.unchanged_text(self.safety.since, self.context.about)

    @property
    def tap_time(self) -> str:
        """The moment the page was made, from which a script counts on to that of a tap."""
        return one_tap.time_text(clock.now())

    @cached_property
    def places_near(self) -> Choices:
        """The regions this session is about, with each of their sides."""
        near = {site.region for site in self.context.about} | {self.context.episode.region}
        return tuple(site for site in sites() if site[0].split(":")[0] in near)

    @property
    def body(self) -> Body:
        """The body map: the form's rows, saved or not, and where not to treat."""
        context = self.context
        return body_of(
            [row for row in self.form.treated() if row.is_begun],
            blocked=blocked_sites(
                context.draft.answers,
                about=context.about,
                sites=everywhere(),
                history=context.history,
                loaded=loaded_sites(context.draft, everywhere()),
                on=context.draft.served_on,
                questions=context.questions,
            ),
            waiting=[site for site, _ in context.findings.clearance.blocked],
        )

    def marks(self, row: UseForm | None = None) -> RowMarks:
        """Return what is marked in a row before it is chosen.

        A row without a site, or none, stands for the site of the complaint.
        """
        episode = self.context.episode
        use = UseDraft(0, episode.region, episode.side)
        if row is not None and row.region.data and row.side.data in set(Side):
            use = UseDraft(
                0,
                row.region.data,
                Side(row.side.data),
                stroke=row.stroke.selected,
                note=row.note.value,
                lubricant_id=bounded_integer(row.lubricant_id.selected),
            )
        cap = lowest_cap(self.context.findings.caps, use.site)
        return row_marks(use, cap, self.context.supplies, self._allergies)

    def remarks(self, row: UseForm, name: str) -> tuple[Finding, ...]:
        """Return what the rules say to one field of a treatment row, each sentence once.

        What is only missing needs no remark yet; but a remark may be what is missing.
        """
        is_entered = row[name].data or name == "note"
        return self._remarks.get(row[name].name, ()) if is_entered else ()

    @property
    def not_treated_reason(self) -> str:
        """Return why nobody is treated, to be edited; "" where somebody may be."""
        return stop_in_words(self.context.findings.clearance)

    @cached_property
    def outstanding(self) -> tuple[tuple[str, str], ...]:
        """What stands between the note and a signature: the field that each is about, and why."""
        found = ((self._field_about(f.about), f.message) for f in self.context.outstanding)
        return tuple(dict.fromkeys(found))

    @cached_property
    def _field_about(self) -> Callable[[str], str]:
        return self.form.field_finder()

    @cached_property
    def _allergies(self) -> KnownAllergies:
        return KnownAllergies.of(active(self.context.patient.allergies))

    @cached_property
    def _remarks(self) -> Mapping[str, tuple[Finding, ...]]:
        findings = self.context.findings
        said: dict[str, dict[str, Finding]] = defaultdict(dict)
        for finding in (*findings.refusals, *findings.cautions):
            said[self._field_about(finding.about)].setdefault(finding.message, finding)
        return {about: tuple(found.values()) for about, found in said.items()}

    def previous_value(self, *parts: object) -> str:
        """Return what a row measured last time, for the muted text beside its field."""
        return self._previous_values.get(row_key(*parts), "")

    @cached_property
    def by_patient(self) -> frozenset[int]:
        """The rows whose reading before treatment the patient entered, by their ids."""
        rows: tuple[AnyReading, ...] = (*self.context.draft.pains, *self.context.draft.measures)
        return frozenset(row.id for row in rows if row.id is not None and row.before.by_patient)

    def row_template(self, name: str) -> str:
        """Return an empty row of a list, for a script to copy."""
        return row_templates.row_template(name, self.form[name].options, self.marks(), today())

    def half_row_template(self, name: str, end: str) -> str:
        """Return one half of an empty reading, ``before`` or ``after``, for a script to copy."""
        return row_templates.half_row_template(name, end, today())

    @cached_property
    def _previous_values(self) -> Mapping[tuple[str, ...], str]:
        return last_values(self.last.readings if self.last is not None else ())
