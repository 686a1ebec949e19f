"""The pages of the front desk: find a patient, register, correct, open an episode."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from clinic_notes.clinical.findings import Refused
from clinic_notes.core import audit
from clinic_notes.core.doorway import needs
from clinic_notes.core.permissions import Permission
from clinic_notes.core.records import find_or_404
from clinic_notes.patients import actions, queries
from clinic_notes.patients.forms import EpisodeForm, PatientForm, SearchForm
from clinic_notes.patients.models import Episode, Patient
from clinic_notes.patients.queries import PatientRow

blueprint = Blueprint("patients", __name__)

Result = TypeVar("Result")


@blueprint.route("/patients", methods=["GET", "POST"])
@needs(Permission.PATIENT_READ)
def index() -> ResponseReturnValue:
    """Show the latest registered, or who was looked for. Posted: no name stands in an address."""
    form = SearchForm()
    is_refused = form.is_submitted() and not form.validate()
    sought = form.text.data or ""
    found = queries.found("" if is_refused else sought, form.page.data or 1)
    audit.record(
        "patients.viewed", "patients", by=current_user, shown=len(found.rows), total=found.total
    )
    page = render_template("patients/index.html", form=form, found=found, sought=sought)
    return page, 422 if is_refused else 200


@blueprint.route("/patients/new", methods=["GET", "POST"])
@needs(Permission.PATIENT_WRITE)
def new() -> ResponseReturnValue:
    """Register a patient; who may be on record already is shown first."""
    form = PatientForm.of(None)
    if _wants_other_rows(form):
        return _patient_page(form)
    if form.validate_on_submit():
        draft = form.draft()
        twins = queries.likely_same(draft.given_name, draft.family_name, draft.born_on)
        if not form.is_sure(twins):
            form.ask_about(twins)
            return _patient_page(form, twins=twins), 422
        if registered := _done(form, lambda: actions.register_patient(draft, by=current_user)):
            flash(f"{registered.name} is registered.")
            return _to_patient(registered.id)
    return _patient_page(form), 422 if form.is_submitted() else 200


@blueprint.route("/patients/<int:patient_id>/edit", methods=["GET", "POST"])
@needs(Permission.PATIENT_WRITE)
def edit(patient_id: int) -> ResponseReturnValue:
    """Correct who the patient is, what she reacts to and what she lives with."""
    patient = queries.with_background(find_or_404(Patient, patient_id))
    audit.viewed("patient", patient, patient_id=patient.id)
    form = PatientForm.of(patient)
    if _wants_other_rows(form):
        return _patient_page(form, patient=patient)
    if form.validate_on_submit():
        draft, version = form.draft(), form.version.data or 0
        if _done(
            form, lambda: actions.revise_patient(patient, draft, version=version, by=current_user)
        ):
            flash("Saved.")
            return _to_patient(patient.id)
    return _patient_page(form, patient=patient), 422 if form.is_submitted() else 200


@blueprint.route("/patients/<int:patient_id>/episodes/new", methods=["GET", "POST"])
@needs(Permission.PATIENT_WRITE)
def new_episode(patient_id: int) -> ResponseReturnValue:
    """Open an episode of care: one complaint, its plan and its goals."""
    patient = queries.with_background(find_or_404(Patient, patient_id))
    audit.viewed("patient", patient, patient_id=patient.id)
    form = EpisodeForm.of(None)
    if form.validate_on_submit():
        draft = form.draft()
        if _done(form, lambda: actions.open_episode(patient, draft, by=current_user)):
            flash("The episode is open.")
            return _to_patient(patient.id)
    return _episode_page(form, patient), 422 if form.is_submitted() else 200


@blueprint.route("/episodes/<int:episode_id>/edit", methods=["GET", "POST"])
@needs(Permission.PATIENT_WRITE)
def edit_episode(episode_id: int) -> ResponseReturnValue:
    """Correct an episode, close it, or open it again."""
    episode = find_or_404(Episode, episode_id)
    patient = queries.with_background(find_or_404(Patient, episode.patient_id))
    audit.viewed("episode", episode, patient_id=patient.id)
    form = EpisodeForm.of(episode)
    if form.validate_on_submit():
        draft, version = form.draft(), form.version.data or 0
        if _done(
            form, lambda: actions.revise_episode(episode, draft, version=version, by=current_user)
        ):
            flash("Saved.")
            return _to_patient(patient.id)
    page = _episode_page(form, patient, episode=episode)
    return page, 422 if form.is_submitted() else 200


def _done(form: PatientForm | EpisodeForm, act: Callable[[], Result]) -> Result | None:
    """Do it; where a rule says no, show why beside the fields and return None."""
    try:
        return act()
    except Refused as refused:
        for finding in refused.findings:
            form.refuse(finding.about, finding.message)
        return None


def _wants_other_rows(form: PatientForm) -> bool:
    return form.is_submitted() and form.changed_rows(
        request.form.get("add", ""), request.form.get("drop", "")
    )


def _to_patient(patient_id: int) -> ResponseReturnValue:
    return redirect(url_for("progress.patient", patient_id=patient_id), 303)


def _patient_page(
    form: PatientForm, *, patient: Patient | None = None, twins: Sequence[PatientRow] = ()
) -> str:
    alerts = queries.alerts(patient) if patient else ()
    return render_template(
        "patients/form.html", form=form, patient=patient, alerts=alerts, twins=twins
    )


def _episode_page(form: EpisodeForm, patient: Patient, *, episode: Episode | None = None) -> str:
    return render_template(
        "patients/episode.html",
        form=form,
        patient=patient,
        alerts=queries.alerts(patient),
        episode=episode,
    )
