"""The view of the patient's page."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import joinedload

from clinic_notes.charting.note.content import earlier_effects_in_words
from clinic_notes.charting.treatment.last_effects import OpenEffects, last_effects
from clinic_notes.clinical.diagnosis import diagnosis_text
from clinic_notes.core import audit
from clinic_notes.core.access import needs
from clinic_notes.core.display import today
from clinic_notes.core.lookup import find_or_404
from clinic_notes.core.permissions import Permission
from clinic_notes.patients.models import Patient
from clinic_notes.patients.queries import BACKGROUND, alerts
from clinic_notes.progress import page
from clinic_notes.reference.lubricants import allergens

blueprint = Blueprint("progress", __name__)


@blueprint.get("/patients/<int:patient_id>/progress")
@blueprint.get("/patients/<int:patient_id>")
@needs(Permission.PATIENT_READ)
def patient(patient_id: int) -> ResponseReturnValue:
    """Show a patient: alerts, episodes, pain before and after, motion, every session."""
    found = find_or_404(Patient, patient_id, *BACKGROUND, joinedload(Patient.episodes))
    audit.viewed("patient", found, patient_id=found.id)
    episodes = found.episodes
    record = None
    effects: OpenEffects = ()
    if current_user.may(Permission.CHART_READ):
        effects = last_effects(found.id, today())
        asked = request.args.get("episode", 0, type=int)
        record = page.clinical_record(
            found.id,
            episodes,
            asked,
            request.args.get("context", ""),
            page=request.args.get("page", 1, type=int),
        )
    return render_template(
        "progress/patient.html",
        patient=found,
        alerts=alerts(found),
        episodes=episodes,
        record=record,
        open_effects=[*earlier_effects_in_words(effects)],
        site_of=page.site_of,
        diagnosis_text=diagnosis_text,
        closing_text=page.closing_text,
        allergen_label=allergens.label,
    )
