"""The page for a note that was signed while somebody had its form open."""

from flask import render_template, request
from werkzeug.datastructures import MultiDict

from clinic_notes.charting.autosave.requests import next_form_instance
from clinic_notes.charting.context import VisitFacts, position_of
from clinic_notes.charting.models import AutosavedForm, Visit
from clinic_notes.charting.note.forms import AddendumForm
from clinic_notes.charting.note.queries import signatures_of
from clinic_notes.charting.session_form.conflict import edit_conflict
from clinic_notes.charting.session_form.forms import VisitForm
from clinic_notes.core import audit
from clinic_notes.core.responses.errors import worth_showing


def signed_meanwhile_page(facts: VisitFacts, visit: Visit, restored: AutosavedForm | None) -> str:
    """Show what was typed beside the signed note, ready to be added to it.

    What was typed is the restored form or, without one, the form that was sent.
    """
    typed = request.form if restored is None else MultiDict(restored.typed)
    # Nothing is saved here, so a page that is only opened needs no token.
    form = VisitForm.of_typed(typed, facts, meta={"csrf": restored is None})
    audit.viewed("visit", visit, patient_id=visit.patient_id)
    conflict = edit_conflict(facts, visit, form, typed) if form.validate() else None
    text = conflict.typed_changes() if conflict else ""
    position = position_of(facts, facts.draft)
    return render_template(
        "charting/session_form/signed_meanwhile.html",
        visit=visit,
        facts=facts,
        number=position.number,
        conflict=conflict,
        signature=signatures_of(visit)[0],
        addendum=AddendumForm(None, data={"text": text}),
        typed=() if conflict else worth_showing(typed.items(multi=True)),
        form_instance=next_form_instance(restored),
    )
