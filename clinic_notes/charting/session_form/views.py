"""The form of a visit: begin one, go on with one."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from clinic_notes.charting.autosave.form_instance import About
from clinic_notes.charting.autosave.requests import (
    clear_autosave_of,
    next_form_instance,
    restored_form,
    visit_saved_elsewhere,
)
from clinic_notes.charting.blueprint import blueprint
from clinic_notes.charting.context import VisitContext
from clinic_notes.charting.documentation_time.actions import add_documentation_time
from clinic_notes.charting.models import AutosavedForm, Visit
from clinic_notes.charting.note.forms import AddendumForm
from clinic_notes.charting.note.queries import signatures_of
from clinic_notes.charting.readings.starting_rows import first_use, starting_rows
from clinic_notes.charting.screening import one_tap
from clinic_notes.charting.session_form import buttons, repeat
from clinic_notes.charting.session_form.conflict import EditConflict
from clinic_notes.charting.session_form.forms import VisitForm, shown
from clinic_notes.charting.session_form.snapshot import sign_snapshot
from clinic_notes.charting.treatment.supplies import Supplies
from clinic_notes.charting.visit import actions
from clinic_notes.charting.visit.load import load_visit
from clinic_notes.charting.visit.queries import WHO, clinicians
from clinic_notes.clinical.drafts import VisitDraft
from clinic_notes.clinical.findings import Refused
from clinic_notes.core import audit, clock
from clinic_notes.core.access import needs
from clinic_notes.core.display import today
from clinic_notes.core.errors import worth_showing
from clinic_notes.core.lookup import find_or_404
from clinic_notes.core.permissions import Permission
from clinic_notes.equipment.queries import instruments_in_use, lubricants_in_use
from clinic_notes.patients.models import Episode, Patient
from clinic_notes.patients.queries import IN_TREATMENT
from clinic_notes.reference.terms import Decision


@blueprint.route("/patients/<int:patient_id>/visits/new", methods=["GET", "POST"])
@needs(Permission.CHART_WRITE)
def new(patient_id: int) -> ResponseReturnValue:
    """Begin the note of a session, for one of the patient's open episodes."""
    patient = find_or_404(Patient, patient_id, *IN_TREATMENT)
    episode = _chosen_episode(patient)
    if episode is None:
        flash("Begin an episode first: what is the complaint, and where?")
        return redirect(url_for("patients.new_episode", patient_id=patient.id), 303)
    about = About(patient.id, episode.id, None)
    already = visit_saved_elsewhere(about)
    if already is not None:
        flash("You saved this session from another window. What you typed here was kept for it.")
        return redirect(url_for(".edit", visit_id=already), 303)
    kept = restored_form(about)
    if kept is not None and kept.episode_id != episode.id:
        asked = request.args.get("repeat")
        there = url_for(".new", patient_id=patient.id, episode=kept.episode_id, repeat=asked)
        return redirect(there)
    context = VisitContext(patient, episode, VisitDraft(served_on=today()), None, _supplies())
    form = _form(kept, lambda: starting_values(context))

    def save(draft: VisitDraft) -> Visit:
        supplies = context.supplies
        return actions.open_visit(
            episode, draft, patient=patient, by=current_user, supplies=supplies
        )

    return _answer(form, context, save, kept)


@blueprint.route("/visits/<int:visit_id>/edit", methods=["GET", "POST"])
@needs(Permission.CHART_WRITE)
def edit(visit_id: int) -> ResponseReturnValue:
    """Go on with a note that is not signed."""
    visit = find_or_404(Visit, visit_id, *WHO, to_change=request.method == "POST")
    kept = restored_form(About(visit.patient_id, visit.episode_id, visit.id))
    if visit.is_signed and request.method == "GET" and kept is None:
        flash("This note is signed. It can be added to, not changed.")
        return redirect(url_for(".show", visit_id=visit.id), 303)
    held = load_visit(visit)
    # What the session was done with stays on its shelf, even when it has gone out of use since.
    supplies = held.supplies.combined_with(_supplies())
    context = VisitContext(visit.patient, visit.episode, held.draft, visit, supplies, held.sources)
    if visit.is_signed:
        return _signed_meanwhile_page(context, visit, kept)
    form = _form(kept, lambda: _laid_out(held.draft, held.draft, visit))
    if "base_version" in request.form:
        return _settle(form, context, visit)

    def save(draft: VisitDraft) -> Visit:
        actions.record_visit(
            visit,
            draft,
            stored=held.draft,
            version=form.version_seen,
            by=current_user,
            supplies=supplies,
        )
        return visit

    return _answer(form, context, save, kept)


