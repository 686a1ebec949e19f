"""The tables of the results as rows, for a file: what the page shows, each with its headings."""

from collections.abc import Iterable, Sequence
from typing import Any

from clinic_notes.clinical.change import Response
from clinic_notes.outcomes.results import page, queries
from clinic_notes.outcomes.results.page import Results
from clinic_notes.outcomes.statistics.intervals import Estimate

Rows = Iterable[Sequence[Any]]


def rows_of(table: str, results: Results) -> Rows:
    """Return the rows of one of the tables, its headings first."""
    return _ROWS[table](results)


def _changed(results: Results) -> Rows:
    yield ("What changed", "Beyond chance")
    for one in results.changed:
        yield (one.text, "yes" if one.is_change else "no")


def _completeness(results: Results) -> Rows:
    states = ("paired", "incomplete", "none")
    heads = [f"{kind} {state}" for kind in queries.KINDS.values() for state in states]
    yield ("Therapist", "Sessions", *heads)
    for row in results.completeness:
        yield (row.therapist, row.sessions, *(count for kind in row.kinds for count in kind))


def _responders(results: Results) -> Rows:
    yield (
        results.question.by.title, "Episodes known", "Rate", "95 % low", "95 % high", "Pooled rate",
        *(response.replace("_", " ") for response in Response),
    )  # fmt: skip
    for cell in results.cells:
        counts = [cell.counts[response] for response in Response]
        yield (cell.label, cell.known, *_estimate(cell.rate), _rounded(cell.pooled), *counts)


def _pain(results: Results) -> Rows:
    yield ("Figure", "Value", "95 % low", "95 % high", "n")
    found = results.pain
    if found is None:
        return
    yield ("Mean first rating", *_estimate(found.before), found.n)
    yield ("Mean last rating", *_estimate(found.after), found.n)
    yield ("Mean change", *_estimate(found.change), found.n)
    for title, value in (
        ("Least change", found.spread.least),
        ("Lower quartile of the change", found.spread.lower),
        ("Median change", found.spread.median),
        ("Upper quartile of the change", found.spread.upper),
        ("Most change", found.spread.most),
    ):
        yield (title, value, "", "", found.n)
    for effect in found.effects:
        corrected = ", corrected for few" if effect.is_corrected else ""
        yield (f"{effect.formula}{corrected}", _rounded(effect.value), "", "", found.n)


def _funnel(results: Results) -> Rows:
    limits = ("Limit of 95 % low", "Limit of 95 % high", "Beyond chance?")
    yield ("Therapist", "Rate", "95 % low", "95 % high", "Known", *limits)
    for point in results.funnel.points if results.funnel else ():
        ends = (_rounded(end) for end in point.limits)
        yield (point.label, *_estimate(point.rate), point.rate.n, *ends, point.verdict)


def _months(results: Results) -> Rows:
    yield ("Month", "Rate", "95 % low", "95 % high", "Known", "Rule")
    found = results.months
    for month in (*found.months, *found.hidden) if found else ():
        yield (month.label, *_estimate(month.rate), month.n, "; ".join(month.fired))


def _measured(results: Results) -> Rows:
    yield ("Measured", "n", *page.VERDICTS.values())
    for row in results.measured:
        yield (row.label, row.n, *row.counts)


def _skin(results: Results) -> Rows:
    ends = ("", " 95 % low", " 95 % high")
    heads = [f"{title}{end}" for title in page.skin_titles() for end in ends]
    yield ("By", "Value", "Sessions", *heads)
    for by, rows in results.skin:
        for row in rows:
            figures = (figure for one in row.shares for figure in _estimate(one))
            yield (by.key, row.label, row.sessions, *figures)


_ROWS = {
    "changed": _changed,
    "completeness": _completeness,
    "responders": _responders,
    "pain": _pain,
    "funnel": _funnel,
    "months": _months,
    "measured": _measured,
    "skin": _skin,
}
TABLES = tuple(_ROWS)
"""In the order of the page."""


def _estimate(found: Estimate | None) -> tuple[Any, ...]:
    if found is None:
        return ("", "", "")
    return tuple(_rounded(one) for one in (found.value, found.low, found.high))


def _rounded(value: float | None) -> float | str:
    return "" if value is None else round(value, 4)
