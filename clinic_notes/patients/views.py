"""Views of patients and episodes: search, register, edit."""

from collections.abc import Sequence
from typing import TypeVar

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from clinic_notes.clinical.findings import Refused
from clinic_notes.core import audit
from clinic_notes.core.access import needs
from clinic_notes.core.forms.edit_conflict import EditConflict
from clinic_notes.core.forms.record_form import EditForm, attempt
from clinic_notes.core.lookup import find_or_404
from clinic_notes.core.permissions import Permission
from clinic_notes.core.responses.conflict import conflict_page
from clinic_notes.patients import actions, queries
from clinic_notes.patients.drafts import EpisodeDraft, PatientDraft
from clinic_notes.patients.forms import EpisodeForm, PatientForm, SearchForm
from clinic_notes.patients.models import Episode, Patient
from clinic_notes.patients.queries import PatientRow

Record = TypeVar("Record", Patient, Episode)

blueprint = Blueprint("patients", __name__)


@blueprint.route("/patients", methods=["GET", "POST"])
@needs(Permission.PATIENT_READ)
def index() -> ResponseReturnValue:
    """Show the latest patients, or those searched for. POST keeps names out of addresses."""
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
    """Register a patient, after showing possible duplicates."""
    form = PatientForm.of(None)
    if _wants_other_rows(form):
        return _patient_page(form)
    if form.validate_on_submit():
        draft = form.draft()
        names = draft.given_name, draft.family_name
        duplicates = queries.possible_duplicates(*names, draft.born_on)
        if not form.is_sure(duplicates):
            form.ask_about(duplicates)
            return _patient_page(form, possible_duplicates=duplicates), 422
        try:
            patient = actions.register_patient(draft, by=current_user)
            return _to_patient(patient.id, "The patient is registered.")
        except Refused as refused:
            form.show(refused.findings)
    return _patient_page(form), 422 if form.is_submitted() else 200


@blueprint.route("/patients/<int:patient_id>/edit", methods=["GET", "POST"])
@needs(Permission.PATIENT_WRITE)
def edit(patient_id: int) -> ResponseReturnValue:
    """Edit a patient's identity, allergies and conditions."""
    patient = queries.with_background(_found(Patient, patient_id))
    audit.viewed("patient", patient, patient_id=patient.id)
    form = PatientForm.of(patient)
    if _wants_other_rows(form):
        return _patient_page(form, patient)

    def save(draft: PatientDraft, shown: PatientDraft | None, version: int) -> None:
        actions.revise_patient(patient, draft, shown=shown, version=version, by=current_user)

    done = attempt(form, save)
    if done.is_saved:
        return _to_patient(patient.id, "Saved.")
    if done.conflict:
        return _conflict_page(form, patient, done.conflict, patient.name), done.status
    return _patient_page(form, patient), done.status


@blueprint.route("/patients/<int:patient_id>/episodes/new", methods=["GET", "POST"])
@needs(Permission.PATIENT_WRITE)
def new_episode(patient_id: int) -> ResponseReturnValue:
    """Open an episode of care."""
    patient = queries.with_background(find_or_404(Patient, patient_id))
    audit.viewed("patient", patient, patient_id=patient.id)
    form = EpisodeForm.of(None)
    if form.validate_on_submit():
        try:
            actions.open_episode(patient, form.draft(), by=current_user)
            return _to_patient(patient.id, "The episode is open.")
        except Refused as refused:
            form.show(refused.findings)
    return _episode_page(form, patient), 422 if form.is_submitted() else 200


@blueprint.route("/episodes/<int:episode_id>/edit", methods=["GET", "POST"])
@needs(Permission.PATIENT_WRITE)
def edit_episode(episode_id: int) -> ResponseReturnValue:
    """Edit an episode."""
    episode = _found(Episode, episode_id)
    patient = queries.with_background(find_or_404(Patient, episode.patient_id))
    audit.viewed("episode", episode, patient_id=patient.id)
    form = EpisodeForm.of(episode)

    def save(draft: EpisodeDraft, _: EpisodeDraft | None, version: int) -> None:
        why = form.place_reason.value
        actions.revise_episode(episode, draft, version=version, by=current_user, place_reason=why)

    done = attempt(form, save)
    if done.is_saved:
        return _to_patient(patient.id, "Saved.")
    if done.conflict:
        return _conflict_page(form, patient, done.conflict, episode.complaint), done.status
    return _episode_page(form, patient, episode), done.status


def _found(table: type[Record], number: int) -> Record:
    """Return the record; another save of it is waited for before this one is compared with it."""
    return find_or_404(table, number, to_change=request.method == "POST")


def _wants_other_rows(form: PatientForm) -> bool:
    return form.is_submitted() and form.changed_rows(
        request.form.get("add", ""), request.form.get("drop", "")
    )


def _to_patient(patient_id: int, message: str) -> ResponseReturnValue:
    flash(message)
    return redirect(url_for("progress.patient", patient_id=patient_id), 303)


def _conflict_page(form: EditForm, patient: Patient, conflict: EditConflict, title: str) -> str:
    return conflict_page(form, conflict, title, patient=patient, alerts=queries.alerts(patient))


def _patient_page(
    form: PatientForm,
    patient: Patient | None = None,
    *,
    possible_duplicates: Sequence[PatientRow] = (),
) -> str:
    alerts = queries.alerts(patient) if patient else ()
    return render_template(
        "patients/form.html",
        form=form,
        patient=patient,
        alerts=alerts,
        possible_duplicates=possible_duplicates,
    )


def _episode_page(
    form: EpisodeForm,
    patient: Patient,
    episode: Episode | None = None,
) -> str:
    return render_template(
        "patients/episode.html",
        form=form,
        patient=patient,
        alerts=queries.alerts(patient),
        episode=episode,
        places=queries.places_of(episode) if episode else (),
    )
