"""The tables of the results as CSV, for a spreadsheet."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any

from clinic_notes.clinical.change import Response
from clinic_notes.outcomes.results import page, queries
from clinic_notes.outcomes.results.figures import cells
from clinic_notes.outcomes.results.question import Question
from clinic_notes.outcomes.statistics.intervals import Estimate

TABLES = ("responders", "completeness", "measured", "skin")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_of(table: str, question: Question) -> str:
    """Return one of the tables; texts that a spreadsheet would reckon with open as texts."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerows([_as_text(value) for value in row] for row in _ROWS[table](question))
    return text.getvalue()


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


def _as_text(value: Any) -> Any:
    is_formula = isinstance(value, str) and value.startswith(_FORMULA)
    return f"'{value}" if is_formula else value
