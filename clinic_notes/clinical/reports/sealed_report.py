"""The sealed document of a signed report: everything it shows, as canonical JSON."""

import json
from dataclasses import dataclass
from datetime import date

from clinic_notes.clinical import sealed_note
from clinic_notes.clinical.lifecycle import Identity, identity_from
from clinic_notes.clinical.reports.kinds import KINDS, ReportKind
from clinic_notes.clinical.reports.model import ReportDraft
from clinic_notes.clinical.reports.trends import Trend


@dataclass(frozen=True)
class SealedPart:
    """One text with the heading it was signed under."""

    name: str
    title: str
    text: str


@dataclass(frozen=True)
class SealedReport:
    """What a person signed: the report, whom it is about, and who signed as what."""

    kind: str
    title: str
    patient: str
    complaint: str
    period_from: date
    period_until: date
    recipient: str
    parts: tuple[SealedPart, ...]
    trends: tuple[Trend, ...] = ()
    physician: str = ""
    """Who is to certify a plan of care, "" where that is not on record."""
    corrects: str = ""
    """Which signed report this one corrects, in words."""
    signed_by: str = ""
    licence: str = ""
    meaning: str = ""
    time_zone: str = ""

    @property
    def identity(self) -> Identity | None:
        """Whom it is about."""
        return identity_from(self.patient, self.complaint)


def parts_of(kind: ReportKind, draft: ReportDraft) -> tuple[SealedPart, ...]:
    """Return the texts of a report under their headings; what is empty is left out."""
    return tuple(
        SealedPart(part.name, part.title, text)
        for part in KINDS[kind].parts
        if (text := getattr(draft, part.name))
    )


def document(report: SealedReport) -> str:
    """Return the report as canonical JSON: keys sorted, no spaces, ASCII, dates as ISO 8601."""
    data = sealed_note.as_data(report)
    return json.dumps(data, sort_keys=True, separators=(",", ":"))


def report_from(document: str) -> SealedReport:
    """Return the report of a sealed document; raises NotADraft where it is none."""
    return sealed_note.draft_from_data(SealedReport, json.loads(document))
