"""The form of a session: open it, save it, and what its other buttons do."""

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from clinic_notes.charting.autosave.form_instance import About
from clinic_notes.charting.autosave.requests import restored_form
from clinic_notes.charting.blueprint import blueprint
from clinic_notes.charting.context import VisitContext, VisitFacts
from clinic_notes.charting.models import AutosavedForm, Visit
from clinic_notes.charting.session_form import repeat, rows_and_answers
from clinic_notes.charting.session_form.conflict import edit_conflict
from clinic_notes.charting.session_form.forms import VisitForm
from clinic_notes.charting.session_form.initial_values import initial_values, stored_values
from clinic_notes.charting.session_form.page import SessionFormPage
from clinic_notes.charting.session_form.repeat import RepeatChoices
from clinic_notes.charting.session_form.requests import (
    SentForm,
    chosen_episode,
    episode_needed,
    new_session_facts,
    visit_facts,
    with_sent_form,
)
from clinic_notes.charting.session_form.responses import (
    after_save,
    conflict_page,
    form_page,
    refused_page,
)
from clinic_notes.charting.session_form.signed_meanwhile import signed_meanwhile_page
from clinic_notes.charting.treatment.last_effects import last_effects
from clinic_notes.charting.visit import actions
from clinic_notes.charting.visit.queries import WHO
from clinic_notes.clinical.drafts import VisitDraft
from clinic_notes.clinical.findings import Refused
from clinic_notes.clinical.repeat.treatment import PastTreatment
from clinic_notes.core.access import finds_again_by, needs
from clinic_notes.core.lookup import find_or_404
from clinic_notes.core.permissions import Permission
from clinic_notes.patients.models import Patient
from clinic_notes.patients.queries import IN_TREATMENT


@blueprint.get("/patients/<int:patient_id>/visits/new")
@needs(Permission.CHART_WRITE)
def new(patient_id: int) -> ResponseReturnValue:
    """Open the form of a new session, for one of the patient's open episodes."""
    patient = find_or_404(Patient, patient_id, *IN_TREATMENT)
    episode = chosen_episode(patient)
    if episode is None:
        return episode_needed(patient)
    restored = restored_form(About(patient.id, episode.id, None))
    if restored is not None and restored.episode_id != episode.id:
        asked, episode_id = request.args.get("repeat"), restored.episode_id
        return redirect(url_for(".new", patient_id=patient.id, episode=episode_id, repeat=asked))
    facts = new_session_facts(patient, episode)
    return _open(facts) if restored is None else _open_restored(facts, restored)


@blueprint.get("/visits/<int:visit_id>/edit")
@needs(Permission.CHART_WRITE)
def edit(visit_id: int) -> ResponseReturnValue:
    """Open the form of a note that is not signed."""
    visit = find_or_404(Visit, visit_id, *WHO)
    if visit.void and not visit.is_signed:
        flash("This draft was discarded.")
        return redirect(url_for(".show", visit_id=visit.id), 303)
    restored = restored_form(About(visit.patient_id, visit.episode_id, visit.id))
    if visit.is_signed and restored is None:
        flash("This note is signed. It can be added to, not changed.")
        return redirect(url_for(".show", visit_id=visit.id), 303)
    facts = visit_facts(visit)
    if visit.is_signed:
        return signed_meanwhile_page(facts, visit, restored), 409
    return _open(facts) if restored is None else _open_restored(facts, restored)


@blueprint.get("/patients/<int:patient_id>/visits/new/<any(rows, answers, repeat, minutes):job>")
@blueprint.get("/visits/<int:visit_id>/edit/<any(rows, answers, repeat, minutes, conflict):job>")
@needs(Permission.CHART_WRITE)
def reopen(
    job: str, patient_id: int | None = None, visit_id: int | None = None
) -> ResponseReturnValue:
    """Lead to the form where the address of one of its buttons is opened, as in a restored tab."""
    if visit_id is not None:
        return redirect(url_for(".edit", visit_id=find_or_404(Visit, visit_id).id))
    patient = find_or_404(Patient, patient_id or 0)
    return redirect(url_for(".new", patient_id=patient.id, episode=request.args.get("episode")))


@blueprint.post("/patients/<int:patient_id>/visits/new")
@blueprint.post("/visits/<int:visit_id>/edit")
@needs(Permission.CHART_WRITE)
@finds_again_by("form_instance")
@with_sent_form
def save(sent: SentForm) -> ResponseReturnValue:
    """Save the session; where it cannot be saved, show the form again or both versions."""
    form = sent.form
    if not form.validate_on_submit():
        return refused_page(sent, sent.unsaved_draft)
    draft = form.draft()
    try:
        visit = _save(sent, draft)
    except Refused as refused:
        return refused_page(sent, draft, refused.findings)
    except actions.ChangedMeanwhile:
        return conflict_page(sent, edit_conflict(sent.facts, sent.visit, form, request.form)), 409
    return after_save(form, visit)


@blueprint.post("/patients/<int:patient_id>/visits/new/rows")
@blueprint.post("/visits/<int:visit_id>/edit/rows")
@needs(Permission.CHART_WRITE)
@with_sent_form
def change_rows(sent: SentForm) -> ResponseReturnValue:
    """Lay out one more row, or take one away; nothing is saved."""
    rows_and_answers.change_rows(sent.form, request.form)
    context = VisitContext.fetch(sent.facts, sent.unsaved_draft)
    return form_page(SessionFormPage.fetch(sent.form, context))


