"""The note of a visit: reading it, signing it, adding to it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from clinic_notes.accounts.passwords import is_password
from clinic_notes.accounts.throttle import PERSON, count_wrong, slow_guessing
from clinic_notes.charting import actions
from clinic_notes.charting.autosave.views import before_adding, next_sheet, settle
from clinic_notes.charting.blueprint import blueprint
from clinic_notes.charting.body_map.marks import body_of
from clinic_notes.charting.context import Desk
from clinic_notes.charting.models import Visit
from clinic_notes.charting.models.autosaved_form import ADDENDUM
from clinic_notes.charting.models.columns import effect_of
from clinic_notes.charting.note.answer_times import answer_times
from clinic_notes.charting.note.content import effect_in_words, note_of
from clinic_notes.charting.note.forms import AddendumForm, SignForm
from clinic_notes.charting.note.names import names_of
from clinic_notes.charting.rules import stood_in
from clinic_notes.charting.screening.earlier_answers import record_of_answers
from clinic_notes.charting.visit.load import stored
from clinic_notes.charting.visit.queries import WHO, addenda_to, in_episode, signatures_of
from clinic_notes.clinical import sealed_note
from clinic_notes.clinical.documentation_time import field_kind
from clinic_notes.clinical.findings import Refused
from clinic_notes.clinical.signing import late_by
from clinic_notes.core import audit
from clinic_notes.core.display import day_of
from clinic_notes.core.doorway import needs
from clinic_notes.core.lookup import find_or_404
from clinic_notes.core.permissions import Permission
from clinic_notes.patients.queries import alerts


@blueprint.get("/visits/<int:visit_id>")
@needs(Permission.CHART_READ)
def show(visit_id: int) -> ResponseReturnValue:
    """Show the note: summary, details, signatures, addenda. A signed one reads as it was sealed."""
    visit = find_or_404(Visit, visit_id, *WHO)
    audit.viewed("visit", visit, patient_id=visit.patient_id)
    signatures = signatures_of(visit) if visit.is_signed else ()
    if signatures:
        sealed = sealed_note.note_from(signatures[0].document)
        draft, names = sealed.visit, sealed.names
    else:
        held = stored(visit)
        draft = held.draft
        standing = in_episode(visit.episode_id, visit.served_on, visit.id)
        history = record_of_answers(visit.patient_id, visit.served_on)
        stood = stood_in(draft, visit.episode, history)
        names = names_of(visit, held, standing, stood)
    return render_template(
        "charting/note/show.html",
        visit=visit,
        note=note_of(draft, names),
        author=names.written_by or visit.author.signs_as,
        body=body_of(draft.uses),
        times=answer_times(draft.answers),
        alerts=alerts(visit.patient),
        signatures=signatures,
        is_whole=all(sealed_note.digest(s.document) == s.digest for s in signatures),
        addenda=[(added, effect_in_words(effect_of(added))) for added in addenda_to(visit)],
        days_late=late_by(visit.served_on, day_of(visit.created_at)),
    )


@blueprint.route("/visits/<int:visit_id>/sign", methods=["GET", "POST"])
@needs(Permission.CHART_SIGN)
@slow_guessing(PERSON)
def sign(visit_id: int) -> ResponseReturnValue:
    """Read the note once more, see what is missing, and sign it with the password."""
    visit = find_or_404(Visit, visit_id, *WHO)
    if visit.is_signed:
        return redirect(url_for(".show", visit_id=visit.id), 303)
    form = SignForm(version=visit.version)
    if form.validate_on_submit():
        if not is_password(current_user, form.password.data or ""):
            count_wrong()
            audit.record("signature.refused", visit, by=current_user)
            form.refuse("password", "This is not your password. Nothing was signed.")
            return _to_sign(visit, form), 422
        try:
            actions.sign_visit(visit, version=form.version_seen, by=current_user)
        except Refused:
            form.refuse("password", "The note cannot be signed as it is. Nothing was signed.")
            return _to_sign(visit, form), 422
        except actions.ChangedMeanwhile:
            form.catch_up(visit.version)
            form.refuse("password", "The note was changed after you opened it. Read it once more.")
            return _to_sign(visit, form), 409
        flash("Signed. From here on the note can only be added to.")
        return redirect(url_for(".show", visit_id=visit.id), 303)
    return _to_sign(visit, form), 422 if request.method == "POST" else 200


@blueprint.route("/visits/<int:visit_id>/addenda", methods=["GET", "POST"])
@needs(Permission.CHART_WRITE)
def amend(visit_id: int) -> ResponseReturnValue:
    """Add to a signed note: a correction, a late entry, an effect the patient reported later."""
    visit = find_or_404(Visit, visit_id, *WHO)
    if not visit.is_signed:
        flash("This note is not signed yet: change it here.")
        return redirect(url_for(".edit", visit_id=visit.id), 303)
    kept = before_adding(visit)
    form = AddendumForm(MultiDict(kept.typed)) if kept else AddendumForm()
    if form.validate_on_submit():
        try:
            actions.amend_visit(
                visit,
                text=form.text.data or "",
                about_on=form.about_on.data,
                effect=form.draft(),
                by=current_user,
            )
        except Refused as refused:
            for finding in refused.findings:
                form.refuse(finding.about, finding.message)
        else:
            settle(visit)
            flash("Added. The note itself stays as it was signed.")
            return redirect(url_for(".show", visit_id=visit.id), 303)
    audit.viewed("visit", visit, patient_id=visit.patient_id)
    sheet = next_sheet(kept, kind=ADDENDUM)
    page = render_template(
        "charting/note/addend.html", form=form, visit=visit, kept=kept, sheet=sheet
    )
    return page, 422 if request.method == "POST" else 200


def _to_sign(visit: Visit, form: SignForm) -> str:
    held = stored(visit)
    desk = Desk(visit.patient, visit.episode, held.draft, visit, held.shelf)
    audit.viewed("visit", visit, patient_id=visit.patient_id)
    return render_template(
        "charting/note/sign.html",
        visit=visit,
        form=form,
        desk=desk,
        note=note_of(held.draft, desk.names),
        refused=_refused(desk, form),
    )


def _refused(desk: Desk, form: SignForm) -> list[str]:
    """Return the fields that stand in the way of the signature, for the count of refusals."""
    abouts = [finding.about for finding in desk.to_mend] + [about for about, _ in form.complaints()]
    return [field_kind(about) for about in abouts]
