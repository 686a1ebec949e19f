"""The manager's first page: what waits, safety first."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from clinic_notes.charting.plan.due_items import overdue_in_clinic
from clinic_notes.core import audit
from clinic_notes.core.access import needs
from clinic_notes.core.display import today
from clinic_notes.core.permissions import Permission
from clinic_notes.outcomes import first_page, queries
from clinic_notes.outcomes.behind import views as behind
from clinic_notes.outcomes.blueprint import blueprint
from clinic_notes.outcomes.own import views as own
from clinic_notes.outcomes.results import views as results

__all__ = ["behind", "blueprint", "own", "results", "waiting"]


@blueprint.get("/outcomes")
@needs(Permission.CLINIC_FIGURES)
def waiting() -> ResponseReturnValue:
    """Show the manager what is unsigned, overdue, what went wrong and what came late."""
    groups, overdue = first_page.groups(), overdue_in_clinic(today())
    audit.record(
        "outcomes.viewed",
        "visit",
        by=current_user,
        notes=sum(len(queue.rows) for group in groups for queue in group.queues),
        overdue=len(overdue),
    )
    return render_template(
        "outcomes/waiting.html",
        groups=groups,
        overdue=overdue,
        figures=first_page.figures(),
        most=queries.MOST,
    )
