"""A report as a document: what its page shows, in the same words, with its trends drawn."""

from collections.abc import Iterator

from flask import render_template

from clinic_notes.accounts.models import Clinic
from clinic_notes.charting.report.content import ReportPage
from clinic_notes.clinical.reports import KINDS, Trend
from clinic_notes.clinical.wording import capitalized, day
from clinic_notes.core.display import local
from clinic_notes.documents.letterhead import footer_of, lines_below_name
from clinic_notes.documents.parts import Document, Drawing, DrawingRow, Section, Signed, Text
from clinic_notes.documents.trend_chart import trend_chart

BROKEN = (
    "The sealed text of this report does not match its fingerprint. Ask the clinic before you rely "
    "on it."
)
TREND_MM = 57
"""Three trends stand beside each other on the narrower of the two papers."""


def report_document(page: ReportPage, clinic: Clinic) -> Document:
    """Return the document of a report."""
    content, identity = page.content, page.identity
    begins, ends = KINDS[page.report.kind].period
    return Document(
        title=content.title,
        clinic=clinic.name,
        letterhead=lines_below_name(clinic),
        patient=(
            ("Patient", identity.name),
            ("Date of birth", day(identity.born_on)),
            ("MRN", identity.mrn),
            ("Complaint", identity.complaint),
            (begins, day(content.period_from)),
            (capitalized(ends.split()[-1]), day(content.period_until)),
        ),
        footer=footer_of(identity, f"{content.title} until {day(content.period_until)}"),
        sections=tuple(_sections(page)),
        signatures=tuple(_signatures(page)),
        unsigned=""
        if page.report.is_signed
        else f"Not signed. Begun by {page.report.author.signs_as}, "
        f"last saved {local(page.report.changed_at)}.",
        notices=tuple(_notices(page)),
        by_hand=_by_hand(page),
    )


def _notices(page: ReportPage) -> Iterator[str]:
    if not page.is_whole:
        yield BROKEN
    if page.correction:
        yield f"Corrected by the report signed {local(page.correction.signed_at)}."
    if page.content.corrects:
        yield f"Corrects: {page.content.corrects}."


def _sections(page: ReportPage) -> Iterator[Section]:
    content = page.content
    if content.recipient:
        yield Section("To", (Text(content.recipient),))
    for part in content.parts:
        yield Section(part.title, (Text(part.text),))
        if part.name == "changes" and content.trends:
            drawn = DrawingRow(tuple(map(_drawing, content.trends)))
            yield Section("Trends, readings before treatment", (drawn,))


def _drawing(trend: Trend) -> Drawing:
    svg = render_template("documents/trend.svg", chart=trend_chart(trend))
    return Drawing(svg, f"{trend.sentence}.", TREND_MM, trend.title)


def _signatures(page: ReportPage) -> Iterator[Signed]:
    report, content = page.report, page.content
    if report.is_signed:
        licence = f", licence {content.licence}" if content.licence else ""
        yield Signed(
            f"{content.signed_by}{licence}",
            f"{content.meaning}, signed {local(report.signed_at)}",
            (f"Sealed, SHA-256 {report.digest}",),
        )


def _by_hand(page: ReportPage) -> tuple[str, ...]:
    """Return what stands below the lines that are signed on paper."""
    if not KINDS[page.report.kind].is_certified:
        return ()
    who = page.content.physician or "Physician, name and credentials"
    return (f"{who}: I certify the need for this plan of care", "Date")
