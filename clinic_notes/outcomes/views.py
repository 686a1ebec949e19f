"""The manager's first page: what waits, safety first."""

from dataclasses import dataclass
from datetime import timedelta

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from clinic_notes.charting.plan.due_items import overdue_in_clinic
from clinic_notes.clinical.signing import late_by
from clinic_notes.core import audit, clock
from clinic_notes.core.access import needs
from clinic_notes.core.display import day_of, today
from clinic_notes.core.permissions import Permission
from clinic_notes.outcomes import queries
from clinic_notes.outcomes.behind import views as behind
from clinic_notes.outcomes.blueprint import blueprint
from clinic_notes.outcomes.own import views as own
from clinic_notes.outcomes.queries import Waiting
from clinic_notes.outcomes.results import views as results

__all__ = ["behind", "blueprint", "own", "results", "waiting"]

UNSIGNED_AFTER = timedelta(hours=24)
"""A draft older than this is told to the manager (proposed)."""
DAYS, LATE_DAYS = 30, 7
"""How far back the page looks: safety, and late entries (proposed)."""
UNSEEN, SEEN = timedelta(days=21), timedelta(days=60)
"""An open episode without a session for so long; one that is still followed (proposed)."""
LATE = 1
"""Days after the session from which an entry is late (proposed)."""


@dataclass(frozen=True)
class Queue:
    """One list of the page."""

    key: str
    title: str
    hint: str
    rows: list[Waiting]


@blueprint.get("/outcomes")
@needs(Permission.CLINIC_FIGURES)
def waiting() -> ResponseReturnValue:
    """Show the manager what is unsigned, overdue, what went wrong and what came late."""
    queues, overdue = _queues(), overdue_in_clinic(today())
    audit.record(
        "outcomes.viewed",
        "visit",
        by=current_user,
        notes=sum(len(queue.rows) for queue in queues),
        overdue=len(overdue),
    )
    return render_template(
        "outcomes/waiting.html", queues=queues, overdue=overdue, most=queries.MOST
    )


def _queues() -> tuple[Queue, ...]:
    now = clock.now()
    safety_since = now - timedelta(days=DAYS)
    late = queries.entered_late(
        now - timedelta(days=LATE_DAYS),
        lambda served_on, created_at: late_by(served_on, day_of(created_at)) > LATE,
    )
    return (
        Queue(
            "effects",
            "Adverse effects, grade 2 or more",
            f"in notes signed, or reported later, in the last {DAYS} days",
            queries.serious_effects(safety_since),
        ),
        Queue(
            "not-treated",
            "Screened, not treated",
            f"signed in the last {DAYS} days",
            queries.not_treated(safety_since),
        ),
        Queue(
            "worse",
            "Worse beyond measurement error",
            f"open episodes seen in the last {SEEN.days} days, since their start",
            queries.worse(today() - SEEN),
        ),
        Queue(
            "unsigned",
            "Not signed for 24 hours",
            "the oldest first",
            queries.unsigned(now - UNSIGNED_AFTER),
        ),
        Queue(
            "cosignature",
            "Awaiting co-signature",
            "signed by an assistant, the oldest first",
            queries.awaiting_cosignature(),
        ),
        Queue(
            "late",
            "Entered more than a day late",
            f"of the notes signed in the last {LATE_DAYS} days",
            late,
        ),
        Queue(
            "unseen",
            f"Open, without a session for {UNSEEN.days} days",
            "the longest first",
            queries.unseen(today() - UNSEEN),
        ),
    )
