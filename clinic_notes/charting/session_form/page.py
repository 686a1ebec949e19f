"""The page of the session form: the form and everything shown around its fields."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from flask import url_for

from clinic_notes.charting.body_map.marks import Body, body_of, everywhere
from clinic_notes.charting.choices import sites
from clinic_notes.charting.context import VisitContext
from clinic_notes.charting.note.content import note_of
from clinic_notes.charting.readings.last_session import LastSession, last_session
from clinic_notes.charting.readings.starting_rows import last_values, row_key
from clinic_notes.charting.screening import one_tap
from clinic_notes.charting.session_form import row_templates
from clinic_notes.charting.session_form.forms import VisitForm
from clinic_notes.charting.session_form.repeat import Past, RepeatChoices, fetch_past
from clinic_notes.charting.session_form.safety_questions import SafetyQuestions, safety_questions
from clinic_notes.charting.session_form.steps import steps
from clinic_notes.charting.treatment.forms import UseForm
from clinic_notes.clinical.drafts import Site
from clinic_notes.clinical.screening import blocked_sites, loaded_sites
from clinic_notes.core import clock
from clinic_notes.core.display import today
from clinic_notes.core.forms.fields import Choices
from clinic_notes.reference.terms import Side


@dataclass(frozen=True)
class SessionFormPage:
    """What the template of the session form needs; it reads nothing from the database."""

    form: VisitForm
    context: VisitContext
    last: LastSession | None
    """The latest signed visit of the episode, by the day it took place."""
    repeat: RepeatChoices

    @classmethod
    def fetch(cls, form: VisitForm, context: VisitContext, past: Past | None = None) -> Self:
        """Return the page of a form; ``past`` are the past sessions where they are known."""
        if past is None:
            past = fetch_past(context)
        last = last_session(context.episode.id, context.draft.served_on)
        return cls(form, context, last, RepeatChoices(context, past))

    def address(self, view: str) -> str:
        """Return where a button of the form sends it: the address of one of its views."""
        if self.context.visit is not None:
            return url_for(f"charting.{view}", visit_id=self.context.visit.id)
        patient_id, episode_id = self.context.patient.id, self.context.episode.id
        return url_for(f"charting.{view}", patient_id=patient_id, episode=episode_id)

    @cached_property
    def steps(self) -> list[tuple[str, str, str]]:
        """The steps of the form and how far each is filled in."""
        return steps(self.context.draft, self.context.findings)

    @property
    def summary(self) -> str:
        """The note so far."""
        return note_of(self.context.draft, self.context.names).summary

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
    def about_text(self) -> str:
        """The places the safety check is about, as an answer in one tap carries them."""
        return one_tap.sites_text(self.context.about)

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

    def cap_text(self, row: UseForm | None = None) -> str:
        """Return the highest pressure allowed at a row's site and why, or "".

        A row without a site, or none, stands for the site of the complaint.
        """
        episode = self.context.episode
        site = Site(episode.region, episode.side)
        if row is not None and row.region.data and row.side.data in set(Side):
            site = Site(row.region.data, Side(row.side.data))
        return self.context.findings.cap_text(site)

    def previous_value(self, *parts: object) -> str:
        """Return what a row measured last time, for the muted text beside its field."""
        return self._previous_values.get(row_key(*parts), "")

    def row_template(self, name: str) -> str:
        """Return an empty row of a list, for a script to copy."""
        return row_templates.row_template(name, self.form[name].options, self.cap_text(), today())

    def half_row_template(self, name: str, end: str) -> str:
        """Return one half of an empty reading, ``before`` or ``after``, for a script to copy."""
        return row_templates.half_row_template(name, end, today())

    @cached_property
    def _previous_values(self) -> Mapping[tuple[str, ...], str]:
        return last_values(self.last.readings if self.last is not None else ())