@blueprint.post("/patients/<int:patient_id>/visits/new/answers")
@blueprint.post("/visits/<int:visit_id>/edit/answers")
@needs(Permission.CHART_WRITE)
@with_sent_form
def answer_questions(sent: SentForm) -> ResponseReturnValue:
    """Answer the safety questions that one tap answers; nothing is saved."""
    context = VisitContext.fetch(sent.facts, sent.unsaved_draft)
    rows_and_answers.answer_questions(sent.form, context, request.form)
    answered = context.with_draft(sent.unsaved_draft)
    return form_page(SessionFormPage.fetch(sent.form, answered))


@blueprint.post("/patients/<int:patient_id>/visits/new/repeat")
@blueprint.post("/visits/<int:visit_id>/edit/repeat")
@needs(Permission.CHART_WRITE)
@with_sent_form
def repeat_session(sent: SentForm) -> ResponseReturnValue:
    """Lay out the treatment of a past session below what is typed; nothing is saved."""
    context, past, session = _past_session(sent, request.form.get("repeat", ""))
    if session is None:
        flash("There is no signed session here that could be repeated.")
    else:
        context = repeat.apply_to_form(sent.form, context, session)
    return form_page(SessionFormPage.fetch(sent.form, context, past))


@blueprint.post("/patients/<int:patient_id>/visits/new/minutes")
@blueprint.post("/visits/<int:visit_id>/edit/minutes")
@needs(Permission.CHART_WRITE)
@with_sent_form
def enter_minutes(sent: SentForm) -> ResponseReturnValue:
    """Enter the minutes of a past session where none are typed; nothing is saved."""
    context, past, session = _past_session(sent, request.form.get("minutes_as", ""))
    if session is not None:
        repeat.enter_minutes(sent.form, session)
    return form_page(SessionFormPage.fetch(sent.form, context, past))


@blueprint.post("/visits/<int:visit_id>/edit/conflict")
@needs(Permission.CHART_WRITE)
@with_sent_form
def resolve(sent: SentForm) -> ResponseReturnValue:
    """Save what was picked of two versions, lay it out to be changed, or ask again."""
    form, facts, visit = sent.form, sent.facts, sent.visit
    if not form.validate_on_submit():
        return refused_page(sent, sent.unsaved_draft)
    conflict = edit_conflict(facts, visit, form, request.form)
    if conflict.is_open:
        return conflict_page(sent, conflict), 422 if conflict.is_current else 409
    merged = conflict.merged()
    both = VisitForm(None, data=stored_values(merged, visit, opened=facts.draft) | form.metered())
    both.set_choices(facts)
    if "edit_merged" in request.form:
        return form_page(SessionFormPage.fetch(both, VisitContext.fetch(facts, merged)))
    try:
        actions.resolve_conflict(
            visit,
            merged,
            stored=facts.draft,
            version=conflict.base_version,
            overruled=conflict.overruled,
            by=current_user,
        )
    except Refused as refused:
        return refused_page(SentForm(both, facts), merged, refused.findings)
    return after_save(form, visit)


def _open(facts: VisitFacts) -> ResponseReturnValue:
    """Show the form with its initial values, and the treatment of the session to repeat if any."""
    context = VisitContext.fetch(facts, facts.draft)
    form = VisitForm(data=initial_values(facts, context.last))
    form.set_choices(facts)
    asked = request.args.get("repeat")
    past = repeat.fetch_past(facts, asked or "")
    if asked is not None:
        session = RepeatChoices(context, past).asked_for(asked)
        if session is None and asked != repeat.LATEST:
            abort(404)
        if session is None:
            flash("There is no signed session here that could be repeated.")
        else:
            context = repeat.apply_to_form(form, context, session)
    effects = last_effects(facts.patient.id, facts.draft.served_on)
    return form_page(SessionFormPage(form, context, RepeatChoices(context, past), effects))


def _open_restored(facts: VisitFacts, restored: AutosavedForm) -> ResponseReturnValue:
    """Show the form with restored text, which comes before a session to repeat."""
    form = VisitForm.of_typed(MultiDict(restored.typed), facts)
    context = VisitContext.fetch(facts, form.partial_draft(facts.draft))
    return form_page(SessionFormPage.fetch(form, context), restored)


def _past_session(
    sent: SentForm, asked: str
) -> tuple[VisitContext, repeat.Past, PastTreatment | None]:
    """Return what is typed so far, the past sessions, and the one that a button names."""
    context = VisitContext.fetch(sent.facts, sent.unsaved_draft)
    past = repeat.fetch_past(context, asked)
    return context, past, RepeatChoices(context, past).asked_for(asked)


def _save(sent: SentForm, draft: VisitDraft) -> Visit:
    facts = sent.facts
    if facts.visit is None:
        return actions.open_visit(
            facts.episode, draft, patient=facts.patient, by=current_user, supplies=facts.supplies
        )
    actions.record_visit(
        facts.visit,
        draft,
        stored=facts.draft,
        version=sent.form.version_seen,
        by=current_user,
        supplies=facts.supplies,
    )
    return facts.visit
