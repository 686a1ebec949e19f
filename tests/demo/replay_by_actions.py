"""Replays the demo's timeline through the actions that the views call."""

from typing import assert_never

from sqlalchemy import select

from clinic_notes.accounts.models import User
from clinic_notes.charting import actions as charting
from clinic_notes.charting.cosignature.actions import cosign
from clinic_notes.charting.models import Visit
from clinic_notes.charting.plan.closing import discharge_facts
from clinic_notes.charting.screening.earlier_answers import answers_and_last, earlier_visits
from clinic_notes.charting.visit.queries import WHO
from clinic_notes.core import audit, clock
from clinic_notes.core.db import db
from clinic_notes.demo.documentation_time import time_spent_on
from clinic_notes.demo.drafts import episode_draft
from clinic_notes.demo.episode_courses import Course, Session
from clinic_notes.demo.equipment import Supplies
from clinic_notes.demo.goals import goal_drafts
from clinic_notes.demo.replay import draft_of
from clinic_notes.demo.timeline import Added, Begun, Closed, Event, Opened, Registered, Signed
from clinic_notes.patients import actions as patients
from clinic_notes.patients.models import Episode, Patient
from clinic_notes.plan_of_care import actions as plan_of_care
from clinic_notes.plan_of_care.drafts import ClosingDraft


class Replay:
    """The state of a replay: users, equipment, and the records made so far."""

    def __init__(self, people: dict[str, User], supplies: Supplies) -> None:
        """Start with nothing recorded."""
        self._people, self._supplies = people, supplies
        self._registrar = people["maya"]
        self._patients: dict[int, Patient] = {}
        self._episodes: dict[int, Episode] = {}
        self._visits: dict[int, int] = {}
        self._begun = 0

    def play(self, event: Event) -> None:
        """Perform one event, with the clock and the audit trail at its time."""
        with clock.at(event.at):
            match event:
                case Registered(_, case):
                    patient = patients.register_patient(case.patient, by=self._registrar)
                    self._patients[id(case)] = patient
                case Opened(_, case, course):
                    self._open(self._patients[id(case)], course)
                case Begun():
                    self._begin(event)
                case Signed(_, session):
                    self._sign(session)
                case Added(_, session):
                    self._add(session)
                case Closed(_, course, on):
                    self._close(self._episodes[id(course)], ClosingDraft(on, course.closing_reason))
                case _:
                    assert_never(event)
            audit.write()

    def _begin(self, begun: Begun) -> None:
        session = begun.session
        patient, episode = self._patients[id(begun.case)], self._episodes[id(begun.course)]
        earlier = answers_and_last(earlier_visits(patient.id, session.on))
        by = self._people[session.by]
        draft = draft_of(begun, patient, earlier.record, earlier.consents, self._supplies, by)
        self._begun += 1
        self._visits[id(session)] = charting.open_visit(episode, draft, patient=patient, by=by).id

    def _open(self, patient: Patient, course: Course) -> None:
        episode = patients.open_episode(patient, episode_draft(course), by=self._registrar)
        for goal in goal_drafts(course):
            plan_of_care.add_goal(episode, goal, by=self._registrar)
        self._episodes[id(course)] = episode

    def finish(self) -> None:
        """Have nothing left to write, unlike the replay in bulk."""

    def _close(self, episode: Episode, draft: ClosingDraft) -> None:
        plan_of_care.close_episode(
            episode,
            draft,
            discharge_facts(episode),
            version=episode.version,
            by=self._registrar,
        )

    def _add(self, session: Session) -> None:
        charting.add_addendum(
            self._visit(session),
            text=session.addendum,
            about_on=None,
            effect=session.late,
            by=self._people[session.by],
        )

    def _sign(self, session: Session) -> None:
        visit, by = self._visit(session), self._people[session.by]
        charting.add_documentation_time(visit, time_spent_on(self._begun), by=by)
        charting.sign_visit(visit, version=visit.version, by=by)
        if session.cosigned_by:
            db.session.flush()
            colleague = self._people[session.cosigned_by]
            cosign(self._visit(session), addenda=0, by=colleague)

    def _visit(self, session: Session) -> Visit:
        """Load a visit as the view that signs it does."""
        mine = select(Visit).where(Visit.id == self._visits[id(session)]).options(*WHO)
        found = db.session.scalars(mine.execution_options(populate_existing=True))
        return found.unique().one()
