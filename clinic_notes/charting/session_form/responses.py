"""The pages that the views of the session form answer with."""

from flask import render_template
from flask.typing import ResponseReturnValue

from clinic_notes.charting.autosave.requests import next_form_instance
from clinic_notes.charting.context import VisitContext, VisitFacts, position_of
from clinic_notes.charting.models import AutosavedForm
from clinic_notes.charting.session_form.conflict import EditConflict
from clinic_notes.charting.session_form.page import SessionFormPage
from clinic_notes.charting.session_form.requests import SentForm
from clinic_notes.charting.visit.queries import last_saved_by
from clinic_notes.clinical.drafts import VisitDraft
from clinic_notes.core import audit


def refused_page(sent: SentForm, draft: VisitDraft) -> ResponseReturnValue:
    """Show the form again with what was refused, and what the rules say of the draft."""
    sent.form.remember_refusals()
    context = VisitContext.fetch(sent.facts, draft)
    return form_page(SessionFormPage.fetch(sent.form, context)), 422


def form_page(page: SessionFormPage, restored: AutosavedForm | None = None) -> str:
    """Show the form."""
    _audit_view(page.context)
    return render_template(
        "charting/session_form/edit.html",
        page=page,
        restored=restored,
        form_instance=next_form_instance(restored),
    )


def conflict_page(sent: SentForm, conflict: EditConflict) -> str:
    """Show both versions side by side, each difference with what is chosen so far."""
    _audit_view(sent.facts)
    return render_template(
        "charting/session_form/conflict.html",
        conflict=conflict,
        form=sent.form,
        facts=sent.facts,
        number=position_of(sent.facts, sent.facts.draft).number,
        saver=last_saved_by(conflict.visit),
        form_instance=next_form_instance(None),
    )


def _audit_view(facts: VisitFacts) -> None:
    """Record that the patient's record was shown; a form that is saved shows nothing of it."""
    audit.viewed("visit_form", facts.visit or "visit", patient_id=facts.patient.id)
