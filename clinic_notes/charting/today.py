"""The view of the first page: drafts, signed notes, autosaved text."""

from collections.abc import Sequence

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from clinic_notes.accounts.redirects import first_page
from clinic_notes.charting.autosave.queries import autosaved_forms
from clinic_notes.charting.blueprint import blueprint
from clinic_notes.charting.cosignature.queries import (
    awaiting_among,
    awaiting_notes,
    returned_to,
)
from clinic_notes.charting.models import AutosavedForm, Visit
from clinic_notes.charting.plan.due_items import due_of
from clinic_notes.charting.report.queries import unfinished_reports
from clinic_notes.charting.visit.left_drafts import left_drafts
from clinic_notes.charting.visit.queries import drafts_by, recently_signed
from clinic_notes.core import audit, display
from clinic_notes.core.access import SIGNED_IN, needs
from clinic_notes.core.permissions import Permission


@blueprint.get("/")
@needs(SIGNED_IN)
def today() -> ResponseReturnValue:
    """Show the user's drafts, what is due, latest signed notes, and text not saved yet."""
    if not current_user.may(Permission.CHART_READ):
        return redirect(first_page(current_user))
    if not current_user.may(Permission.CHART_WRITE):
        # A manager writes no notes; what waits in the clinic is what they come for.
        return redirect(url_for("outcomes.waiting"))
    drafts, signed = drafts_by(current_user), recently_signed(current_user)
    typed = autosaved_forms(current_user)
    elsewhere = _not_about(drafts, typed)
    is_therapist = current_user.may(Permission.CHART_COSIGN)
    to_cosign = awaiting_notes() if is_therapist else []
    left = left_drafts() if is_therapist else ()
    returned = [] if is_therapist else returned_to(current_user)
    notes = len(drafts) + len(signed) + len(elsewhere) + len(to_cosign) + len(returned) + len(left)
    audit.record("today.viewed", "visit", by=current_user, notes=notes)
    return render_template(
        "charting/today.html",
        drafts=drafts,
        signed=signed,
        awaiting=set() if is_therapist else awaiting_among(visit.id for visit in signed),
        to_cosign=to_cosign,
        returned=returned,
        left=left,
        reports=unfinished_reports(current_user) if is_therapist else (),
        elsewhere=elsewhere,
        due=due_of(current_user, display.today()),
        typed_at={form.visit_id: form.saved_at for form in reversed(typed)},
    )


def _not_about(drafts: Sequence[Visit], typed: Sequence[AutosavedForm]) -> list[AutosavedForm]:
    """Return the typed text that is about none of the drafts: the rest is shown in their lines."""
    mine = {visit.id for visit in drafts}
    return [form for form in typed if form.visit_id not in mine]
