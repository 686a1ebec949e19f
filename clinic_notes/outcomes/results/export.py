"""The tables of the results as CSV, for a spreadsheet."""

from collections.abc import Iterable, Sequence
from typing import Any

from clinic_notes.clinical.change import Response
from clinic_notes.outcomes.results import page, queries
from clinic_notes.outcomes.results.figures import cells
from clinic_notes.outcomes.results.question import Question
from clinic_notes.outcomes.statistics.intervals import Estimate

TABLES = ("responders", "completeness", "measured", "skin")


def rows_of(table: str, question: Question) -> Iterable[Sequence[Any]]:
    """Return the rows of one of the tables, its headings first."""
    return _ROWS[table](question)


def _responders(question: Question) -> Iterable[Sequence[Any]]:
    yield (
        question.by.title, "Episodes known", "Rate", "95 % low", "95 % high", "Pooled rate",
        *(response.replace("_", " ") for response in Response),
    )  # fmt: skip
    for cell in cells(queries.responses(question), question.by):
        counts = [cell.counts[response] for response in Response]
        pooled = "" if cell.pooled is None else round(cell.pooled, 4)
        yield (cell.label, cell.known, *_estimate(cell.rate), pooled, *counts)


def _completeness(question: Question) -> Iterable[Sequence[Any]]:
    states = ("paired", "incomplete", "none")
    heads = [f"{kind} {state}" for kind in queries.KINDS.values() for state in states]
    yield ("Therapist", "Sessions", *heads)
    for row in page.completeness(question):
        yield (row.therapist, row.sessions, *(count for kind in row.kinds for count in kind))


def _measured(question: Question) -> Iterable[Sequence[Any]]:
    yield ("Measured", "n", *page.VERDICTS.values())
    for row in page.measured(question):
        yield (row.label, row.n, *row.counts)


def _skin(question: Question) -> Iterable[Sequence[Any]]:
    ends = ("", " 95 % low", " 95 % high")
    heads = [f"{title}{end}" for title in page.skin_titles() for end in ends]
    yield ("By", "Value", "Sessions", *heads)
    for by in page.SAFETY:
        for row in page.skin(question, by):
            figures = (figure for one in row.shares for figure in _estimate(one))
            yield (by, row.label, row.sessions, *figures)


_ROWS = {
    "responders": _responders,
    "completeness": _completeness,
    "measured": _measured,
    "skin": _skin,
}


def _estimate(found: Estimate | None) -> tuple[Any, ...]:
    if found is None:
        return ("", "", "")
    return tuple(round(one or 0.0, 4) for one in (found.value, found.low, found.high))
