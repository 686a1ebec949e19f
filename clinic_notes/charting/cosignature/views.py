"""Co-signing the notes of assistants: one, several with one password, or returning one."""

from collections.abc import Sequence

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import joinedload

from clinic_notes.accounts.throttle import check_password, refuse_password
from clinic_notes.charting.blueprint import blueprint
from clinic_notes.charting.cosignature import actions
from clinic_notes.charting.cosignature.forms import CosignForm, ReturnForm, chosen_notes
from clinic_notes.charting.cosignature.queries import awaiting_notes
from clinic_notes.charting.models import Visit
from clinic_notes.charting.note.page import NotePage
from clinic_notes.charting.visit.actions import ChangedMeanwhile
from clinic_notes.charting.visit.queries import WHO
from clinic_notes.clinical.findings import Refused
from clinic_notes.core import audit
from clinic_notes.core.access import before_writing, needs
from clinic_notes.core.lookup import find_or_404
from clinic_notes.core.permissions import Permission

AT_ONCE = 10
"""Notes shown at once: who signs more has not read them (proposed)."""


@blueprint.route("/visits/<int:visit_id>/cosign", methods=["GET", "POST"])
@needs(Permission.CHART_COSIGN)
@before_writing(check_password)
def cosign(visit_id: int) -> ResponseReturnValue:
    """Show an assistant's note as it was signed, and co-sign it with the password."""
    page = NotePage.fetch(find_or_404(Visit, visit_id, *WHO))
    if not page.awaits_cosignature:
        flash("This note awaits no co-signature.")
        return redirect(url_for(".show", visit_id=visit_id), 303)
    return _cosign([page])


@blueprint.route("/co-signatures", methods=["GET", "POST"])
@needs(Permission.CHART_COSIGN)
@before_writing(check_password)
def cosign_several() -> ResponseReturnValue:
    """Show the oldest notes that await a co-signature, and co-sign those that are ticked."""
    waiting = [note.visit_id for note in awaiting_notes() if not note.comment]
    pages = [NotePage.fetch(find_or_404(Visit, number, *WHO)) for number in waiting[:AT_ONCE]]
    return _cosign(pages, left=len(waiting) - len(pages))


@blueprint.route("/visits/<int:visit_id>/return", methods=["GET", "POST"])
@needs(Permission.CHART_COSIGN)
def return_note(visit_id: int) -> ResponseReturnValue:
    """Return an assistant's note with a comment, which the author answers with an addendum."""
    visit = find_or_404(Visit, visit_id, *WHO, to_change=request.method == "POST")
    audit.viewed("visit", visit, patient_id=visit.patient_id)
    page, form = NotePage.fetch(visit), ReturnForm()
    if not page.awaits_cosignature:
        flash("This note awaits no co-signature.")
        return redirect(url_for(".show", visit_id=visit_id), 303)
    if form.validate_on_submit():
        try:
            actions.return_to_author(visit, form.comment.value, by=current_user)
        except Refused as refused:
            for finding in refused.findings:
                form.add_error(finding.about or "comment", finding.message)
        else:
            flash("Returned. Its author finds it on Today.")
            return redirect(url_for(".today"), 303)
    answer = render_template("charting/cosignature/return.html", visit=visit, form=form, page=page)
    return answer, 422 if form.is_submitted() else 200


def _cosign(pages: Sequence[NotePage], left: int = 0) -> ResponseReturnValue:
    form, chosen = CosignForm(), chosen_notes(request.form.getlist("notes"))
    code = 200
    if form.is_submitted():
        code = _sign_chosen(form, chosen)
        if code == 303:
            count = len(chosen)
            flash(f"{count} note{'' if count == 1 else 's'} co-signed.")
            return redirect(url_for(".today"), code)
    for page in pages:
        audit.viewed("visit", page.visit, patient_id=page.visit.patient_id)
    is_one = request.endpoint == "charting.cosign"
    answer = render_template(
        "charting/cosignature/sign.html",
        pages=pages,
        form=form,
        is_one=is_one,
        left=left,
        chosen=chosen,
    )
    return answer, code


def _sign_chosen(form: CosignForm, chosen: dict[int, int]) -> int:
    """Co-sign all chosen notes or none; return the status code of the answer."""
    if not form.validate():
        return 422
    if not chosen:
        form.add_error("password", "Tick the notes that you read. Nothing was signed.")
        return 422
    if not g.is_password:
        refuse_password(form, "signature.refused", "visit", "Nothing was signed.")
        return 422
    try:
        for number, addenda in sorted(chosen.items()):
            visit = find_or_404(Visit, number, joinedload(Visit.void), to_change=True)
            actions.cosign(visit, addenda=addenda, by=current_user)
    except Refused as refused:
        form.add_error("password", f"{refused.findings[0].message} Nothing was signed.")
        return 422
    except ChangedMeanwhile:
        form.add_error(
            "password", "Something was added after you opened this page. Read it once more."
        )
        return 409
    return 303
