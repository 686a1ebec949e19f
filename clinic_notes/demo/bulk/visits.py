"""Opens, signs and amends visits in bulk: what the actions of charting do, row by row."""

from datetime import date

from sqlalchemy.orm.attributes import set_committed_value

from clinic_notes.accounts.models import User
from clinic_notes.charting.cosignature.actions import cosignature_columns
from clinic_notes.charting.documentation_time.actions import time_columns
from clinic_notes.charting.models import (
    Addendum,
    DocumentationTime,
    Signature,
    Visit,
    columns,
)
from clinic_notes.charting.note.actions import addendum_columns, signature_columns, why_not_signer
from clinic_notes.charting.note.names import FromEarlier, names_with_goals
from clinic_notes.charting.plan.goals import goals_at, goals_in_words
from clinic_notes.charting.rules import VisitFindings, evaluate_rules
from clinic_notes.charting.treatment.supplies import Supplies
from clinic_notes.charting.visit.load import LoadedVisit
from clinic_notes.charting.visit.queries import EpisodePosition
from clinic_notes.clinical.documentation_time import TimeSpent
from clinic_notes.clinical.drafts import EffectDraft, VisitDraft
from clinic_notes.clinical.findings import Refused
from clinic_notes.clinical.policy import ClinicPolicy, questions_under
from clinic_notes.clinical.signing import may_sign
from clinic_notes.core import audit, clock
from clinic_notes.demo.bulk.memory import EpisodeMemory
from clinic_notes.demo.bulk.rows import NewRows
from clinic_notes.demo.bulk.visit_rows import add_rows
from clinic_notes.reference.contraindications import checklist


class BegunVisit:
    """A visit that is open, with its episode and its draft as it is stored."""

    def __init__(
        self, visit: Visit, episode: EpisodeMemory, draft: VisitDraft, position: EpisodePosition
    ) -> None:
        """Hold them together."""
        self.visit, self.episode, self.draft, self.position = visit, episode, draft, position
        self.document = ""
        """What was signed."""


class BulkVisits:
    """The visits of one clinic, gathered in ``rows``."""

    def __init__(self, rows: NewRows, supplies: Supplies, policy: ClinicPolicy) -> None:
        """Begin with the clinic's supplies and its policy."""
        self._rows, self._supplies, self._policy = rows, supplies, policy
        self._questions = questions_under(policy)

    def open(self, episode: EpisodeMemory, draft: VisitDraft, *, by: User) -> BegunVisit:
        """Do what `open_visit` does; the rules are asked when it is signed."""
        now = clock.now()
        known = {name: getattr(draft, name) for name in columns.VISIT} | {
            "id": self._rows.new_id(Visit),
            "patient_id": episode.episode.patient_id,
            "episode_id": episode.episode.id,
            "author_id": by.id,
            "created_at": now,
            "changed_at": now,
            "version": 1,
        }
        self._rows.add(Visit, known)
        visit = Visit(**known)
        measured_by = by if draft.measured_by_id == by.id else None
        for name, value in (
            ("patient", episode.of.patient),
            ("episode", episode.episode),
            ("author", by),
            ("measured_by", measured_by),
        ):
            set_committed_value(visit, name, value)
        stored = add_rows(self._rows, visit, draft)
        repeats = draft.repeated_from_id
        audit.record("visit.opened", visit, by=by, decision=draft.decision, repeats=repeats)
        return BegunVisit(visit, episode, stored, episode.next_position())

    def require_possible(self, begun: BegunVisit, *, by: User) -> None:
        """Refuse a draft that could not be saved, as `open_visit` does."""
        if impossible := self._findings(begun, by).impossible:
            raise Refused(impossible)

    def sign(self, begun: BegunVisit, spent: TimeSpent, *, by: User) -> None:
        """Do what `add_documentation_time` and `sign_visit` do."""
        visit, episode, draft = begun.visit, begun.episode, begun.draft
        self._rows.add(DocumentationTime, time_columns(visit, spent, by=by))
        audit.record("documentation_time.added", visit, by=by)
        findings = self._findings(begun, by)
        is_first = begun.position.is_first
        not_signer = why_not_signer(visit, by, is_first=is_first)
        found = (*findings.refusals, *findings.missing, *not_signer)
        if not may_sign(visit.is_signed, found):
            raise Refused(found)
        asked = {row.item: checklist[row.item].question for row in draft.answers}
        names = names_with_goals(
            visit,
            LoadedVisit(draft, self._used(draft), asked),
            begun.position,
            FromEarlier.of(findings, draft.served_on),
            self._policy,
            by.clinic.time_zone,
            goals_in_words(goals_at(episode.goals, draft.served_on), episode.rows, draft),
        )
        visit.signed_at, visit.signed_by_id = clock.now(), by.id
        self._rows.change(
            Visit,
            {"id": visit.id, "signed_at": visit.signed_at, "signed_by_id": by.id, "version": 2},
        )
        signature = signature_columns(visit, draft, names, by=by)
        self._rows.add(Signature, signature)
        audit.record("visit.signed", visit, by=by, digest=signature["digest"])
        episode.add(visit, draft)
        begun.document = signature["document"]

    def cosign(self, begun: BegunVisit, *, by: User) -> None:
        """Do what `cosign` does."""
        signature = cosignature_columns(begun.visit.id, begun.document, by=by)
        self._rows.add(Signature, signature)
        audit.record("visit.cosigned", begun.visit, by=by, digest=signature["digest"], addenda=0)

    def amend(
        self, begun: BegunVisit, text: str, about_on: date | None, effect: EffectDraft, *, by: User
    ) -> None:
        """Do what `add_addendum` does."""
        row = addendum_columns(begun.visit, text=text, about_on=about_on, effect=effect, by=by)
        self._rows.add(Addendum, row)
        audit.record("visit.amended", begun.visit, by=by, effect=effect.effect)
        begun.episode.add_late_grade(begun.visit.id, effect.grade)

    def _findings(self, begun: BegunVisit, by: User) -> VisitFindings:
        draft, patient = begun.draft, begun.episode.of
        return evaluate_rules(
            draft,
            patient=patient.patient,
            episode=begun.episode.episode,
            supplies=self._supplies,
            history=patient.history(draft.served_on),
            questions=self._questions,
            now=clock.local_now(by.clinic.time_zone),
            is_first=begun.position.is_first,
            pain_before=patient.earlier(draft.served_on).pain_before(begun.episode.episode.id),
        )

    def _used(self, draft: VisitDraft) -> Supplies:
        tools = {use.instrument_id for use in draft.uses}
        products = {use.lubricant_id for use in draft.uses if use.lubricant_id}
        return Supplies.of(
            (self._supplies.instruments[number] for number in tools),
            (self._supplies.lubricants[number] for number in products),
        )
