"""Views of the goals of an episode: add, edit, end, take up again."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from clinic_notes.clinical.findings import Refused
from clinic_notes.clinical.goals import GoalDraft, goal_title
from clinic_notes.core import audit
from clinic_notes.core.access import needs
from clinic_notes.core.forms.record_form import attempt
from clinic_notes.core.lookup import find_or_404
from clinic_notes.core.permissions import Permission
from clinic_notes.core.responses.conflict import conflict_page
from clinic_notes.patients.actions import ChangedMeanwhile
from clinic_notes.patients.models import Episode, Patient
from clinic_notes.patients.queries import BACKGROUND, alerts
from clinic_notes.plan_of_care import actions
from clinic_notes.plan_of_care.forms import GoalEndForm, GoalForm
from clinic_notes.plan_of_care.models import Goal
from clinic_notes.plan_of_care.queries import goal_draft

blueprint = Blueprint("plan_of_care", __name__)


@blueprint.route("/episodes/<int:episode_id>/goals/new", methods=["GET", "POST"])
@needs(Permission.PATIENT_WRITE)
def new_goal(episode_id: int) -> ResponseReturnValue:
    """Set a goal of an episode."""
    episode = find_or_404(Episode, episode_id)
    audit.viewed("episode", episode, patient_id=episode.patient_id)
    form = GoalForm.for_episode(episode)
    if form.validate_on_submit():
        try:
            actions.add_goal(episode, form.draft(), by=current_user)
            return _to_goals(episode, "The goal is set.")
        except Refused as refused:
            form.show(refused.findings)
    return _goal_page(form, episode), 422 if form.is_submitted() else 200


@blueprint.route("/goals/<int:goal_id>/edit", methods=["GET", "POST"])
@needs(Permission.PATIENT_WRITE)
def edit_goal(goal_id: int) -> ResponseReturnValue:
    """Correct a goal."""
    goal = find_or_404(Goal, goal_id, to_change=request.method == "POST")
    episode = find_or_404(Episode, goal.episode_id)
    audit.viewed("goal", goal, patient_id=goal.patient_id)
    form = GoalForm.for_episode(episode, goal)

    def save(draft: GoalDraft, _: GoalDraft | None, version: int) -> None:
        actions.revise_goal(goal, draft, version=version, by=current_user)

    done = attempt(form, save)
    if done.is_saved:
        return _to_goals(episode, "Saved.")
    if done.conflict:
        patient, title = find_or_404(Patient, goal.patient_id, *BACKGROUND), _title(goal)
        shown = {"patient": patient, "alerts": alerts(patient)}
        return conflict_page(form, done.conflict, title, **shown), done.status
    return _goal_page(form, episode, goal), done.status


@blueprint.route("/goals/<int:goal_id>/end", methods=["GET", "POST"])
@needs(Permission.PATIENT_WRITE)
def end_goal(goal_id: int) -> ResponseReturnValue:
    """End a goal, with the reason."""
    goal = find_or_404(Goal, goal_id)
    episode = find_or_404(Episode, goal.episode_id)
    audit.viewed("goal", goal, patient_id=goal.patient_id)
    form = GoalEndForm.of(goal)
    if form.validate_on_submit():
        try:
            actions.end_goal(goal, form.draft(), version=form.version_seen, by=current_user)
            return _to_goals(episode, "The goal has ended.")
        except Refused as refused:
            form.show(refused.findings)
        except ChangedMeanwhile:
            form.catch_up(goal.version)
            form.add_error("end_reason", "The goal was changed after you opened it. Read it again.")
            return _page("end_goal", form, episode, goal=goal), 409
    return _page("end_goal", form, episode, goal=goal), 422 if form.is_submitted() else 200


@blueprint.post("/goals/<int:goal_id>/resume")
@needs(Permission.PATIENT_WRITE)
def resume_goal(goal_id: int) -> ResponseReturnValue:
    """Take up again a goal that had ended."""
    goal = find_or_404(Goal, goal_id)
    episode = find_or_404(Episode, goal.episode_id)
    actions.resume_goal(goal, by=current_user)
    return _to_goals(episode, "The goal goes on.")


def _to_goals(episode: Episode, message: str) -> ResponseReturnValue:
    flash(message)
    address = url_for(
        "progress.patient", patient_id=episode.patient_id, episode=episode.id, _anchor="goals"
    )
    return redirect(address, 303)


def _goal_page(form: GoalForm, episode: Episode, goal: Goal | None = None) -> str:
    return _page("goal", form, episode, goal=goal)


def _title(goal: Goal | None) -> str:
    return goal_title(goal_draft(goal)) if goal else ""


def _page(name: str, form: object, episode: Episode, goal: Goal | None) -> str:
    patient = find_or_404(Patient, episode.patient_id, *BACKGROUND)
    return render_template(
        f"plan_of_care/{name}.html",
        form=form,
        episode=episode,
        patient=patient,
        alerts=alerts(patient),
        goal=goal,
        title_of_goal=_title(goal),
    )
