"""The page on which a draft is discarded or a signed note voided."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from clinic_notes.charting.blueprint import blueprint
from clinic_notes.charting.models import Visit
from clinic_notes.charting.visit.queries import WHO
from clinic_notes.charting.void import actions
from clinic_notes.clinical.findings import Refused
from clinic_notes.core import audit
from clinic_notes.core.access import needs
from clinic_notes.core.forms.base import BaseForm
from clinic_notes.core.forms.fields import LongText
from clinic_notes.core.lookup import find_or_404
from clinic_notes.core.permissions import Permission


class VoidForm(BaseForm):
    """Asks why."""

    reason = LongText("Why", required=True)


@blueprint.route("/visits/<int:visit_id>/void", methods=["GET", "POST"])
@needs(Permission.CHART_WRITE)
def void(visit_id: int) -> ResponseReturnValue:
    """Discard a draft or void a signed note, with the reason."""
    visit = find_or_404(Visit, visit_id, *WHO, to_change=request.method == "POST")
    form, not_allowed = VoidForm(), actions.why_not_voided(visit, current_user)
    if form.validate_on_submit():
        try:
            actions.void_visit(visit, form.reason.value, by=current_user)
        except Refused as refused:
            for finding in refused.findings:
                form.add_error(finding.about or "reason", finding.message)
        else:
            flash(
                "Voided. It stays on record and counts no more."
                if visit.is_signed
                else "Discarded."
            )
            address = url_for("progress.patient", patient_id=visit.patient_id, _anchor="sessions")
            return redirect(address, 303)
    audit.viewed("visit", visit, patient_id=visit.patient_id)
    page = render_template(
        "charting/void/void.html", visit=visit, form=form, not_allowed=not_allowed
    )
    return page, 422 if form.is_submitted() else 200
