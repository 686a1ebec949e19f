"""The form of a visit: begin one, go on with one."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from clinic_notes.charting import actions
from clinic_notes.charting.autosave.form_instance import About
from clinic_notes.charting.autosave.views import before, next_sheet, saved_elsewhere, settle
from clinic_notes.charting.blueprint import blueprint
from clinic_notes.charting.context import Desk
from clinic_notes.charting.models import KeptForm, Visit
from clinic_notes.charting.note.forms import AddendumForm
from clinic_notes.charting.readings.starting_rows import first_use, starting_rows
from clinic_notes.charting.screening import one_tap
from clinic_notes.charting.session_form import buttons, repeat
from clinic_notes.charting.session_form.conflict import Settling
from clinic_notes.charting.session_form.forms import VisitForm, shown
from clinic_notes.charting.session_form.snapshot import wrapped
from clinic_notes.charting.visit.load import Shelf, stored
from clinic_notes.charting.visit.queries import WHO, clinicians, signatures_of
from clinic_notes.clinical.drafts import VisitDraft
from clinic_notes.clinical.findings import Refused
from clinic_notes.core import audit, clock
from clinic_notes.core.display import today
from clinic_notes.core.doorway import needs
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
    already = saved_elsewhere(about)
    if already is not None:
        flash("You saved this session from another window. What you typed here was kept for it.")
        return redirect(url_for(".edit", visit_id=already), 303)
    kept = before(about)
    if kept is not None and kept.episode_id != episode.id:
        asked = request.args.get("repeat")
        there = url_for(".new", patient_id=patient.id, episode=kept.episode_id, repeat=asked)
        return redirect(there)
    desk = Desk(patient, episode, VisitDraft(served_on=today()), None, _shelf())
    form = _form(kept, lambda: starting_values(desk))

    def save(draft: VisitDraft) -> Visit:
        shelf = desk.shelf
        return actions.open_visit(episode, draft, patient=patient, by=current_user, shelf=shelf)

    return _answer(form, desk, save, kept)


@blueprint.route("/visits/<int:visit_id>/edit", methods=["GET", "POST"])
@needs(Permission.CHART_WRITE)
def edit(visit_id: int) -> ResponseReturnValue:
    """Go on with a note that is not signed."""
    visit = find_or_404(Visit, visit_id, *WHO, to_change=request.method == "POST")
    kept = before(About(visit.patient_id, visit.episode_id, visit.id))
    if visit.is_signed and request.method == "GET" and kept is None:
        flash("This note is signed. It can be added to, not changed.")
        return redirect(url_for(".show", visit_id=visit.id), 303)
    held = stored(visit)
    # What the session was done with stays on its shelf, even when it has gone out of use since.
    shelf = held.shelf.beside(_shelf())
    desk = Desk(visit.patient, visit.episode, held.draft, visit, shelf, held.sources)
    if visit.is_signed:
        return _give_back(desk, visit, kept)
    form = _form(kept, lambda: _laid_out(held.draft, held.draft, visit))
    if "against" in request.form:
        return _settle(form, desk, visit)

    def save(draft: VisitDraft) -> Visit:
        version = form.version_seen
        actions.record_visit(visit, draft, version=version, by=current_user, shelf=shelf)
        return visit

    return _answer(form, desk, save, kept)


def _form(kept: KeptForm | None, beginning: Callable[[], dict[str, Any]]) -> VisitForm:
    """Return what was sent, or what was typed before and not saved, or the form as it begins."""
    if request.method == "POST":
        return VisitForm()
    if kept is not None:
        return VisitForm(MultiDict(kept.typed))
    return VisitForm(data=beginning())


def _laid_out(draft: VisitDraft, stored: VisitDraft, visit: Visit) -> dict[str, Any]:
    # Only a page that is opened begins with what is stored. Under what was sent it would show
    # through: WTForms takes a row's missing field from the stored row at the same place.
    values = shown(draft) | {"version": visit.version, "opened": wrapped(stored, visit.id)}
    if not draft.uses and draft.decision is Decision.TREATED:
        values["uses"] = [first_use(visit.episode)]
    return values


def _shelf() -> Shelf:
    """Return what the clinic has in use today."""
    return Shelf.of(instruments_in_use(), lubricants_in_use())


def starting_values(desk: Desk) -> dict[str, Any]:
    """Return what a new form begins with: the day, the person, and rows without readings."""
    return {
        "served_on": today(),
        "measured_by_id": current_user.id,
        "uses": [first_use(desk.episode)],
        **starting_rows(desk.episode, desk.last_readings),
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
    form: VisitForm, desk: Desk, save: Callable[[VisitDraft], Visit], kept: KeptForm | None
) -> ResponseReturnValue:
    """Lay the form out, rearrange it, or save it."""
    _offer(form, desk)
    asked = (request.args if request.method == "GET" else request.form).get("repeat")
    # Her own words come before a recipe, and the notice above them says so; it can be laid out
    # beside them.
    if asked is not None and kept is None:
        return _repeat(form, desk, asked)
    if request.method == "GET":
        return _page(form, _read_again(form, desk, kept) if kept else desk, kept)
    if buttons.rearrange(form, desk, request.form):
        return _page(form, buttons.typed(form, desk), kept)
    if not form.validate_on_submit():
        return _refused(form, buttons.typed(form, desk)), 422
    draft = form.draft()
    try:
        visit = save(draft)
    except Refused as refused:
        form.show(refused.findings)
        return _refused(form, desk.reading(draft)), 422
    except actions.ChangedMeanwhile:
        return _ask(Settling(desk, form, draft, request.form)), 409
    return _go_on(form, visit)


def _read_again(form: VisitForm, desk: Desk, kept: KeptForm) -> Desk:
    """Return the desk with what came back lying on it: all of it, where all can be read."""
    whole = VisitForm(MultiDict(kept.typed), meta={"csrf": False})
    _offer(whole, desk)
    return desk.reading(whole.draft()) if whole.validate() else buttons.typed(form, desk)


def _settle(form: VisitForm, desk: Desk, visit: Visit) -> ResponseReturnValue:
    """Save what she picked of two versions, lay it out to be changed, or ask again."""
    _offer(form, desk)
    if not form.validate_on_submit():
        return _refused(form, desk), 422
    settling = Settling(desk, form, form.draft(), request.form)
    if not settling.is_of_today:
        return _ask(settling), 409
    if settling.unmade:
        return _ask(settling), 422
    draft = settling.merged()
    both = VisitForm(None, data=_laid_out(draft, desk.draft, visit) | form.metered())
    _offer(both, desk)
    if "mend" in request.form:
        return _page(both, desk.reading(draft))
    try:
        version, overruled = settling.against, settling.overruled
        actions.settle_visit(visit, draft, version=version, overruled=overruled, by=current_user)
    except Refused as refused:
        both.show(refused.findings)
        return _refused(both, desk.reading(draft)), 422
    return _go_on(form, visit)


def _repeat(form: VisitForm, desk: Desk, asked: str) -> ResponseReturnValue:
    """Lay out the recipe of a past session beside whatever was typed; nothing is saved."""
    if request.method == "POST":
        desk = buttons.typed(form, desk)
    recipe = repeat.asked_for(desk, asked)
    if recipe is not None:
        return _page(form, repeat.lay_out(form, desk, recipe))
    if request.method == "GET" and asked != repeat.LATEST:
        abort(404)
    flash("There is no signed session here that could be repeated.")
    return _page(form, desk)


def _ask(settling: Settling) -> str:
    """Show both versions side by side, each difference with what is chosen so far."""
    _seen(settling.desk)
    return render_template(
        "charting/session_form/conflict.html",
        settling=settling,
        desk=settling.desk,
        sheet=next_sheet(None),
    )


def _give_back(desk: Desk, visit: Visit, kept: KeptForm | None) -> ResponseReturnValue:
    """Somebody signed the note meanwhile: show what was typed, ready to be added to it."""
    typed = request.form if kept is None else MultiDict(kept.typed)
    # Nothing is saved here, so a page that is only opened needs no token.
    form = VisitForm(typed, meta={"csrf": kept is None})
    _offer(form, desk)
    audit.viewed("visit", visit, patient_id=desk.patient.id)
    settling = Settling(desk, form, form.draft(), typed) if form.validate() else None
    text = settling.typed_anew() if settling else ""
    page = render_template(
        "charting/session_form/signed_meanwhile.html",
        visit=visit,
        desk=desk,
        settling=settling,
        signature=signatures_of(visit)[0],
        addendum=AddendumForm(None, data={"text": text}),
        typed=() if settling else worth_showing(typed.items(multi=True)),
        sheet=next_sheet(kept),
    )
    return page, 409


def _offer(form: VisitForm, desk: Desk) -> None:
    form.offer(
        people=clinicians(desk.draft.measured_by_id),
        instruments=desk.shelf.tool_names.items(),
        lubricants=desk.shelf.product_names.items(),
        place=(desk.episode.region, desk.episode.side),
    )


def _go_on(form: VisitForm, visit: Visit) -> ResponseReturnValue:
    settle(visit)
    spent = form.spent()
    if spent is not None:
        actions.add_pace(visit, spent, by=current_user)
    if request.form.get("then") == "sign":
        return redirect(url_for(".sign", visit_id=visit.id), 303)
    flash("Saved. Nothing is final until you sign.")
    return redirect(url_for(".edit", visit_id=visit.id), 303)


def _refused(form: VisitForm, desk: Desk) -> str:
    form.remember_refusals()
    return _page(form, desk)


def _page(form: VisitForm, desk: Desk, kept: KeptForm | None = None) -> str:
    if form.repeated_from_id.data != desk.draft.repeated_from_id:
        desk = desk.reading(replace(desk.draft, repeated_from_id=form.repeated_from_id.data))
    _seen(desk)
    return render_template(
        "charting/session_form/edit.html",
        form=form,
        desk=desk,
        kept=kept,
        sheet=next_sheet(kept),
        stamp=one_tap.stamp(clock.now()),
    )


def _seen(desk: Desk) -> None:
    """Note the look at the record; a form that is saved shows nothing of it."""
    audit.viewed("visit_form", desk.visit or "visit", patient_id=desk.patient.id)
