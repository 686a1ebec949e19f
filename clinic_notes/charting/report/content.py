"""What a report says: as it was sealed or, of a draft, as it would be signed now."""

from dataclasses import dataclass, fields
from typing import Self

from sqlalchemy import select

from clinic_notes.charting.models import Report
from clinic_notes.charting.report.facts import episode_facts
from clinic_notes.charting.report.queries import correction_of
from clinic_notes.clinical import sealed_note
from clinic_notes.clinical.lifecycle import Identity
from clinic_notes.clinical.reports import (
    KINDS,
    EpisodeFacts,
    ReportDraft,
    SealedReport,
    parts_of,
    report_from,
    report_trends,
)
from clinic_notes.clinical.wording import day
from clinic_notes.core.db import db


def report_draft(report: Report) -> ReportDraft:
    """Return a report as its form would send it."""
    return ReportDraft(**{each.name: getattr(report, each.name) for each in fields(ReportDraft)})


def identity_now(report: Report) -> Identity:
    """Return whom a report is about, as the record says it today."""
    patient = report.patient
    return Identity(patient.name, patient.born_on, patient.mrn, report.episode.complaint)


def content_of(report: Report, facts: EpisodeFacts) -> SealedReport:
    """Return what a draft says, with what is on record of its patient and episode now."""
    draft, kind, episode = report_draft(report), KINDS[report.kind], report.episode
    return SealedReport(
        kind=report.kind.value,
        title=kind.title,
        patient=identity_now(report).sealed_words,
        complaint=episode.complaint,
        period_from=draft.period_from,
        period_until=draft.period_until,
        recipient=draft.recipient if kind.has_recipient else "",
        parts=parts_of(report.kind, draft),
        trends=report_trends(facts.rows, facts.goals, draft.period_until),
        physician=episode.certified_by if kind.is_certified else "",
        corrects=_corrected(report),
    )


def _corrected(report: Report) -> str:
    if report.corrects_id is None:
        return ""
    mine = select(Report).where(Report.id == report.corrects_id)
    was = db.session.scalars(mine).one()
    until = day(was.period_until)
    return f"{KINDS[was.kind].title} until {until}, signed by {was.printed_name}"


@dataclass(frozen=True)
class ReportPage:
    """What a page or a printed document of one report shows."""

    report: Report
    content: SealedReport
    identity: Identity
    is_whole: bool
    """Whether the sealed text still has the digest it was signed with."""
    correction: Report | None
    """The signed report that corrects it."""

    @classmethod
    def fetch(cls, report: Report) -> Self:
        """Return the page of a report loaded with WHOLE."""
        if not report.is_signed:
            return cls.of_draft(report, episode_facts(report.episode))
        content = report_from(report.document)
        return cls(
            report=report,
            content=content,
            identity=content.identity or identity_now(report),
            is_whole=sealed_note.digest(report.document) == report.digest,
            correction=correction_of(report),
        )

    @classmethod
    def of_draft(cls, report: Report, facts: EpisodeFacts) -> Self:
        """Return the page of a draft, as it would be signed now."""
        return cls(report, content_of(report, facts), identity_now(report), True, None)

    @property
    def period(self) -> str:
        """The days it is about, under their names."""
        begins, ends = KINDS[self.report.kind].period
        content = self.content
        return (
            f"{begins} {day(content.period_from)}, {ends.split()[-1]} {day(content.period_until)}"
        )
