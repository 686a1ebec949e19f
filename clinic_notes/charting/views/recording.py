"""The form of a visit: begin one, go on with one."""

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import selectinload

from clinic_notes.charting import actions
from clinic_notes.charting.blueprint import blueprint
from clinic_notes.charting.desk import Desk
from clinic_notes.charting.drafting import draft_of
from clinic_notes.charting.forms import VisitForm, shown
from clinic_notes.charting.models import Visit
from clinic_notes.charting.queries import WITH_ROWS, clinicians
from clinic_notes.charting.starting import starting_rows
from clinic_notes.clinical.drafts import VisitDraft
from clinic_notes.clinical.findings import Refused
from clinic_notes.core import audit
from clinic_notes.core.display import today
from clinic_notes.core.doorway import needs
from clinic_notes.core.permissions import Permission
from clinic_notes.core.records import find_or_404
from clinic_notes.equipment.queries import instruments_in_use, lubricants_in_use
from clinic_notes.patients.models import Episode, Patient
from clinic_notes.patients.queries import open_episodes

WHOLE_PATIENT = (selectinload(Patient.allergies), selectinload(Patient.conditions))


@blueprint.route("/patients/<int:patient_id>/visits/new", methods=["GET", "POST"])
@needs(Permission.CHART_WRITE)
def new(patient_id: int) -> ResponseReturnValue:
    """Begin the note of a session, for one of the patient's open episodes."""
    patient = find_or_404(Patient, patient_id, *WHOLE_PATIENT)
    episode = _chosen_episode(patient)
    if episode is None:
        flash("Begin an episode first: what is the complaint, and where?")
        return redirect(url_for("patients.new_episode", patient_id=patient.id), 303)
    desk = Desk(patient, episode, VisitDraft(served_on=today()), visit=None)
    laid_out = {"served_on": today(), "measured_by_id": current_user.id, "uses": [{}]}
    form = VisitForm(data=laid_out | starting_rows(episode, desk.last))

    def save(draft: VisitDraft) -> Visit:
        return actions.open_visit(episode, draft, patient=patient, by=current_user)

    return _answer(form, desk, save)


@blueprint.route("/visits/<int:visit_id>/edit", methods=["GET", "POST"])
@needs(Permission.CHART_WRITE)
def edit(visit_id: int) -> ResponseReturnValue:
    """Go on with a note that is not signed."""
    visit = find_or_404(Visit, visit_id, *WITH_ROWS)
    if visit.is_signed:
        flash("This note is signed. It can be added to, not changed.")
        return redirect(url_for(".show", visit_id=visit.id), 303)
    patient = find_or_404(Patient, visit.patient_id, *WHOLE_PATIENT)
    stored = draft_of(visit)
    desk = Desk(patient, visit.episode, stored, visit=visit)
    form = VisitForm(data=shown(stored) | {"version": visit.version})

    def save(draft: VisitDraft) -> Visit:
        version = int(form.version.data) if str(form.version.data).isdigit() else 0
        actions.record_visit(visit, draft, version=version, by=current_user)
        return visit

    return _answer(form, desk, save)


def _chosen_episode(patient: Patient) -> Episode | None:
    number = request.args.get("episode", type=int)
    if number is None:
        return next(iter(open_episodes(patient.id)), None)
    episode = find_or_404(Episode, number)
    if episode.patient_id != patient.id:
        abort(404)
    return episode


def _answer(
    form: VisitForm, desk: Desk, save: Callable[[VisitDraft], Visit]
) -> ResponseReturnValue:
    """Lay the form out, rearrange it, or save it."""
    form.offer(
        people=[(person.id, person.signs_as) for person in clinicians()],
        instruments=[(tool.id, tool.in_words) for tool in instruments_in_use()],
        lubricants=[(product.id, product.name) for product in lubricants_in_use()],
    )
    audit.viewed("visit_form", desk.visit or "visit", patient_id=desk.patient.id)
    if request.method == "GET" or desk.rearrange(form, request.form):
        return _page(form, desk)
    if not form.validate_on_submit():
        return _page(form, desk), 422
    draft = form.draft()
    try:
        visit = save(draft)
    except Refused as refused:
        form.show(refused.findings)
        return _page(form, desk.reading(draft)), 422
    except actions.ChangedMeanwhile:
        return _page(form, desk.reading(draft), conflict=desk.differences(draft)), 409
    return _go_on(visit)


def _go_on(visit: Visit) -> ResponseReturnValue:
    if request.form.get("then") == "sign":
        return redirect(url_for(".sign", visit_id=visit.id), 303)
    flash("Saved. Nothing is final until you sign.")
    return redirect(url_for(".edit", visit_id=visit.id), 303)


def _page(form: VisitForm, desk: Desk, **more: Any) -> str:
    return render_template("charting/edit.html", form=form, desk=desk, **{"conflict": (), **more})
