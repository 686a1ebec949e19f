"""Begins, changes, discards and signs reports. Nothing is deleted."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from clinic_notes.accounts.models import User
from clinic_notes.accounts.queries import today_at_clinic
from clinic_notes.charting.models import Report
from clinic_notes.charting.plan.closing import first_treatment_on
from clinic_notes.charting.report.content import content_of, report_draft
from clinic_notes.charting.report.facts import episode_facts
from clinic_notes.charting.visit.actions import AlreadySigned, ChangedMeanwhile
from clinic_notes.clinical import sealed_note
from clinic_notes.clinical.due import DueKind
from clinic_notes.clinical.findings import Finding, Level, Refused
from clinic_notes.clinical.lifecycle import meaning_of_signature
from clinic_notes.clinical.reports import (
    EpisodeFacts,
    ReportDraft,
    ReportKind,
    author_refusals,
    document,
    draft_refusals,
    episode_refusals,
    missing_parts,
)
from clinic_notes.core import audit, clock
from clinic_notes.core.db import db
from clinic_notes.core.permissions import Role
from clinic_notes.patients.models import Episode
from clinic_notes.plan_of_care.actions import record_done, withdraw_done
from clinic_notes.plan_of_care.drafts import DoneDraft
from clinic_notes.plan_of_care.models import DueRecord


def begin_report(
    episode: Episode,
    kind: ReportKind,
    draft: ReportDraft,
    *,
    corrects: Report | None = None,
    by: User,
) -> Report:
    """Save the draft of a new report. Refused without a signed session, and to an assistant."""
    facts = episode_facts(episode)
    _require(
        (
            *why_not_begun(kind, facts, by),
            *draft_refusals(kind, draft, today=today_at_clinic()),
            *_wrong_correction(episode, kind, corrects),
        )
    )
    now = clock.now()
    report = Report(
        patient_id=episode.patient_id,
        episode_id=episode.id,
        kind=kind,
        author_id=by.id,
        corrects_id=corrects.id if corrects else None,
        created_at=now,
        changed_at=now,
        **vars(draft),
    )
    db.session.add(report)
    db.session.flush()
    audit.record("report.begun", report, by=by, kind=kind)
    return report


def why_not_begun(kind: ReportKind, facts: EpisodeFacts, by: User) -> tuple[Finding, ...]:
    """Return why this user may not write such a report about the episode."""
    return (*why_not_revised(by), *episode_refusals(kind, facts))


def why_not_revised(by: User) -> tuple[Finding, ...]:
    """Return why this user may not change the draft of a report."""
    return tuple(author_refusals(is_therapist=by.role is Role.THERAPIST))


def revise_report(report: Report, draft: ReportDraft, *, version: int, by: User) -> None:
    """Change a draft. Raises AlreadySigned, and ChangedMeanwhile where it is not at ``version``."""
    _check_open(report, version)
    _require(
        (
            *why_not_revised(by),
            *draft_refusals(report.kind, draft, today=today_at_clinic()),
        )
    )
    changed = audit.changes(report_draft(report), draft)
    for name, value in vars(draft).items():
        setattr(report, name, value)
    report.changed_at = clock.now()
    db.session.flush()
    audit.record("report.revised", report, by=by, version=report.version, **changed)


def discard_report(report: Report, *, version: int, by: User) -> None:
    """Take a draft out of every list; it stays on record as it was."""
    _check_open(report, version)
    _require(why_not_revised(by))
    report.discarded_at = clock.now()
    db.session.flush()
    audit.record("report.discarded", report, by=by)


def outstanding(report: Report, facts: EpisodeFacts, by: User) -> tuple[Finding, ...]:
    """Return what stands in the way of this user's signature."""
    draft = report_draft(report)
    return (
        *why_not_begun(report.kind, facts, by),
        *draft_refusals(report.kind, draft, today=today_at_clinic()),
        *missing_parts(report.kind, draft, facts),
    )


def sign_report(report: Report, *, licence: str, version: int, by: User) -> None:
    """Close a report for good with the signature of the current user.

    What is signed is stored as text with its SHA-256 digest, which the trail holds too. A progress
    report is thereby done: the treatment days are counted from its last day on. The report is
    loaded with WHOLE; Refused with everything that is missing; AlreadySigned; ChangedMeanwhile.
    """
    _check_open(report, version)
    facts = episode_facts(report.episode)
    _require(outstanding(report, facts, by))
    done = _record_done(report, by) if report.kind is ReportKind.PROGRESS_REPORT else None
    content = replace(
        content_of(report, facts),
        signed_by=by.signs_as,
        licence=licence,
        meaning=meaning_of_signature(is_author=by.id == report.author_id, is_assistant=False),
        time_zone=by.clinic.time_zone,
    )
    report.document = document(content)
    report.digest = sealed_note.digest(report.document)
    report.due_record_id = done.id if done else None
    report.signed_at, report.signed_by_id = clock.now(), by.id
    report.printed_name, report.licence = by.signs_as, licence
    db.session.flush()
    audit.record("report.signed", report, by=by, kind=report.kind, digest=report.digest)


def _record_done(report: Report, by: User) -> DueRecord:
    """Record that the progress report was done, instead of that of the one it corrects."""
    if report.corrects_id is not None:
        with_record = select(Report).options(joinedload(Report.due_record))
        was = db.session.scalars(with_record.where(Report.id == report.corrects_id)).one()
        if was.due_record is not None:
            withdraw_done(was.due_record, by=by)
    draft = DoneDraft(DueKind.PROGRESS_REPORT, report.period_until)
    first: date | None = first_treatment_on(report.episode_id)
    return record_done(report.episode, draft, first_treatment_on=first, by=by)


def _check_open(report: Report, version: int) -> None:
    if not report.is_open:
        raise AlreadySigned
    if report.version != version:
        raise ChangedMeanwhile


def _wrong_correction(
    episode: Episode, kind: ReportKind, corrects: Report | None
) -> Iterable[Finding]:
    if corrects is None:
        return
    is_like = corrects.episode_id == episode.id and corrects.kind is kind
    if not (is_like and corrects.is_signed):
        message = "Only a signed report of the same kind and episode is corrected."
        yield Finding(Level.REFUSE, message)


def _require(findings: Iterable[Finding]) -> None:
    found = tuple(findings)
    if found:
        raise Refused(found)
