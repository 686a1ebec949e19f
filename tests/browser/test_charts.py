"""Three paper charts, entered through the pages as a therapist would, and read back whole.

The two long ones are entered on one store each, the short one on both (docs/adr/0020).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser import chart_a, chart_b, chart_c
from tests.browser.browsers import Visitors
from tests.browser.charts import Chart, Session, Value
from tests.browser.form_driver import (
    answer_rest_no,
    enter,
    fill_in,
    follow,
    offers,
    press,
    put,
    sign,
)
from tests.browser.notes import note_on, record_on
from tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Lines that every note has, of which a chart need not speak.
ALWAYS = {"summary", "facts", "badge", "badge 2", "signed by", "safety, no", "measured by"}


@dataclass(frozen=True)
class ReadBack:
    """A value of a chart and what the page shows in its place."""

    where: str
    value: Value
    displayed: str

    @property
    def is_told(self) -> bool:
        return self.value.is_told(self.displayed)

    def __str__(self) -> str:
        mark = "  " if self.is_told else "!!"
        shown = self.displayed if len(self.displayed) < 80 else f"… {self.value.reads} …"
        return (
            f"{mark} {self.where:<10} {self.value.said[:60]:<60} {self.value.line[:50]:<50} {shown}"
        )


@pytest.mark.parametrize(
    ("store", "name", "chart", "between"),
    [
        pytest.param("sqlite", "A", chart_a.CHART, {}, id="A, plantar heel pain"),
        pytest.param("postgresql", "B", chart_b.CHART, chart_b.BETWEEN, id="B, lateral elbow pain"),
        pytest.param("sqlite", "C", chart_c.CHART, {}, id="C, screened and not treated"),
        pytest.param("postgresql", "C", chart_c.CHART, {}, id="C, on the shared store"),
    ],
    indirect=["store"],
)
def test_every_value_of_a_chart_comes_back_from_the_pages(
    name: str,
    chart: Chart,
    between: dict[int, tuple[str, ...]],
    visitors: Visitors,
    cast: Cast,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    page = visitors.sign_in(cast.maya)
    stock_the_shelf(page, chart)
    home = register(page, chart)
    notes = []
    for number, session in enumerate(chart.sessions):
        for day in between.get(session.number, ()):
            see(page, home, day)
        notes.append(record(page, home, session))
        if number:
            add_late(page, notes[number - 1], chart.sessions[number - 1].late)
    table, surplus = read_back(page, home, notes, chart)
    told = sum(row.is_told for row in table)
    lines = [f"chart {name}: {len(table)} values, {told} read back", *map(str, table)]
    (tmp_path / f"chart_{name}.txt").write_text("\n".join(lines))
    print("\n".join(lines))  # noqa: T201 - the table is what this test is run for, with -s.
    record_property("charts", lines[0])
    missing = [str(row) for row in table if not row.is_told]
    assert (missing, surplus) == ([], [])


def stock_the_shelf(page: Page, chart: Chart) -> None:
    for supplies, thing in chart.supplies:
        page.goto(f"/equipment/{supplies}/new")
        enter(page, thing)
        press(page, "Add")


def register(page: Page, chart: Chart) -> str:
    """Register the patient and open the episode; return the address of her page."""
    page.goto("/patients")
    follow(page, "Register a patient")
    for value in (v for v in chart.patient if isinstance(v.field, str)):
        if not offers(page, value.field, value.typed):
            page.locator(f'button[name="add"][value="{value.field.split("-")[0]}"]').click()
        put(page, value.field, value.typed)
    press(page, "Register")
    home = page.url
    page.goto(f"{home}/episodes/new")
    enter(page, {v.field: v.typed for v in chart.episode if isinstance(v.field, str)})
    press(page, "New episode")
    assert page.url == home
    return home


def see(page: Page, home: str, day: str) -> None:
    """Sign a session of which the chart tells nothing but that it was: nobody is treated in it."""
    page.goto(home)
    follow(page, "Record session")
    enter(
        page,
        {
            "served_on": day,
            "decision": "not_treated",
            "not_treated_reason": "Not told by the chart.",
            "patient_informed": "y",
            "referral": "nobody",
            "answers-fever_systemic_infection-answer": "no",
        },
    )
    press(page, "Save draft")
    sign(page)


def record(page: Page, home: str, session: Session) -> str:
    """Record a session and sign it; return the address of its note."""
    page.goto(home)
    follow(page, "Record session")
    typed = [(v.field, v.typed) for v in session.values if v.field]
    fill_in(page, [("served_on", session.on), *typed], save="Save draft")
    if session.rest_is_no:
        answer_rest_no(page)
        press(page, "Save draft")
    sign(page)
    return page.url


def add_late(page: Page, note: str, late: tuple[Value, ...]) -> None:
    """Add to a signed note what the patient told the next time."""
    if late:
        page.goto(note)
        follow(page, "Add addendum")
        enter(page, {v.field: v.typed for v in late if isinstance(v.field, str)})
        press(page, "Add to the note")


def read_back(
    page: Page, home: str, notes: list[str], chart: Chart
) -> tuple[list[ReadBack], list[str]]:
    """Return every value with what is shown for it, and lines of which the chart says nothing."""
    page.goto(home)
    said = record_on(page)
    table = [*_found("patient", chart.patient, said), *_found("episode", chart.episode, said)]
    surplus = []
    for session, address in zip(chart.sessions, notes, strict=True):
        page.goto(address)
        said = note_on(page)
        values = (*session.values, *session.late)
        table += _found(f"session {session.number}", values, said)
        spoken_of = ALWAYS | {value.line for value in values}
        surplus += [f"{name}: {line}" for name, line in said.items() if name not in spoken_of]
    return table, surplus


def _found(where: str, values: tuple[Value, ...], said: dict[str, str]) -> Iterator[ReadBack]:
    for value in values:
        if value.said:
            yield ReadBack(where, value, said.get(value.line, ""))
