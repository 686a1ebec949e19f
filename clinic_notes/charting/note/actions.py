"""Signs a note, which closes it for good, and adds to a signed one."""

from datetime import date
from typing import Any

from clinic_notes.accounts.models import User
from clinic_notes.charting.models import Addendum, Correction, Signature, Visit, columns
from clinic_notes.charting.note.corrections import correction_columns
from clinic_notes.charting.note.names import FromEarlier, names_of
from clinic_notes.charting.rules import VisitFindings, evaluate_rules
from clinic_notes.charting.screening.earlier_answers import earlier_visits, record_in
from clinic_notes.charting.visit.actions import AlreadySigned, ChangedMeanwhile
from clinic_notes.charting.visit.load import LoadedVisit, load_visit
from clinic_notes.charting.visit.queries import position_and_goals
from clinic_notes.clinical import sealed_note
from clinic_notes.clinical.corrections import CorrectionDraft, check_correction
from clinic_notes.clinical.drafts import EffectDraft, VisitDraft
from clinic_notes.clinical.findings import Finding, Level, Refused, refusals
from clinic_notes.clinical.lifecycle import meaning_of_signature, signer_refusals
from clinic_notes.clinical.policy import ClinicPolicy, questions_under
from clinic_notes.clinical.signing import may_edit, may_sign
from clinic_notes.clinical.summary import Names
from clinic_notes.clinical.visit_checks import check_addendum
from clinic_notes.core import audit, clock
from clinic_notes.core.db import db
from clinic_notes.core.permissions import Role
from clinic_notes.core.signals import episode_changed, visit_signed
from clinic_notes.policy.queries import policy_in_force


def sign_visit(visit: Visit, *, version: int, by: User) -> None:
    """Close a note with the signature of the current user.

    What is signed is stored as text with its SHA-256 digest (21 CFR 11.70). Refused with
    everything that is missing; AlreadySigned; ChangedMeanwhile where it is not what they read.
    """
    if not may_edit(visit.is_signed, visit.void is not None):
        raise AlreadySigned
    if version != visit.version:
        raise ChangedMeanwhile
    loaded = load_visit(visit)
    position, goals = position_and_goals(visit)
    policy = policy_in_force(by.clinic.time_zone)
    findings = _require_complete(visit, loaded, by, policy, is_first=position.is_first)
    earlier = FromEarlier.of(findings, visit.served_on)
    names = names_of(visit, loaded, position, earlier, policy, by.clinic.time_zone, goals)
    visit.signed_at, visit.signed_by_id = clock.now(), by.id
    # The note is closed before its signature is written: the store lets nothing change after.
    db.session.flush()
    signature = Signature(**signature_columns(visit, loaded.draft, names, by=by))
    db.session.add(signature)
    audit.record("visit.signed", visit, by=by, digest=signature.digest)
    visit_signed.send(visit, draft=loaded.draft)


def signature_columns(visit: Visit, draft: VisitDraft, names: Names, *, by: User) -> dict[str, Any]:
    """Return the signature of a visit that is being closed: its seal, and who signs as what."""
    document = sealed_note.document(sealed_note.SealedNote(draft, names))
    return {
        "visit_id": visit.id,
        "signed_by_id": by.id,
        "signed_at": visit.signed_at,
        "printed_name": by.signs_as,
        "meaning": meaning_of_signature(
            is_author=by.id == visit.author_id, is_assistant=by.role is Role.ASSISTANT
        ),
        "document": document,
        "digest": sealed_note.digest(document),
    }


def add_addendum(
    visit: Visit,
    *,
    text: str,
    about_on: date | None,
    effect: EffectDraft,
    by: User,
    correction: CorrectionDraft | None = None,
) -> Addendum:
    """Add to a signed note: words, an effect reported later, or the correction of a value of it.

    The note itself stays; what is corrected counts as corrected from now on.
    """
    known = addendum_columns(
        visit,
        text=text,
        about_on=about_on,
        effect=effect,
        by=by,
        born_on=visit.patient.born_on,
        correction=correction,
    )
    addendum = Addendum(**known)
    db.session.add(addendum)
    if correction is not None:
        db.session.flush()
        of = {"visit_id": visit.id, "episode_id": visit.episode_id, "addendum_id": addendum.id}
        db.session.add(Correction(**of, **correction_columns(correction)))
    corrects: dict[str, Any] = {"corrects": correction.value.key} if correction is not None else {}
    audit.record("visit.amended", visit, by=by, effect=effect.effect, **corrects)
    episode_changed.send(visit.episode_id, visit_id=visit.id)
    return addendum


def addendum_columns(
    visit: Visit,
    *,
    text: str,
    about_on: date | None,
    effect: EffectDraft,
    by: User,
    born_on: date | None = None,
    correction: CorrectionDraft | None = None,
) -> dict[str, Any]:
    """Return an addendum as a row. Refused where it cannot be right."""
    if not visit.is_signed:
        raise Refused([Finding(Level.REFUSE, "This note is not signed yet: edit it.", "text")])
    if visit.void is not None:
        raise Refused(
            [Finding(Level.REFUSE, "This note is voided: nothing is added to it.", "text")]
        )
    today = clock.today(by.clinic.time_zone)
    findings = check_addendum(
        text,
        about_on,
        effect,
        today=today,
        born_on=born_on,
        corrects=() if correction is None else check_correction(correction, reason=text),
    )
    if refusals(findings):
        raise Refused(findings)
    return {
        "visit_id": visit.id,
        "author_id": by.id,
        "printed_name": by.signs_as,
        "written_at": clock.now(),
        "about_on": about_on,
        "text": text,
        **columns.effect_columns(effect),
    }


def _require_complete(
    visit: Visit, loaded: LoadedVisit, by: User, policy: ClinicPolicy, *, is_first: bool
) -> VisitFindings:
    earlier = earlier_visits(visit.patient_id, visit.served_on)
    findings = evaluate_rules(
        loaded.draft,
        patient=visit.patient,
        episode=visit.episode,
        supplies=loaded.supplies,
        history=record_in(earlier),
        pain_before=earlier.pain_before(visit.episode_id),
        questions=questions_under(policy),
        now=clock.local_now(by.clinic.time_zone),
        is_first=is_first,
    )
    found = (*findings.refusals, *findings.missing, *why_not_signer(visit, by, is_first=is_first))
    if not may_sign(visit.is_signed, found):
        raise Refused(found)
    return findings


def why_not_signer(visit: Visit, by: User, *, is_first: bool) -> tuple[Finding, ...]:
    """Return why this user may not sign this note, whatever it says."""
    return signer_refusals(
        is_assistant=by.role is Role.ASSISTANT,
        is_author=by.id == visit.author_id,
        is_first=is_first,
    )
