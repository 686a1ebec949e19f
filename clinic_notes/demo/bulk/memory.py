"""A patient's record kept in memory, so that nothing of it is read again.

It gives the rules and the note what the queries would.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from clinic_notes.charting.models import Visit
from clinic_notes.charting.plan.goals import goal_lines, session_rows
from clinic_notes.charting.screening.earlier_answers import EarlierVisits, record_from
from clinic_notes.charting.screening.earlier_statements import LATEST
from clinic_notes.charting.visit.queries import EpisodePosition
from clinic_notes.clinical.change import SessionRow
from clinic_notes.clinical.drafts import Site, VisitDraft
from clinic_notes.clinical.screening import PriorAnswer
from clinic_notes.clinical.screening.consent import PriorConsent
from clinic_notes.outcomes.facts.recorded import RecordedEpisode, recorded_visit
from clinic_notes.patients.models import Episode, Patient
from clinic_notes.plan_of_care.drafts import DischargeFacts
from clinic_notes.plan_of_care.models import Goal
from clinic_notes.reference.terms import Answer, ConsentBy, Decision, Side

KEPT = timedelta(days=60)
"""Twice as long as an answer counts: an older "no" to what was never a yes says nothing."""


class _PastVisit(NamedTuple):
    """A signed visit with the columns that `earlier_visits` reads."""

    id: int
    episode_id: int
    region: str
    side: Side
    served_on: date
    yes_items: str
    no_items: str
    consent_by: ConsentBy | None
    treated: str
    pain_hundredths: int | None


class _PastAnswer(NamedTuple):
    """An answer with the columns that `record_from` needs."""

    item: str
    answer: Answer
    detail: str
    reason: str
    mitigation: Any
    flagged: str
    region: str
    side: Side
    treated: str
    visit_id: int
    served_on: date


class PatientMemory:
    """A patient with the safety answers and consents of all signed visits."""

    def __init__(self, patient: Patient) -> None:
        """Begin before the first visit."""
        self.patient = patient
        self._visits: list[_PastVisit] = []
        self._answers: list[_PastAnswer] = []
        self._history: tuple[date, tuple[PriorAnswer, ...]] | None = None

    def earlier(self, on: date) -> EarlierVisits:
        """Return what `earlier_visits` would read."""
        ever_yes = frozenset(item for visit in self._visits for item in visit.yes_items.split())
        return EarlierVisits(self.patient.id, on, tuple(self._visits), ever_yes)

    def history(self, on: date) -> tuple[PriorAnswer, ...]:
        """Return what `record_of_answers` would."""
        # Asked for when a visit is drafted and when it is signed.
        if self._history is None or self._history[0] != on:
            earlier = self.earlier(on)
            rows = (row for row in self._answers if row.item in earlier.ever_yes)
            self._history = on, record_from(earlier, rows)
        return self._history[1]

    def consents(self, on: date) -> tuple[PriorConsent, ...]:
        """Return the informed consents so far."""
        return self.earlier(on).consents

    def add(self, visit_id: int, episode: Episode, draft: VisitDraft) -> None:
        """Remember a visit that was signed, the latest of all."""
        self._history = None
        self._forget_before(draft.served_on - KEPT)
        visit = _PastVisit(
            visit_id,
            episode.id,
            episode.region,
            episode.side,
            draft.served_on,
            " ".join(row.item for row in draft.answers if row.answer is Answer.YES),
            " ".join(row.item for row in draft.answers if row.answer is Answer.NO),
            draft.consent_by,
            " ".join(f"{use.region}:{use.side}:{use.stroke}" for use in draft.uses),
            _pain_now(draft),
        )
        self._visits.insert(0, visit)
        self._answers[:0] = _answer_rows(visit, draft)

    def _forget_before(self, day: date) -> None:
        if not self._visits or self._visits[-1].served_on >= day:
            return
        ever_yes = self.earlier(day).ever_yes
        self._answers = [
            row for row in self._answers if row.served_on >= day or row.item in ever_yes
        ]
        still = {row.visit_id for row in self._answers}
        self._visits = [
            row
            for nth, row in enumerate(self._visits)
            if nth < LATEST or row.id in still or row.consent_by
        ]


def _pain_now(draft: VisitDraft) -> int | None:
    """Return the first pain now before treatment, as it is stored."""
    rated = next((pain.before.number for pain in draft.pains if pain.context == "now"), None)
    return None if rated is None else int(rated * 100)


def _answer_rows(visit: _PastVisit, draft: VisitDraft) -> Iterator[_PastAnswer]:
    for row in draft.answers:
        flagged = " ".join(f"{site.region}:{site.side}" for site in row.sites)
        yield _PastAnswer(
            row.item, row.answer, row.detail, row.reason, row.mitigation, flagged,
            visit.region, visit.side, visit.treated, visit.id, visit.served_on,
        )  # fmt: skip


@dataclass
class EpisodeMemory:
    """An episode with its goals and what its sessions found."""

    of: PatientMemory
    episode: Episode
    goals: list[Goal]
    recorded: RecordedEpisode
    begun: int = 0
    signed: int = 0
    last_on: date | None = None
    rows: list[SessionRow] = field(default_factory=list)

    @property
    def site(self) -> Site:
        """Return where the complaint is."""
        return Site(self.episode.region, self.episode.side)

    def next_position(self) -> EpisodePosition:
        """Return where the session that begins now stands; it comes after all others."""
        self.begun += 1
        return EpisodePosition(self.begun, is_first=not self.recorded.visits)

    def add(self, visit: Visit, draft: VisitDraft) -> None:
        """Remember a visit that was signed."""
        self.signed += 1
        self.last_on = draft.served_on
        self.rows += session_rows(draft)
        self.of.add(visit.id, self.episode, draft)
        if draft.decision is not Decision.TREATED:
            return
        self.recorded.visits.append(recorded_visit(visit, draft))

    def add_late_grade(self, visit_id: int, grade: int | None) -> None:
        """Remember an effect that an addendum tells of."""
        visits = self.recorded.visits
        for nth, visit in enumerate(visits):
            if visit.id == visit_id and grade is not None:
                visits[nth] = replace(visit, worst_grade=max(grade, visit.worst_grade or 0))

    def discharge_facts(self, on: date) -> DischargeFacts:
        """Return what came of it, as `discharge_facts` of charting reads it."""
        lines = goal_lines(self.goals, self.rows, on)
        met = sum(line.is_met for line in lines)
        return DischargeFacts(met, len(lines) - met, self.signed, self.last_on)

    def as_recorded(self) -> RecordedEpisode:
        """Return it as it is on record, for its facts."""
        return replace(self.recorded, closed_on=self.episode.closed_on)
