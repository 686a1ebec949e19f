"""The views of printed documents."""

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import joinedload

from clinic_notes.charting.models import Report, Visit
from clinic_notes.charting.note.page import NotePage
from clinic_notes.charting.report.content import ReportPage
from clinic_notes.charting.report.queries import WHOLE
from clinic_notes.charting.visit.queries import WHO
from clinic_notes.core import audit
from clinic_notes.core.access import needs
from clinic_notes.core.lookup import find_or_404
from clinic_notes.core.permissions import Permission
from clinic_notes.documents.for_patient import page_for_patient
from clinic_notes.documents.note import note_document
from clinic_notes.documents.parts import Document
from clinic_notes.documents.report import report_document
from clinic_notes.documents.typesetting import Paper, paper_of, pdf_of
from clinic_notes.patients.models import Patient
from clinic_notes.progress.page import clinical_record

blueprint = Blueprint("documents", __name__)


@blueprint.get("/visits/<int:visit_id>/note.pdf")
@needs(Permission.CHART_READ)
def note(visit_id: int) -> ResponseReturnValue:
    """Show a session note as PDF, a draft marked as one."""
    visit = find_or_404(Visit, visit_id, *WHO)
    audit.viewed("visit.pdf", visit, patient_id=visit.patient_id)
    document = note_document(NotePage.fetch(visit), current_user.clinic)
    return _answer(document, f"session-note-{visit.id}.pdf")


@blueprint.get("/reports/<int:report_id>/report.pdf")
@needs(Permission.CHART_READ)
def report(report_id: int) -> ResponseReturnValue:
    """Show a report as PDF, a draft marked as one."""
    found = find_or_404(Report, report_id, *WHOLE)
    audit.viewed("report.pdf", found, patient_id=found.patient_id)
    document = report_document(ReportPage.fetch(found), current_user.clinic)
    return _answer(document, f"{found.kind.replace('_', '-')}-{found.id}.pdf")


@blueprint.get("/patients/<int:patient_id>/for-the-patient.pdf")
@needs(Permission.CHART_READ)
def for_patient(patient_id: int) -> ResponseReturnValue:
    """Show a page in plain words for the patient, about the episode asked for."""
    patient = find_or_404(Patient, patient_id, joinedload(Patient.episodes))
    audit.viewed("patient.pdf", patient, patient_id=patient.id)
    asked = request.args.get("episode", 0, type=int)
    progress = clinical_record(patient.id, patient.episodes, asked, "").progress
    if progress is None:
        abort(404)
    document = page_for_patient(patient, progress, current_user.clinic)
    return _answer(document, f"for-the-patient-{patient.id}.pdf")


def _answer(document: Document, filename: str) -> Response:
    """Answer with a PDF; ``filename`` carries nothing about the patient."""
    sizes = {"a4": Paper.A4, "letter": Paper.LETTER}
    paper = sizes.get(request.args.get("paper", ""), paper_of(current_user.clinic.time_zone))
    headers = {"Content-Disposition": f'inline; filename="{filename}"'}
    return Response(pdf_of(document, paper), mimetype="application/pdf", headers=headers)
