"""Checks signed reports: text against seal, seal against trail, row against text."""

from collections.abc import Iterator

from sqlalchemy import select

from clinic_notes.charting.models import Report
from clinic_notes.charting.note.seals import digests_in_trail
from clinic_notes.charting.report.content import report_draft
from clinic_notes.clinical import sealed_note
from clinic_notes.clinical.reports import parts_of, report_from
from clinic_notes.core.db import db


def broken_report_seals() -> Iterator[str]:
    """Yield what is wrong with the current clinic's signed reports, in words, one by one."""
    entered = digests_in_trail(["report.signed"])
    signed = select(Report).where(Report.signed_at.is_not(None)).order_by(Report.id)
    for report in db.session.scalars(signed.execution_options(yield_per=200)):
        found = _wrong_with(report, entered.pop(report.id, []))
        if found:
            yield f"report {report.id}: {found}"
    yield from (f"report {number}: it was signed, and is no longer" for number in sorted(entered))


def _wrong_with(report: Report, digests: list[str]) -> str:
    if [report.digest] != digests:
        return "its signature is not the one in the trail"
    if sealed_note.digest(report.document) != report.digest:
        return "its signed text was changed"
    sealed, draft = report_from(report.document), report_draft(report)
    is_same = (
        {part.name: part.text for part in sealed.parts}
        == {part.name: part.text for part in parts_of(report.kind, draft)}
        and (sealed.period_from, sealed.period_until) == (draft.period_from, draft.period_until)
        and (sealed.signed_by, sealed.licence) == (report.printed_name, report.licence)
        and sealed.kind == report.kind
    )
    return "" if is_same else "its row is not what was signed"
