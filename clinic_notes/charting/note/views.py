"""The note of a visit: reading it, signing it, adding to it."""

from collections.abc import Sequence

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from clinic_notes.accounts.throttle import check_password, refuse_password
from clinic_notes.charting.autosave.requests import (
    autosave_addendum_unless_saved,
    clear_autosave_of,
    next_form_instance,
    restored_addendum,
)
from clinic_notes.charting.blueprint import blueprint
from clinic_notes.charting.body_map.marks import body_of
from clinic_notes.charting.context import VisitContext, VisitFacts
from clinic_notes.charting.models import Visit
from clinic_notes.charting.models.autosaved_form import ADDENDUM
from clinic_notes.charting.note import actions
from clinic_notes.charting.note.content import note_of
from clinic_notes.charting.note.corrections import Corrections
from clinic_notes.charting.note.forms import AddendumForm, SignForm
from clinic_notes.charting.note.names import FromEarlier, names_of
from clinic_notes.charting.note.page import NotePage, with_addenda
from clinic_notes.charting.visit.actions import ChangedMeanwhile
from clinic_notes.charting.visit.load import load_visit
from clinic_notes.charting.visit.queries import WHO, drafts_by, neighbours_of
from clinic_notes.clinical.documentation_time import field_kind
from clinic_notes.clinical.findings import Finding, Refused
from clinic_notes.core import audit
from clinic_notes.core.access import before_writing, needs
from clinic_notes.core.lookup import find_or_404
from clinic_notes.core.permissions import Permission
from clinic_notes.patients.queries import alerts
from clinic_notes.plan_of_care.queries import goals_of


@blueprint.get("/visits/<int:visit_id>")
@needs(Permission.CHART_READ)
def show(visit_id: int) -> ResponseReturnValue:
    """Show the note, its signatures and addenda; a signed note reads as it was sealed."""
    visit = find_or_404(Visit, visit_id, *WHO)
    audit.viewed("visit", visit, patient_id=visit.patient_id)
    page, is_just_signed = NotePage.fetch(visit), visit.is_signed and "signed" in request.args
    return render_template(
        "charting/note/show.html",
        **vars(page),
        page=page,
        alerts=alerts(visit.patient),
        neighbours=neighbours_of(visit),
        is_just_signed=is_just_signed,
        next_draft=next(iter(drafts_by(current_user)), None) if is_just_signed else None,
    )


@blueprint.route("/visits/<int:visit_id>/sign", methods=["GET", "POST"])
@needs(Permission.CHART_SIGN)
@before_writing(check_password)
def sign(visit_id: int) -> ResponseReturnValue:
    """Show the note once more with what is missing, and sign it with the password."""
    visit = find_or_404(Visit, visit_id, *WHO)
    if visit.is_signed or visit.void:
        return redirect(url_for(".show", visit_id=visit.id), 303)
    form = SignForm(version=visit.version)
    if not form.validate_on_submit():
        return _sign_page(visit, form), 422 if request.method == "POST" else 200
    if not g.is_password:
        refuse_password(form, "signature.refused", visit, "Nothing was signed.")
        return _sign_page(visit, form), 422
    try:
        actions.sign_visit(visit, version=form.version_seen, by=current_user)
    except Refused:
        form.add_error("password", "The note cannot be signed as it is. Nothing was signed.")
        return _sign_page(visit, form), 422
    except ChangedMeanwhile:
        form.catch_up(visit.version)
        form.add_error("password", "The note was changed after you opened it. Read it once more.")
        return _sign_page(visit, form), 409
    flash("Signed. From here on the note can only be added to.")
    return redirect(url_for(".show", visit_id=visit.id, signed="now"), 303)


@blueprint.route("/visits/<int:visit_id>/addenda", methods=["GET", "POST"])
@needs(Permission.CHART_WRITE)
def add_addendum(visit_id: int) -> ResponseReturnValue:
    """Add to a signed note: a correction, a late entry, an effect the patient reported later."""
    visit = find_or_404(Visit, visit_id, *WHO)
    if visit.void:
        flash("Nothing is added to what was voided.")
        return redirect(url_for(".show", visit_id=visit.id), 303)
    if not visit.is_signed:
        flash("This note is not signed yet: change it here.")
        return redirect(url_for(".edit", visit_id=visit.id), 303)
    restored = None
    if request.method == "POST":
        autosave_addendum_unless_saved(visit)
    else:
        restored = restored_addendum(visit)
    form = AddendumForm(MultiDict(restored.typed)) if restored else AddendumForm()
    corrections = form.offer(*with_addenda(visit))
    if form.validate_on_submit() and _add_addendum(visit, form, corrections):
        clear_autosave_of(visit)
        flash("Added. The note itself stays as it was signed.")
        return redirect(url_for(".show", visit_id=visit.id), 303)
    audit.viewed("visit", visit, patient_id=visit.patient_id)
    page = render_template(
        "charting/note/addendum.html",
        form=form,
        visit=visit,
        restored=restored,
        form_instance=next_form_instance(restored, kind=ADDENDUM),
    )
    return page, 422 if request.method == "POST" else 200


def _add_addendum(visit: Visit, form: AddendumForm, corrections: Corrections) -> bool:
    """Add to the note; False, with the reasons beside their fields, where that is refused."""
    words, about_on = form.text.data or "", form.about_on.data
    try:
        actions.add_addendum(
            visit,
            text=words,
            about_on=about_on,
            effect=form.draft(),
            by=current_user,
            correction=form.correction(corrections),
        )
    except Refused as refused:
        for finding in refused.findings:
            form.add_error(finding.about, finding.message)
        return False
    return True


def _sign_page(visit: Visit, form: SignForm) -> str:
    loaded = load_visit(visit)
    facts = VisitFacts.of(visit, loaded)
    context = VisitContext.fetch(facts, facts.draft)
    names = names_of(
        visit,
        loaded,
        context.position,
        FromEarlier.of(context.findings, visit.served_on),
        context.policy,
        current_user.clinic.time_zone,
        goals_of(visit.episode_id),
    )
    audit.viewed("visit", visit, patient_id=visit.patient_id)
    outstanding = (
        *actions.why_not_signer(visit, current_user, is_first=context.position.is_first),
        *context.outstanding,
    )
    return render_template(
        "charting/note/sign.html",
        visit=visit,
        form=form,
        context=context,
        outstanding=outstanding,
        note=note_of(context.draft, names),
        body=body_of(context.draft.uses),
        refused=_refused_fields(outstanding, form),
    )


def _refused_fields(outstanding: Sequence[Finding], form: SignForm) -> list[str]:
    """Return the fields that stand in the way of the signature, for the count of refusals."""
    abouts = [finding.about for finding in outstanding if finding.about] + [
        about for about, _ in form.error_list()
    ]
    return [field_kind(about) for about in abouts]
