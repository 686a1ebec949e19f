"""The tables as files: read back by openpyxl and csv, numbers as numbers, hostile text as text."""

import csv
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from clinic_notes.core.audit import AuditEntry
from clinic_notes.core.db import db
from clinic_notes.outcomes.results.export import TABLES
from tests import drafts, factories
from tests.cast import Cast
from tests.fixture_types import ActingAs

HOSTILE = ("=HYPERLINK(1)", "+1+1", "-2", "@SUM(A1)", "http://x.example", "{=1}", "0042")


@pytest.fixture(autouse=True)
def treated(cast: Cast, acting_as: ActingAs) -> None:
    """A session with an instrument of each hostile name."""
    with acting_as(cast.maya):
        patient = factories.make_patient(cast.maya)
        episode = factories.make_episode(patient, cast.maya)
        tools = [factories.make_instrument(cast.maya, name=name) for name in HOSTILE]
        draft = drafts.treated_draft(
            tools[0].id,
            served_on=drafts.yesterday(),
            timed_minutes=40,
            total_minutes=50,
            uses=tuple(drafts.calf_use(tool.id) for tool in tools),
        )
        factories.record_visit(patient.id, episode.id, draft, by=cast.maya)


def workbook(client, asked: str = ""):
    answer = client.get(f"/outcomes.xlsx{asked}")
    assert answer.status_code == 200
    return load_workbook(BytesIO(answer.data))


def test_every_table_is_a_sheet(cast, client_for) -> None:
    book = workbook(client_for(cast.lena))
    assert tuple(book.sheetnames) == TABLES
    assert workbook(client_for(cast.lena), "?table=skin").sheetnames == ["skin"]


@pytest.mark.parametrize("table", TABLES)
def test_a_sheet_holds_what_the_csv_holds(cast, client_for, table: str) -> None:
    lena = client_for(cast.lena)
    text = lena.get(f"/outcomes.csv?table={table}").text
    rows = [[cell.removeprefix("'") for cell in row] for row in csv.reader(StringIO(text))]
    sheet = workbook(lena, f"?table={table}")[table]
    read = [["" if v is None else str(v) for v in row] for row in sheet.iter_rows(values_only=True)]
    assert read == rows


def test_hostile_names_are_texts_and_counts_are_numbers(cast, client_for) -> None:
    sheet = workbook(client_for(cast.lena), "?table=skin")["skin"]
    cells = {row[1].value: row for row in sheet.iter_rows() if row[0].value == "instrument"}
    assert set(cells) == set(HOSTILE)
    assert {row[1].data_type for row in cells.values()} == {"s"}
    assert {row[1].hyperlink for row in cells.values()} == {None}
    assert {(row[2].data_type, row[2].value) for row in cells.values()} == {("n", 1)}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_taken_away_is_in_the_trail_and_what_is_unclear_is_refused(
    cast, client_for, acting_as, kind: str
) -> None:
    lena = client_for(cast.lena)
    assert lena.get(f"/outcomes.{kind}?table=skin").status_code == 200
    assert lena.get(f"/outcomes.{kind}?table=names").status_code == 404
    assert lena.get(f"/outcomes.{kind}?table=skin&from=soon").status_code == 400
    with acting_as(cast.lena):
        taken = select(AuditEntry.actor_id).where(AuditEntry.action == "results.exported")
        assert db.session.scalars(taken).all() == [cast.lena.id]
