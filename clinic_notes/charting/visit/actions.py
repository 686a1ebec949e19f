"""Begins a visit and records it, until it is signed."""

from collections.abc import Sequence

from clinic_notes.accounts.models import User
from clinic_notes.charting.models import Visit, columns
from clinic_notes.charting.rules import evaluate_rules
from clinic_notes.charting.screening.earlier_answers import record_of_answers
from clinic_notes.charting.treatment.past_sessions import require_sources
from clinic_notes.charting.treatment.supplies import Supplies, supplies_for
from clinic_notes.charting.visit.save import write_rows
from clinic_notes.clinical.drafts import VisitDraft
from clinic_notes.clinical.findings import Finding, Level, Refused
from clinic_notes.clinical.policy import questions_under
from clinic_notes.clinical.readings.self_report import with_sources
from clinic_notes.clinical.screening import answers_changed
from clinic_notes.clinical.signing import may_edit
from clinic_notes.clinical.wording import day
from clinic_notes.core import audit, clock
from clinic_notes.core.db import db
from clinic_notes.patients.models import Episode, Patient
from clinic_notes.policy.queries import policy_in_force


class ChangedMeanwhile(Exception):
    """Somebody else saved the record after this user had opened it."""


class AlreadySigned(Exception):
    """The note is closed: signed, or discarded as a draft."""


def open_visit(
    episode: Episode,
    draft: VisitDraft,
    *,
    patient: Patient,
    by: User,
    supplies: Supplies | None = None,
) -> Visit:
    """Begin the note of a visit; the patient's allergies and conditions must be loaded.

    ``supplies`` are those already read; where the draft names others, they are looked up.
    Refused for a value that cannot be, RowGone for a treatment repeated from another patient's
    session. What the rules say against it only keeps it from being signed.
    """
    now = clock.now()
    visit = Visit(
        patient_id=episode.patient_id,
        episode_id=episode.id,
        author_id=by.id,
        created_at=now,
        changed_at=now,
        **{name: getattr(draft, name) for name in columns.VISIT},
    )
    if episode.closed_on is not None:
        message = f"The episode closed on {day(episode.closed_on)}: reopen it to add a session."
        raise Refused([Finding(Level.REFUSE, message, "served_on")])
    _require(draft, episode, patient, by, supplies or Supplies())
    blank = VisitDraft(served_on=draft.served_on)
    require_sources(draft, blank, patient.id)
    db.session.add(visit)
    db.session.flush()
    write_rows(visit, blank, draft)
    repeats = draft.repeated_from_id
    audit.record("visit.opened", visit, by=by, decision=draft.decision, repeats=repeats)
    return visit


def record_visit(
    visit: Visit,
    draft: VisitDraft,
    *,
    stored: VisitDraft,
    version: int,
    by: User,
    supplies: Supplies | None = None,
) -> None:
    """Record what a draft says in a visit that is not signed.

    ``stored`` is the visit as `load_visit` read it in this transaction, ``version`` the one the
    user began from, ``supplies`` as in `open_visit`.
    AlreadySigned, ChangedMeanwhile, Refused for a value that cannot be, RowGone for another
    visit's row.
    """
    if not may_edit(visit.is_signed, visit.void is not None):
        raise AlreadySigned
    if version != visit.version:
        raise ChangedMeanwhile
    _require(draft, visit.episode, visit.patient, by, supplies or Supplies())
    draft = with_sources(stored, draft)
    visit.changed_at = clock.now()
    require_sources(draft, stored, visit.patient_id)
    for name in columns.VISIT:
        setattr(visit, name, getattr(draft, name))
    write_rows(visit, stored, draft)
    audit.record(
        "visit.recorded",
        visit,
        by=by,
        decision=draft.decision,
        repeats=draft.repeated_from_id,
        answers=answers_changed(stored.answers, draft.answers),
    )


def resolve_conflict(
    visit: Visit,
    draft: VisitDraft,
    *,
    stored: VisitDraft,
    version: int,
    overruled: Sequence[str],
    by: User,
) -> None:
    """Record what was picked of two versions by somebody who was shown both.

    ``overruled`` names the stored parts that the user replaces with their own. Raises what
    `record_visit` does.
    """
    record_visit(visit, draft, stored=stored, version=version, by=by)
    audit.record("visit.conflict_resolved", visit, by=by, overruled=",".join(overruled))


def _require(
    draft: VisitDraft, episode: Episode, patient: Patient, by: User, supplies: Supplies
) -> None:
    if episode.patient_id != patient.id:
        raise Refused([Finding(Level.REFUSE, "This episode is another patient's.", "")])
    findings = evaluate_rules(
        draft,
        patient=patient,
        episode=episode,
        supplies=supplies if supplies.has_all_of(draft.uses) else supplies_for(draft.uses),
        history=record_of_answers(patient.id, draft.served_on),
        questions=questions_under(policy_in_force(by.clinic.time_zone)),
        now=clock.local_now(by.clinic.time_zone),
    )
    if findings.impossible:
        raise Refused(findings.impossible)