def _form(kept: AutosavedForm | None, beginning: Callable[[], dict[str, Any]]) -> VisitForm:
    """Return what was sent, or what was typed before and not saved, or the form as it begins."""
    if request.method == "POST":
        return VisitForm()
    if kept is not None:
        return VisitForm(MultiDict(kept.typed))
    return VisitForm(data=beginning())


def _laid_out(draft: VisitDraft, stored: VisitDraft, visit: Visit) -> dict[str, Any]:
    # Only a page that is opened begins with what is stored. Under what was sent it would show
    # through: WTForms takes a row's missing field from the stored row at the same place.
    values = shown(draft) | {
        "version": visit.version,
        "snapshot": sign_snapshot(stored, visit.id),
    }
    if not draft.uses and draft.decision is Decision.TREATED:
        values["uses"] = [first_use(visit.episode)]
    return values


def _supplies() -> Supplies:
    """Return what the clinic has in use today."""
    return Supplies.of(instruments_in_use(), lubricants_in_use())


def starting_values(context: VisitContext) -> dict[str, Any]:
    """Return what a new form begins with: the day, the person, and rows without readings."""
    return {
        "served_on": today(),
        "measured_by_id": current_user.id,
        "uses": [first_use(context.episode)],
        **starting_rows(context.episode, context.last_readings),
    }


def _chosen_episode(patient: Patient) -> Episode | None:
    number = request.args.get("episode", type=int)
    if number is None:
        return next(iter(patient.open_episodes), None)
    episode = find_or_404(Episode, number)
    if episode.patient_id != patient.id:
        abort(404)
    return episode


def _answer(
    form: VisitForm,
    context: VisitContext,
    save: Callable[[VisitDraft], Visit],
    kept: AutosavedForm | None,
) -> ResponseReturnValue:
    """Lay the form out, rearrange it, or save it."""
    _offer(form, context)
    asked = (request.args if request.method == "GET" else request.form).get("repeat")
    # Her own words come before a recipe, and the notice above them says so; it can be laid out
    # beside them.
    if asked is not None and kept is None:
        return _repeat(form, context, asked)
    if request.method == "GET":
        return _page(form, _read_again(form, context, kept) if kept else context, kept)
    if buttons.handle_button(form, context, request.form):
        return _page(form, buttons.with_unsaved_input(form, context), kept)
    if not form.validate_on_submit():
        return _refused(form, buttons.with_unsaved_input(form, context)), 422
    draft = form.draft()
    try:
        visit = save(draft)
    except Refused as refused:
        form.show(refused.findings)
        return _refused(form, context.reading(draft)), 422
    except actions.ChangedMeanwhile:
        return _conflict_page(EditConflict(context, form, draft, request.form)), 409
    return _after_save(form, visit)


def _read_again(form: VisitForm, context: VisitContext, kept: AutosavedForm) -> VisitContext:
    """Return the desk with what came back lying on it: all of it, where all can be read."""
    whole = VisitForm(MultiDict(kept.typed), meta={"csrf": False})
    _offer(whole, context)
    return (
        context.reading(whole.draft())
        if whole.validate()
        else buttons.with_unsaved_input(form, context)
    )


