"""The facts and findings that a page about one visit needs."""

from dataclasses import dataclass, fields, replace
from datetime import date, time
from typing import Self

from flask_login import current_user

from clinic_notes.charting.models import Visit
from clinic_notes.charting.readings.last_session import LastSession
from clinic_notes.charting.rules import VisitFindings, evaluate_rules, guardian_of, places_of
from clinic_notes.charting.screening.earlier_answers import (
    Answers,
    answers_and_last,
    earlier_visits,
)
from clinic_notes.charting.treatment.supplies import Supplies
from clinic_notes.charting.visit.load import LoadedVisit, load_visit
from clinic_notes.charting.visit.queries import (
    EpisodePosition,
    episode_position,
    position_and_last,
)
from clinic_notes.clinical.billing import services_in_words
from clinic_notes.clinical.drafts import Site, VisitDraft
from clinic_notes.clinical.findings import Finding
from clinic_notes.clinical.policy import ClinicPolicy, questions_under
from clinic_notes.clinical.repeat.treatment import PastTreatment
from clinic_notes.clinical.screening import PriorAnswer, Verdict
from clinic_notes.clinical.summary import Names
from clinic_notes.core import clock
from clinic_notes.patients.models import Episode, Patient
from clinic_notes.patients.queries import alerts
from clinic_notes.policy.queries import reviewed_policy
from clinic_notes.reference.contraindications import Questions


@dataclass(frozen=True)
class VisitFacts:
    """Whose visit it is, what is stored of it, and what it can be done with."""

    patient: Patient
    episode: Episode
    visit: Visit | None
    """None for a session that is not saved yet."""
    draft: VisitDraft
    """What the visit says: as it is stored or, in a context, as the page shows it."""
    supplies: Supplies
    sources: tuple[PastTreatment, ...] = ()
    """The past sessions that the stored treatment was repeated from."""
    clinicians: tuple[tuple[int, str], ...] = ()
    """Who may have measured, (id, name), for the facts of a form."""

    @classmethod
    def load(cls, visit: Visit) -> Self:
        """Return the facts of a stored visit, with the supplies it names."""
        return cls.of(visit, load_visit(visit))

    @classmethod
    def of(cls, visit: Visit, loaded: LoadedVisit) -> Self:
        """Return the facts of a visit that is loaded already."""
        return cls(
            visit.patient, visit.episode, visit, loaded.draft, loaded.supplies, loaded.sources
        )

    @property
    def alerts(self) -> tuple[str, ...]:
        """What to beware of with this patient."""
        return alerts(self.patient)

    @property
    def about(self) -> tuple[Site, ...]:
        """The places the safety check is about."""
        return places_of(self.draft, self.episode)


@dataclass(frozen=True, kw_only=True)
class VisitContext(VisitFacts):
    """The facts for one draft: with what was fetched for its day, and what the rules say of it.

    It is complete when it is made, so that no template reads the database.
    """

    answers: Answers
    """What the patient's earlier signed visits say to the safety questions."""
    position: EpisodePosition
    """Where the session stands in its episode."""
    last: LastSession | None
    """The latest signed visit of the episode, by the day it took place."""
    findings: VisitFindings
    policy: ClinicPolicy
    """What the clinic makes stricter than the catalogue."""
    is_reviewed: bool
    """Whether a clinician reviewed the safety questions as they are now."""

    @classmethod
    def fetch(cls, facts: VisitFacts, draft: VisitDraft) -> Self:
        """Return the context of a draft, in three statements."""
        answers = answers_and_last(earlier_visits(facts.patient.id, draft.served_on))
        position, last = position_and_last(*_place(facts, draft))
        policy, is_reviewed = reviewed_policy(current_user.clinic.time_zone)
        known = {field.name: getattr(facts, field.name) for field in fields(VisitFacts)}
        findings = _findings(facts, draft, answers, position, policy)
        return cls(
            **known | {"draft": draft},
            answers=answers,
            position=position,
            last=last,
            findings=findings,
            policy=policy,
            is_reviewed=is_reviewed,
        )

    def with_draft(self, draft: VisitDraft) -> Self:
        """Return the context of another draft; fetched anew only if that is of another time."""
        time_before = self.draft.served_on, self.draft.start_time
        if (draft.served_on, draft.start_time) != time_before:
            return self.fetch(self, draft)
        findings = _findings(self, draft, self.answers, self.position, self.policy)
        return replace(self, draft=draft, findings=findings)

    @property
    def questions(self) -> Questions:
        """The safety questions as the clinic's policy makes them."""
        return questions_under(self.policy)

    @property
    def history(self) -> tuple[PriorAnswer, ...]:
        """What was answered in earlier signed visits."""
        return self.answers.record

    @property
    def names(self) -> Names:
        """The names that the note so far needs."""
        return Names(
            instruments=self.supplies.instrument_names,
            lubricants=self.supplies.lubricant_names,
            complaint=self.episode.complaint,
            visit_number=self.position.number,
            planned=self.episode.planned_visits,
            carried=self.findings.carried_in_words(self.draft.served_on),
            worse=self.findings.worse_in_words,
            time_zone=current_user.clinic.time_zone,
            guardian=guardian_of(self.patient, self.draft.served_on),
            evaluated_by=self.policy.evaluated_by,
            services=services_in_words(self.draft),
        )

    @property
    def is_stopped(self) -> bool:
        """Say whether the safety check allows no treatment at all today."""
        return self.findings.clearance.verdict is Verdict.STOP

    @property
    def outstanding(self) -> tuple[Finding, ...]:
        """Everything that stands between the note and a signature, each sentence once."""
        found = (*self.findings.refusals, *self.findings.missing)
        return tuple({(f.about, f.message): f for f in found}.values())


def position_of(facts: VisitFacts, draft: VisitDraft) -> EpisodePosition:
    """Return where a draft of this visit stands in its episode, in one statement."""
    return episode_position(*_place(facts, draft))


def _place(facts: VisitFacts, draft: VisitDraft) -> tuple[int, date, time | None, int | None]:
    visit_id = facts.visit.id if facts.visit is not None else None
    return facts.episode.id, draft.served_on, draft.start_time, visit_id


def _findings(
    facts: VisitFacts,
    draft: VisitDraft,
    answers: Answers,
    position: EpisodePosition,
    policy: ClinicPolicy,
) -> VisitFindings:
    return evaluate_rules(
        draft,
        patient=facts.patient,
        episode=facts.episode,
        supplies=facts.supplies,
        history=answers.record,
        questions=questions_under(policy),
        consents=answers.consents,
        now=clock.local_now(current_user.clinic.time_zone),
        is_first=position.is_first,
        pain_before=answers.earlier.pain_before(facts.episode.id),
    )
