"""What the views of the session form answer: the form, both versions, a redirect."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from clinic_notes.charting.autosave.requests import clear_autosave_of, next_form_instance
from clinic_notes.charting.context import VisitContext, VisitFacts, position_of
from clinic_notes.charting.documentation_time.actions import add_documentation_time
from clinic_notes.charting.models import AutosavedForm, Visit
from clinic_notes.charting.session_form.forms import VisitForm
from clinic_notes.charting.session_form.page import SessionFormPage
from clinic_notes.charting.session_form.requests import SentForm
from clinic_notes.charting.visit.queries import last_saved_by
from clinic_notes.clinical.drafts import VisitDraft
from clinic_notes.clinical.findings import Finding
from clinic_notes.core import audit
from clinic_notes.core.forms.edit_conflict import EditConflict


def refused_page(
    sent: SentForm, draft: VisitDraft, refused: Sequence[Finding] = ()
) -> ResponseReturnValue:
    """Show the form again with everything that is to be corrected, in one round.

    ``refused`` is why it was not saved, beyond what the form itself says. Where the session was to
    be signed, all that stands in the way of that is said as well.
    """
    context = VisitContext.fetch(sent.facts, draft)
    is_for_signature = request.form.get("then") == "sign"
    found: Sequence[Finding] = (
        context.outstanding if is_for_signature else context.findings.impossible
    )
    # What could not be read has its message; a rule would say it once more in other words.
    unread = {field for field, _ in sent.form.error_list()}
    found = [f for f in (*refused, *found) if sent.form.field_about(f.about) not in unread]
    sent.form.show({(f.about, f.message): f for f in found}.values())
    sent.form.remember_refusals()
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
        saver=last_saved_by(sent.visit),
        form_instance=next_form_instance(None),
    )


def after_save(form: VisitForm, visit: Visit) -> ResponseReturnValue:
    """Clear what was autosaved, add the time it took, and lead on: to the form, or to sign."""
    clear_autosave_of(visit)
    spent = form.spent()
    if spent is not None:
        add_documentation_time(visit, spent, by=current_user)
    if request.form.get("then") == "sign":
        return redirect(url_for(".sign", visit_id=visit.id), 303)
    if request.form.get("then") == "kiosk":
        return redirect(url_for(".start_kiosk", visit_id=visit.id), 303)
    flash("Saved. Nothing is final until you sign.")
    return redirect(url_for(".edit", visit_id=visit.id), 303)


def _audit_view(facts: VisitFacts) -> None:
    """Record that the patient's record was shown; a form that is saved shows nothing of it."""
    audit.viewed("visit_form", facts.visit or "visit", patient_id=facts.patient.id)
