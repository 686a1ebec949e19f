"""What the rules say of the form as it stands, for the script that exchanges parts of its page."""

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from clinic_notes.charting.blueprint import blueprint
from clinic_notes.charting.context import VisitContext, VisitFacts
from clinic_notes.charting.models import Visit
from clinic_notes.charting.session_form.forms import VisitForm
from clinic_notes.charting.session_form.page import SessionFormPage
from clinic_notes.charting.session_form.requests import (
    chosen_episode,
    new_session_facts,
    visit_facts,
)
from clinic_notes.charting.visit.queries import WHO
from clinic_notes.core.access import needs, only_reads
from clinic_notes.core.lookup import find_or_404
from clinic_notes.core.permissions import Permission
from clinic_notes.patients.models import Patient
from clinic_notes.patients.queries import IN_TREATMENT


@blueprint.post("/patients/<int:patient_id>/visits/new/findings")
@blueprint.post("/visits/<int:visit_id>/edit/findings")
@needs(Permission.CHART_WRITE)
@only_reads
def show_findings(
    patient_id: int | None = None, visit_id: int | None = None
) -> ResponseReturnValue:
    """Return the parts of the page that follow from what stands on the form; nothing is saved.

    The form was opened, and that is in the trail: this is the same look.
    """
    facts = _stored(visit_id) if visit_id is not None else _new(patient_id or 0)
    form = VisitForm.of_typed(request.form, facts)
    context = VisitContext.fetch(facts, form.partial_draft(facts.draft))
    page = SessionFormPage.fetch(form, context)
    return render_template("charting/session_form/findings.html", page=page)


def _stored(visit_id: int) -> VisitFacts:
    visit = find_or_404(Visit, visit_id, *WHO)
    if visit.is_signed or visit.void:
        # Signed in another window meanwhile: saving says so, and until then nothing is to be shown.
        abort(Response(status=204))
    return visit_facts(visit)


def _new(patient_id: int) -> VisitFacts:
    patient = find_or_404(Patient, patient_id, *IN_TREATMENT)
    episode = chosen_episode(patient)
    if episode is None:
        abort(404)
    return new_session_facts(patient, episode)
