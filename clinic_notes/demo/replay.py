"""Replays the demo's timeline: the drafts and rules of the actions, written in bulk."""

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from clinic_notes.accounts.models import User
from clinic_notes.charting.rules import on_record
from clinic_notes.charting.treatment import supplies as charting_supplies
from clinic_notes.clinical.drafts import VisitDraft
from clinic_notes.clinical.screening import PriorAnswer, items_due
from clinic_notes.clinical.screening.consent import PriorConsent, consent_needed
from clinic_notes.core import audit, clock
from clinic_notes.demo.bulk.episodes import close_episode, open_episode
from clinic_notes.demo.bulk.memory import EpisodeMemory, PatientMemory
from clinic_notes.demo.bulk.rows import NewRows
from clinic_notes.demo.bulk.visits import BegunVisit, BulkVisits
from clinic_notes.demo.documentation_time import time_spent_on
from clinic_notes.demo.drafts import episode_draft, sites, visit_draft
from clinic_notes.demo.episode_courses import Session
from clinic_notes.demo.equipment import Supplies
from clinic_notes.demo.goals import goal_drafts
from clinic_notes.demo.timeline import Added, Begun, Closed, Event, Opened, Registered, Signed
from clinic_notes.equipment.queries import in_use
from clinic_notes.outcomes.facts.actions import write_facts
from clinic_notes.outcomes.facts.recorded import RecordedEpisode
from clinic_notes.patients import actions as patients
from clinic_notes.patients.models import Patient
from clinic_notes.plan_of_care.drafts import ClosingDraft
from clinic_notes.policy.queries import policy_in_force
from clinic_notes.reference.terms import ConsentBy

EXPLAINED = "redness, soreness for two days, a bruise at times"
BATCH = 500
"""Events whose rows are written at once."""


class Replay:
    """The state of a replay: users, equipment, and what is not written yet."""

    def __init__(self, people: dict[str, User], supplies: Supplies) -> None:
        """Start with nothing recorded, in the current clinic."""
        self._people, self._supplies = people, supplies
        self._registrar = people["maya"]
        self._rows = NewRows()
        kept = charting_supplies.Supplies.of(*in_use())
        self._charts = BulkVisits(
            self._rows, kept, policy_in_force(people["maya"].clinic.time_zone)
        )
        self._patients: dict[int, PatientMemory] = {}
        self._episodes: dict[int, EpisodeMemory] = {}
        self._visits: dict[int, BegunVisit] = {}
        self._finished: list[RecordedEpisode] = []
        self._begun = self._played = 0

    def play(self, event: Event) -> None:
        """Perform one event, with the clock and the audit trail at its time."""
        with clock.at(event.at):
            match event:
                case Registered(_, case):
                    patient = patients.register_patient(case.patient, by=self._registrar)
                    self._patients[id(case)] = PatientMemory(patient)
                case Opened(_, case, course):
                    self._episodes[id(course)] = open_episode(
                        self._rows,
                        self._patients[id(case)],
                        episode_draft(course),
                        goal_drafts(course),
                        by=self._registrar,
                    )
                case Begun():
                    self._begin(event)
                case Signed(_, session):
                    self._sign(session)
                case Added(_, session):
                    begun, by = self._visits[id(session)], self._people[session.by]
                    self._charts.amend(begun, session.addendum, None, session.late, by=by)
                case Closed():
                    self._close(event)
                case _:
                    assert_never(event)
        self._played += 1
        if self._played % BATCH == 0:
            self._write()

    def finish(self) -> None:
        """Write the rest, with the facts of the episodes that go on."""
        self._finished += [memory.as_recorded() for memory in self._episodes.values()]
        self._write()

    def _begin(self, begun: Begun) -> None:
        session, episode = begun.session, self._episodes[id(begun.course)]
        chart, by = episode.of, self._people[session.by]
        history, consents = chart.history(session.on), chart.consents(session.on)
        draft = draft_of(begun, chart.patient, history, consents, self._supplies, by)
        visit = self._charts.open(episode, draft, by=by)
        if begun.is_left_open:
            self._charts.require_possible(visit, by=by)
        self._begun += 1
        self._visits[id(session)] = visit

    def _sign(self, session: Session) -> None:
        begun = self._visits[id(session)]
        self._charts.sign(begun, time_spent_on(self._begun), by=self._people[session.by])
        if session.cosigned_by:
            self._charts.cosign(begun, by=self._people[session.cosigned_by])

    def _close(self, closed: Closed) -> None:
        memory = self._episodes.pop(id(closed.course))
        draft = ClosingDraft(closed.on, closed.course.closing_reason)
        close_episode(self._rows, memory, draft, by=self._registrar)
        self._finished.append(memory.as_recorded())
        for session in closed.course.sessions:
            self._visits.pop(id(session), None)

    def _write(self) -> None:
        self._rows.insert()
        write_facts(self._finished)
        self._finished = []
        audit.write()


def draft_of(
    begun: Begun,
    patient: Patient,
    history: Sequence[PriorAnswer],
    consents: Sequence[PriorConsent],
    supplies: Supplies,
    by: User,
) -> VisitDraft:
    """Return the draft of a session, with what is due asked and consent where it is needed."""
    session = begun.session
    draft = visit_draft(
        begun.course,
        session,
        begun.case.health,
        supplies,
        due=items_due(
            history,
            sites(begun.course, session.ending),
            session.on,
            on_record(patient.conditions, session.on),
        ),
        at=begun.started_at,
        measured_by_id=by.id,
    )
    if consent_needed(draft, consents):
        draft = replace(draft, consent_by=ConsentBy.PATIENT, consent_about=EXPLAINED)
    return draft
