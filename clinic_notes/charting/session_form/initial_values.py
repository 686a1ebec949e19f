"""What the fields of the session form begin with."""

from typing import Any

from flask_login import current_user

from clinic_notes.charting.context import VisitFacts
from clinic_notes.charting.models import Visit
from clinic_notes.charting.readings.last_session import LastSession
from clinic_notes.charting.readings.starting_rows import first_use, starting_rows
from clinic_notes.charting.session_form.forms import form_values
from clinic_notes.charting.session_form.snapshot import sign_snapshot
from clinic_notes.clinical.drafts import VisitDraft
from clinic_notes.core.display import today
from clinic_notes.reference.terms import Decision


def initial_values(facts: VisitFacts, last: LastSession | None) -> dict[str, Any]:
    """Return what a form that is opened begins with; ``last`` is the last signed session.

    A new session begins with the day, the clinician and rows without readings.
    """
    if facts.visit is not None:
        return stored_values(facts.draft, facts.visit, opened=facts.draft)
    return {
        "served_on": today(),
        "measured_by_id": current_user.id,
        "uses": [first_use(facts.episode)],
        **starting_rows(facts.episode, last.readings if last is not None else ()),
    }


def stored_values(draft: VisitDraft, visit: Visit, *, opened: VisitDraft) -> dict[str, Any]:
    """Return the fields of a draft of this visit, with a snapshot of the visit as ``opened``.

    Never lay them under what was sent: WTForms takes a row's missing field from the stored row
    at the same place.
    """
    values = form_values(draft) | {
        "version": visit.version,
        "snapshot": sign_snapshot(opened, visit.id),
    }
    if not draft.uses and draft.decision is Decision.TREATED:
        values["uses"] = [first_use(visit.episode)]
    return values
