"""Views of the lists behind a figure; each look is in the trail of its patients."""

from collections.abc import Iterable

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from clinic_notes.core import audit
from clinic_notes.core.access import needs
from clinic_notes.core.display import today
from clinic_notes.core.permissions import Permission
from clinic_notes.outcomes.behind.arguments import Behind, read_behind
from clinic_notes.outcomes.behind.episodes import LISTED, episodes
from clinic_notes.outcomes.behind.sessions import sessions
from clinic_notes.outcomes.blueprint import blueprint
from clinic_notes.outcomes.results.dimensions import DIMENSIONS
from clinic_notes.outcomes.results.page import VERDICTS
from clinic_notes.outcomes.results.question import UnclearQuestion

OF_SESSIONS = {"therapist", "region", *(key for key, one in DIMENSIONS.items() if one.is_of_uses)}
"""By what sessions can be asked for: who treated, and what was done where."""


@blueprint.get("/outcomes/results/episodes")
@needs(Permission.CLINIC_FIGURES)
def episodes_behind() -> ResponseReturnValue:
    """Show the episodes behind a figure of the results."""
    asked = _asked()
    found = episodes(asked)
    _record_looks("episode", (one.patient_id for one in found))
    return render_template(
        "outcomes/episodes.html",
        episodes=found,
        asked=asked,
        title=asked.title,
        most=LISTED,
        verdicts=VERDICTS,
    )


@blueprint.get("/outcomes/results/sessions")
@needs(Permission.CLINIC_FIGURES)
def sessions_behind() -> ResponseReturnValue:
    """Show the sessions behind a figure of completeness or of the skin's response."""
    asked = _asked()
    if asked.value is not None and asked.question.by.key not in OF_SESSIONS:
        abort(400)
    found = sessions(asked)
    _record_looks("visit", (one.patient_id for one in found))
    return render_template(
        "outcomes/sessions.html", sessions=found, asked=asked, title=asked.title, most=LISTED
    )


def _asked() -> Behind:
    try:
        return read_behind(request.args, today())
    except UnclearQuestion:
        abort(400)


def _record_looks(subject: str, patient_ids: Iterable[int]) -> None:
    for patient_id in dict.fromkeys(patient_ids):
        audit.record("results.viewed", subject, by=current_user, patient_id=patient_id)
