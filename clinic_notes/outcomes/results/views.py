"""Views of the results: the page, and a table of it as a file."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from clinic_notes.clinical.change import Response
from clinic_notes.core import audit
from clinic_notes.core.access import needs
from clinic_notes.core.display import today
from clinic_notes.core.permissions import Permission
from clinic_notes.core.responses.csv_file import csv_file
from clinic_notes.core.responses.xlsx_file import xlsx_file
from clinic_notes.outcomes.blueprint import blueprint
from clinic_notes.outcomes.results import page, queries
from clinic_notes.outcomes.results.dimensions import DIMENSIONS
from clinic_notes.outcomes.results.export import TABLES, rows_of
from clinic_notes.outcomes.results.figures import FEWEST
from clinic_notes.outcomes.results.filters import filters
from clinic_notes.outcomes.results.page import ADVERSE
from clinic_notes.outcomes.results.question import (
    COMPARISONS,
    Question,
    UnclearQuestion,
    last_year,
    read_question,
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
        comparisons=COMPARISONS,
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
        skin_keys=(*page.SKIN, ADVERSE),
        fewest=FEWEST,
        pooling=pooling.METHOD_RATES,
        xmr_source=xmr.SOURCE,
        Response=Response,
    )
    return html, 400 if unclear else 200


@blueprint.get("/outcomes.csv")
@needs(Permission.CLINIC_FIGURES)
def export_csv() -> ResponseReturnValue:
    """Return a table of the results as CSV."""
    (table,), question = _tables(request.args.get("table") or "responders"), _question()
    rows = rows_of(table, page.results(question))
    return csv_file(f"{table}-{question.start}-{question.end}.csv", rows)


@blueprint.get("/outcomes.xlsx")
@needs(Permission.CLINIC_FIGURES)
def export_xlsx() -> ResponseReturnValue:
    """Return a table of the results as a spreadsheet; without one all of them, a sheet each."""
    tables, question = _tables(request.args.get("table", "")), _question()
    found = page.results(question)
    name = tables[0] if len(tables) == 1 else "outcomes"
    return xlsx_file(
        f"{name}-{question.start}-{question.end}.xlsx",
        {table: rows_of(table, found) for table in tables},
    )


def _tables(asked: str) -> tuple[str, ...]:
    """Return the tables that are asked for; that they were taken away is in the trail."""
    if asked and asked not in TABLES:
        abort(404)
    audit.record("results.exported", "clinic", by=current_user, table=asked or "all")
    return (asked,) if asked else TABLES


def _question() -> Question:
    try:
        return read_question(request.args, today())
    except UnclearQuestion:
        abort(400)
