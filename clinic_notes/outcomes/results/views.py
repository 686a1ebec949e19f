"""Views of the results: the page, the episodes behind a figure, a table as CSV."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from clinic_notes.clinical.change import Response
from clinic_notes.core import audit
from clinic_notes.core.access import needs
from clinic_notes.core.display import today
from clinic_notes.core.permissions import Permission
from clinic_notes.core.responses.csv_file import csv_file
from clinic_notes.outcomes.blueprint import blueprint
from clinic_notes.outcomes.results import behind, page, queries
from clinic_notes.outcomes.results.dimensions import DIMENSIONS
from clinic_notes.outcomes.results.export import TABLES, rows_of
from clinic_notes.outcomes.results.figures import FEWEST
from clinic_notes.outcomes.results.filters import filters
from clinic_notes.outcomes.results.question import (
    AGAINST,
    UnclearQuestion,
    last_year,
    read_question,
    value_of,
)
from clinic_notes.outcomes.statistics import pooling, xmr


@blueprint.get("/outcomes/results")
@needs(Permission.CLINIC_FIGURES)
def results() -> ResponseReturnValue:
    """Show completeness, then what changed, then skin responses, of a period."""
    unclear = ""
    try:
        question = read_question(request.args, today())
    except UnclearQuestion as refusal:
        question, unclear = last_year(today()), str(refusal)
    audit.record("results.viewed", "clinic", by=current_user, by_what=question.by.key)
    html = render_template(
        "outcomes/results.html",
        results=None if unclear else page.results(question),
        question=question,
        against=AGAINST,
        only=[
            (DIMENSIONS[key].title, DIMENSIONS[key].labels()(value))
            for key, value in question.only.items()
        ],
        unclear=unclear,
        dimensions=DIMENSIONS,
        filters=filters(question, today()),
        kinds=queries.KINDS,
        verdicts=page.VERDICTS,
        skin_titles=page.skin_titles(),
        fewest=FEWEST,
        pooling=pooling.METHOD_RATES,
        xmr_source=xmr.SOURCE,
        Response=Response,
    )
    return html, 400 if unclear else 200


@blueprint.get("/outcomes/results/episodes")
@needs(Permission.CLINIC_FIGURES)
def episodes_behind() -> ResponseReturnValue:
    """Show the episodes behind a figure of the results; the look is in the trail."""
    try:
        question = read_question(request.args, today())
        given = request.args.get("value", "")
        value = value_of(question.by, given) if given else None
        named = request.args.get("response", "")
        if named and named not in list(Response):
            raise UnclearQuestion("There is no such response.")
    except UnclearQuestion:
        abort(400)
    found = behind.behind(question, value, Response(named) if named else None)
    for episode in found:
        audit.record("results.viewed", "episode", by=current_user, patient_id=episode.patient_id)
    return render_template(
        "outcomes/episodes.html",
        episodes=found,
        question=question,
        label="" if value is None else question.by.labels()(value),
        response=named,
        most=behind.LISTED,
    )


@blueprint.get("/outcomes/results/csv")
@needs(Permission.CLINIC_FIGURES)
def export() -> ResponseReturnValue:
    """Return a table of the results as CSV."""
    table = request.args.get("table", TABLES[0])
    if table not in TABLES:
        abort(404)
    try:
        question = read_question(request.args, today())
    except UnclearQuestion:
        abort(400)
    audit.record("results.exported", "clinic", by=current_user, table=table)
    name = f"{table}-{question.start}-{question.end}.csv"
    return csv_file(name, rows_of(table, question))
