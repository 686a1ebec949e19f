"""Views of what is due in an episode, and of its closing."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from clinic_notes.charting.blueprint import blueprint
from clinic_notes.charting.plan.closing import discharge_facts, first_treatment_on
from clinic_notes.clinical.due import DueKind
from clinic_notes.clinical.findings import Refused
from clinic_notes.core import audit
from clinic_notes.core.access import needs
from clinic_notes.core.lookup import find_or_404
from clinic_notes.core.permissions import Permission
from clinic_notes.patients.actions import ChangedMeanwhile
from clinic_notes.patients.models import Episode, Patient
from clinic_notes.patients.queries import BACKGROUND, alerts
from clinic_notes.plan_of_care import actions
from clinic_notes.plan_of_care.forms import ClosingForm, DoneForm, ReopenForm
from clinic_notes.plan_of_care.models import DueRecord

RECORDED = {
    "progress-report": (DueKind.PROGRESS_REPORT, "Progress report done"),
    "re-assessment": (DueKind.REASSESSMENT, "Re-assessment done"),
}
"""What may be recorded as done, and the title of its page, by its name in an address."""


@blueprint.route(
    "/episodes/<int:episode_id>/done/<any('progress-report', 're-assessment'):what>",
    methods=["GET", "POST"],
)
@needs(Permission.CHART_WRITE)
def record_done(episode_id: int, what: str) -> ResponseReturnValue:
    """Record that a progress report or a re-assessment was done."""
    episode, (kind, title) = find_or_404(Episode, episode_id), RECORDED[what]
    audit.viewed("episode", episode, patient_id=episode.patient_id)
    form = DoneForm.of(None)
    if form.validate_on_submit():
        try:
            actions.record_done(
                episode,
                form.draft(kind),
                first_treatment_on=first_treatment_on(episode.id),
                by=current_user,
            )
            return _to_patient(episode, "Recorded.", "due")
        except Refused as refused:
            form.show(refused.findings)
    return _page("done", form, episode, title=title), 422 if form.is_submitted() else 200


@blueprint.post("/due-records/<int:record_id>/withdraw")
@needs(Permission.CHART_WRITE)
def withdraw_done(record_id: int) -> ResponseReturnValue:
    """Take back that something due was done."""
    record = find_or_404(DueRecord, record_id)
    actions.withdraw_done(record, by=current_user)
    return _to_patient(find_or_404(Episode, record.episode_id), "Taken back.", "due")


@blueprint.route("/episodes/<int:episode_id>/close", methods=["GET", "POST"])
@needs(Permission.CHART_WRITE)
def close_episode(episode_id: int) -> ResponseReturnValue:
    """Close an episode, with the reason and what came of it."""
    episode = find_or_404(Episode, episode_id)
    audit.viewed("episode", episode, patient_id=episode.patient_id)
    form, facts = ClosingForm.of(episode), discharge_facts(episode)
    if form.validate_on_submit():
        draft, version = form.draft(), form.version_seen
        try:
            actions.close_episode(episode, draft, facts, version=version, by=current_user)
            return _to_patient(episode, "The episode is closed.", "episodes")
        except Refused as refused:
            form.show(refused.findings)
        except ChangedMeanwhile:
            form.catch_up(episode.version)
            form.add_error("reason", "The episode was changed after you opened it. Read it again.")
            return _page("close", form, episode, facts=facts), 409
    return _page("close", form, episode, facts=facts), 422 if form.is_submitted() else 200


@blueprint.route("/episodes/<int:episode_id>/reopen", methods=["GET", "POST"])
@needs(Permission.CHART_WRITE)
def reopen_episode(episode_id: int) -> ResponseReturnValue:
    """Open a closed episode again, with the reason."""
    episode = find_or_404(Episode, episode_id)
    audit.viewed("episode", episode, patient_id=episode.patient_id)
    form = ReopenForm()
    if form.validate_on_submit():
        try:
            actions.reopen_episode(episode, form.reason.value, by=current_user)
            return _to_patient(episode, "The episode is open again.", "episodes")
        except Refused as refused:
            for finding in refused.findings:
                form.add_error(finding.about, finding.message)
    return _page("reopen", form, episode), 422 if form.is_submitted() else 200


def _to_patient(episode: Episode, message: str, anchor: str) -> ResponseReturnValue:
    flash(message)
    address = url_for(
        "progress.patient", patient_id=episode.patient_id, episode=episode.id, _anchor=anchor
    )
    return redirect(address, 303)


def _page(name: str, form: object, episode: Episode, **shown: object) -> str:
    patient = find_or_404(Patient, episode.patient_id, *BACKGROUND)
    return render_template(
        f"charting/plan/{name}.html",
        form=form,
        episode=episode,
        patient=patient,
        alerts=alerts(patient),
        **shown,
    )
