"""What the fields of the session form begin with."""

from typing import Any

from flask_login import current_user

from clinic_notes.charting.context import VisitFacts
from clinic_notes.charting.models import Visit, columns
from clinic_notes.charting.readings.forms import initial_reading
from clinic_notes.charting.readings.last_session import LastSession
from clinic_notes.charting.readings.starting_rows import first_use, starting_rows
from clinic_notes.charting.screening.forms import initial_answers
from clinic_notes.clinical.drafts import VisitDraft
from clinic_notes.core.display import today
from clinic_notes.core.forms.snapshot import sign_snapshot
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
    # What is missing is shown as a link to its field: so the first row of each is always there.
    first = first_use(visit.episode) if draft.decision is Decision.TREATED else {}
    return {
        "version": visit.version,
        "snapshot": sign_snapshot(opened, f"visit {visit.id}"),
        **{name: getattr(draft, name) for name in columns.VISIT},
        "answers": initial_answers(draft.answers),
        "pains": [initial_reading(row) for row in draft.pains] or [{"context": "now"}],
        **{
            name: [initial_reading(row) for row in getattr(draft, name)]
            for name in ("roms", "strengths", "measures")
        },
        "uses": [vars(row) for row in draft.uses] or [first],
        "interventions": [vars(row) for row in draft.interventions],
        "effects": [vars(row) for row in draft.effects],
    }