def _settle(form: VisitForm, context: VisitContext, visit: Visit) -> ResponseReturnValue:
    """Save what she picked of two versions, lay it out to be changed, or ask again."""
    _offer(form, context)
    if not form.validate_on_submit():
        return _refused(form, context), 422
    conflict = EditConflict(context, form, form.draft(), request.form)
    if not conflict.is_of_today:
        return _conflict_page(conflict), 409
    if conflict.unmade:
        return _conflict_page(conflict), 422
    draft = conflict.merged()
    both = VisitForm(None, data=_laid_out(draft, context.draft, visit) | form.metered())
    _offer(both, context)
    if "edit_merged" in request.form:
        return _page(both, context.reading(draft))
    try:
        actions.resolve_conflict(
            visit,
            draft,
            stored=context.draft,
            version=conflict.base_version,
            overruled=conflict.overruled,
            by=current_user,
        )
    except Refused as refused:
        both.show(refused.findings)
        return _refused(both, context.reading(draft)), 422
    return _after_save(form, visit)


def _repeat(form: VisitForm, context: VisitContext, asked: str) -> ResponseReturnValue:
    """Lay out the recipe of a past session beside whatever was typed; nothing is saved."""
    if request.method == "POST":
        context = buttons.with_unsaved_input(form, context)
    past_treatment = repeat.asked_for(context, asked)
    if past_treatment is not None:
        return _page(form, repeat.apply_to_form(form, context, past_treatment))
    if request.method == "GET" and asked != repeat.LATEST:
        abort(404)
    flash("There is no signed session here that could be repeated.")
    return _page(form, context)


def _conflict_page(conflict: EditConflict) -> str:
    """Show both versions side by side, each difference with what is chosen so far."""
    _audit_view(conflict.context)
    return render_template(
        "charting/session_form/conflict.html",
        conflict=conflict,
        context=conflict.context,
        form_instance=next_form_instance(None),
    )


def _signed_meanwhile_page(
    context: VisitContext, visit: Visit, kept: AutosavedForm | None
) -> ResponseReturnValue:
    """Somebody signed the note meanwhile: show what was typed, ready to be added to it."""
    typed = request.form if kept is None else MultiDict(kept.typed)
    # Nothing is saved here, so a page that is only opened needs no token.
    form = VisitForm(typed, meta={"csrf": kept is None})
    _offer(form, context)
    audit.viewed("visit", visit, patient_id=context.patient.id)
    conflict = EditConflict(context, form, form.draft(), typed) if form.validate() else None
    text = conflict.typed_anew() if conflict else ""
    page = render_template(
        "charting/session_form/signed_meanwhile.html",
        visit=visit,
        context=context,
        conflict=conflict,
        signature=signatures_of(visit)[0],
        addendum=AddendumForm(None, data={"text": text}),
        typed=() if conflict else worth_showing(typed.items(multi=True)),
        form_instance=next_form_instance(kept),
    )
    return page, 409


def _offer(form: VisitForm, context: VisitContext) -> None:
    form.offer(
        people=clinicians(context.draft.measured_by_id),
        instruments=context.supplies.instrument_names.items(),
        lubricants=context.supplies.lubricant_names.items(),
        place=(context.episode.region, context.episode.side),
    )


def _after_save(form: VisitForm, visit: Visit) -> ResponseReturnValue:
    clear_autosave_of(visit)
    spent = form.spent()
    if spent is not None:
        add_documentation_time(visit, spent, by=current_user)
    if request.form.get("then") == "sign":
        return redirect(url_for(".sign", visit_id=visit.id), 303)
    flash("Saved. Nothing is final until you sign.")
    return redirect(url_for(".edit", visit_id=visit.id), 303)


def _refused(form: VisitForm, context: VisitContext) -> str:
    form.remember_refusals()
    return _page(form, context)


def _page(form: VisitForm, context: VisitContext, kept: AutosavedForm | None = None) -> str:
    if form.repeated_from_id.data != context.draft.repeated_from_id:
        context = context.reading(
            replace(context.draft, repeated_from_id=form.repeated_from_id.data)
        )
    _audit_view(context)
    return render_template(
        "charting/session_form/edit.html",
        form=form,
        context=context,
        kept=kept,
        form_instance=next_form_instance(kept),
        stamp=one_tap.stamp(clock.now()),
    )


def _audit_view(context: VisitContext) -> None:
    """Note the look at the record; a form that is saved shows nothing of it."""
    audit.viewed("visit_form", context.visit or "visit", patient_id=context.patient.id)
