"""The view of a therapist's own results."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from clinic_notes.clinical.change import Response
from clinic_notes.core import audit
from clinic_notes.core.access import needs
from clinic_notes.core.display import today
from clinic_notes.core.permissions import Permission
from clinic_notes.outcomes.blueprint import blueprint
from clinic_notes.outcomes.own.page import own_results
from clinic_notes.outcomes.results.figures import FEWEST
from clinic_notes.outcomes.results.question import last_year


@blueprint.get("/outcomes/own")
@needs(Permission.CHART_WRITE)
def own() -> ResponseReturnValue:
    """Show users their own results of the last year beside the clinic's.

    Nothing is read from the address: by a filter, or by periods that differ by a day, somebody
    could take the clinic apart until one colleague is left.
    """
    question = last_year(today())
    audit.record("own_results.viewed", "clinic", by=current_user)
    return render_template(
        "outcomes/own.html",
        question=question,
        found=own_results(question, current_user),
        fewest=FEWEST,
        Response=Response,
    )
