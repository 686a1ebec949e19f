"""What lies on the desk while a visit is recorded: patient, episode, last time, the rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from flask_login import current_user

from clinic_notes.charting.body_map.marks import Body, body_of, everywhere
from clinic_notes.charting.choices import places
from clinic_notes.charting.models import Visit
from clinic_notes.charting.note.content import note_of
from clinic_notes.charting.readings.last_session import LastTime, last_time
from clinic_notes.charting.readings.starting_rows import last_values, row_key
from clinic_notes.charting.rules import VisitFindings, evaluate_rules, places_of
from clinic_notes.charting.screening import one_tap
from clinic_notes.charting.screening.earlier_answers import (
    Answers,
    answers_and_last,
    earlier_visits,
)
from clinic_notes.charting.session_form import page
from clinic_notes.charting.session_form.forms import VisitForm
from clinic_notes.charting.session_form.safety_questions import SafetyQuestions, safety_questions
from clinic_notes.charting.treatment.past_sessions import past_treatments
from clinic_notes.charting.treatment.supplies import Supplies
from clinic_notes.charting.visit.queries import EpisodePosition, episode_position
from clinic_notes.clinical.drafts import Site, VisitDraft
from clinic_notes.clinical.findings import Finding
from clinic_notes.clinical.repeat.treatment import PastTreatment, check_clone
from clinic_notes.clinical.repeat.wording import repeat_in_words
from clinic_notes.clinical.screening import (
    PriorAnswer,
    Reconfirmation,
    Verdict,
    blocked_sites,
    reconfirmable,
)
from clinic_notes.clinical.summary import Names, carried_forward_in_words
from clinic_notes.core import clock
from clinic_notes.core.display import today
from clinic_notes.core.forms import Choices
from clinic_notes.patients.models import Episode, Patient
from clinic_notes.patients.queries import alerts


@dataclass(frozen=True)
class VisitContext:
    """Everything the form's page needs besides the form."""

    patient: Patient
    episode: Episode
    draft: VisitDraft
    visit: Visit | None
    supplies: Supplies
    sources: tuple[PastTreatment, ...] = ()
    """The past sessions that what is stored was repeated from."""

    def reading(self, draft: VisitDraft) -> "VisitContext":
        """Return the same desk with what was just typed lying on it."""
        return replace(self, draft=draft)

    @cached_property
    def last(self) -> LastTime | None:
        """The latest signed visit of the episode, by the day it took place."""
        return last_time(self.episode.id, self.draft.served_on)

    @cached_property
    def answers(self) -> Answers:
        """What the patient's earlier signed visits say to the safety questions."""
        return answers_and_last(earlier_visits(self.patient.id, self.draft.served_on))

    @property
    def history(self) -> tuple[PriorAnswer, ...]:
        """What was asked in earlier signed visits."""
        return self.answers.record

    @cached_property
    def past(self) -> tuple[PastTreatment, ...]:
        """Past sessions that may be repeated: of this episode first, then by their day."""
        also = (self.draft.repeated_from_id,)
        return past_treatments(self.patient.id, self.episode.id, self.draft.served_on, also=also)

    @property
    def latest(self) -> PastTreatment | None:
        """The latest session of the episode that may be repeated, by the day it took place."""
        on, mine = self.draft.served_on, self.episode.id
        return next((r for r in self.past if r.episode_id == mine and r.served_on <= on), None)

    @cached_property
    def copied_rows(self) -> Mapping[int | None, PastTreatment]:
        """The session each row of a past one stands in."""
        known = (*self.sources, *self.past)
        return {use.id: past_treatment for past_treatment in known for use in past_treatment.uses}

    @property
    def repeat_line(self) -> str:
        """What the note will tell of a treatment that was repeated."""
        return repeat_in_words(self.draft, (*self.sources, *self.past), self.names)

    @property
    def repeated(self) -> PastTreatment | None:
        """The past session this one was repeated from."""
        number = self.draft.repeated_from_id
        return next((r for r in (*self.sources, *self.past) if r.visit_id == number), None)

    @property
    def clone_cautions(self) -> tuple[Finding, ...]:
        """What the author should know who has written the same for several notes."""
        author = self.visit.author_id if self.visit is not None else current_user.id
        own = (author, self.episode.id)
        earlier = [r for r in self.past if (r.author_id, r.episode_id) == own]
        return check_clone(self.draft.uses, earlier)

    @cached_property
    def findings(self) -> VisitFindings:
        """What the rules say of what is on the desk."""
        return evaluate_rules(
            self.draft,
            patient=self.patient,
            episode=self.episode,
            supplies=self.supplies,
            history=self.history,
            now=clock.on_the_wall(current_user.clinic.time_zone),
            is_first=self.standing.is_first,
        )

    @property
    def last_readings(self) -> Sequence[Any]:
        """What was measured last time; which rows to lay out, and the muted values beside them."""
        return self.last.readings if self.last is not None else ()

    @cached_property
    def previous_values(self) -> Mapping[tuple[str, ...], str]:
        """Last time's values."""
        return last_values(self.last_readings)

    def previous_value(self, *parts: object) -> str:
        """Return last time's value of a row, for the muted text beside its field."""
        return self.previous_values.get(row_key(*parts), "")

    @cached_property
    def standing(self) -> EpisodePosition:
        """Where this session stands in its episode."""
        visit_id = self.visit.id if self.visit is not None else None
        draft = self.draft
        return episode_position(self.episode.id, draft.served_on, draft.start_time, visit_id)

    @property
    def number(self) -> int:
        """Which session of the episode this is."""
        return self.standing.number

    @cached_property
    def names(self) -> Names:
        """The names the note so far needs."""
        return Names(
            instruments=self.supplies.instrument_names,
            lubricants=self.supplies.lubricant_names,
            complaint=self.episode.complaint,
            visit_number=self.number,
            planned=self.episode.planned_visits,
            carried_forward=carried_forward_in_words(self.findings.clearance.carried_forward),
        )

    @cached_property
    def summary(self) -> str:
        """The note so far."""
        return note_of(self.draft, self.names).summary

    @cached_property
    def steps(self) -> list[tuple[str, str, str]]:
        """The rail."""
        return page.steps(self.draft, self.findings)

    @cached_property
    def alerts(self) -> tuple[str, ...]:
        """What to beware of, for the bar that stays in sight."""
        return alerts(self.patient)

    @cached_property
    def places_near(self) -> Choices:
        """The regions this session is about, with each of their sides."""
        keys = [site.region for site in places_of(self.draft, self.episode)]
        near = dict.fromkeys((*keys, self.episode.region))
        return tuple(place for place in places() if place[0].split(":")[0] in near)

    @property
    def is_stopped(self) -> bool:
        """Say whether the safety check allows no treatment at all today."""
        return self.findings.clearance.verdict is Verdict.STOP

    @property
    def outstanding(self) -> tuple[Finding, ...]:
        """Everything that stands between the note and a signature, each sentence once."""
        found = (*self.findings.refusals, *self.findings.missing)
        return tuple({(f.about, f.message): f for f in found}.values())

    @property
    def cap_in_words(self) -> str:
        """Why the harder pressures are out of reach today, or ""."""
        cap = self.findings.clearance.pressure_cap
        return f"At most {cap} today: the safety check says so." if cap else ""

    def row_template(self, form: VisitForm, name: str) -> str:
        """Return an empty row of a list, for a script to copy."""
        return page.row_template(name, form.offered, self.cap_in_words, today())

    def half_row_template(self, name: str, end: str) -> str:
        """Return one half of an empty pair, ``before`` or ``after``, for a script to copy."""
        return page.half_row_template(name, end, today())

    def body(self, form: VisitForm) -> Body:
        """Return the map of what stands in the form, saved or not, and of where not to treat."""
        return body_of(
            [row for row in form.treated() if row.is_begun],
            blocked=blocked_sites(
                self.draft.answers,
                about=places_of(self.draft, self.episode),
                sites=everywhere(),
                history=self.history,
                on=self.draft.served_on,
            ),
            waiting=[site for site, _ in self.findings.clearance.blocked],
        )

    @property
    def about(self) -> tuple[Site, ...]:
        """The places the safety check is about."""
        return places_of(self.draft, self.episode)

    @property
    def about_told(self) -> str:
        """The same, as a tap on the page tells them."""
        return one_tap.places(self.about)

    @cached_property
    def reconfirmable(self) -> Reconfirmation:
        """Which questions one "nothing new" answers, and which "yes" is to be confirmed."""
        return reconfirmable(
            self.answers.last,
            self.history,
            due=self.findings.due,
            about=self.about,
            on=self.draft.served_on,
            on_record=self.findings.on_record,
        )

    def safety_questions(self, form: VisitForm) -> SafetyQuestions:
        """The safety check, in the order the questions are put."""
        still = self.reconfirmable.active_yes
        groups = page.questions(form, self.findings, self.history, still)
        return safety_questions(groups, self.reconfirmable)
