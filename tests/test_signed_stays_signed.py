"""A signed visit stays as it was signed: whichever route, table or statement is tried."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, Table, select, text
from sqlalchemy.exc import DBAPIError

from clinic_notes.core.db import db
from clinic_notes.models import Base
from tests.cast import PASSWORD, Cast
from tests.factories import amend, awaiting_note, correct, open_visit, return_to_author, void
from tests.fixture_types import ActingAs, ClientFor

CHILDREN = ("screening_answer", "reading", "instrument_use", "intervention", "effect")
GRANDCHILDREN = {"screening_site": "screening_answer", "use_tissue": "instrument_use"}
PARTS = (*CHILDREN, *GRANDCHILDREN)
ONLY_ADDED_TO = (
    "signature", "addendum", "correction", "cosignature_return", "void", "audit_entry",
)  # fmt: skip
BESIDE = ("signature", "addendum", "correction", "cosignature_return", "void")
KEPT = ("visit", *PARTS, *ONLY_ADDED_TO)
BESIDE_THE_NOTE = {"documentation_time", "autosaved_form", "visit_fact", "kiosk"}
"""What writing it took, what was typed and not saved, and what is derived from it."""
TABLES = Base.metadata.tables


@dataclass(frozen=True)
class Two:
    """A signed visit and one that is not, of the same clinic."""

    signed: int
    draft: int
    clinic_id: int


@pytest.fixture
def signed_and_draft(acting_as: ActingAs, cast: Cast) -> Two:
    with acting_as(cast.maya):
        signed, draft = awaiting_note(cast.sam, cast.maya), open_visit(cast.maya).id
    with acting_as(cast.maya):
        return_to_author(signed, cast.maya)
        amend(signed, cast.maya)
        correct(signed, cast.maya)
        void(signed, cast.maya)
    return Two(signed, draft, cast.maya.clinic_id)


@pytest.fixture
def raw(app: Flask, signed_and_draft: Two) -> Iterator[Connection]:
    """Speak SQL as the application's own role, in the clinic."""
    with app.app_context(), db.engine.connect() as connection:
        enter(connection, signed_and_draft)
        yield connection


def enter(connection: Connection, signed_and_draft: Two) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(
            text(f"SELECT set_config('app.clinic_id', '{signed_and_draft.clinic_id}', false)")
        )


def rows_of(name: str, visit_id: int) -> Any:
    """Return a condition: this table's rows that belong to the visit, or all of the trail."""
    table = TABLES[name]
    if name == "visit":
        return table.c.id == visit_id
    if name == "audit_entry":
        return table.c.id > 0
    if name in GRANDCHILDREN:
        parent = TABLES[GRANDCHILDREN[name]]
        of_visit = select(parent.c.id).where(parent.c.visit_id == visit_id)
        return table.c[f"{parent.name}_id"].in_(of_visit)
    return table.c.visit_id == visit_id


def digest(connection: Connection, visit_id: int, *names: str) -> str:
    """Return what every row of the visit says, as one figure."""
    rows = {
        name: [
            list(map(str, row))
            for row in connection.execute(
                select(TABLES[name]).where(rows_of(name, visit_id)).order_by(TABLES[name].c.id)
            )
        ]
        for name in names
    }
    assert all(rows.values()), "every table has a row to lose"
    return sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()


def refusal(connection: Connection, statement: Any, *values: dict[str, Any]) -> str:
    """Return the store's words of refusal, or "" where it did what was asked."""
    try:
        with connection.begin_nested():
            connection.execute(statement, *([list(values)] if values else []))
    except DBAPIError as error:
        return str(error.orig)
    return ""


REFUSALS = ("nothing of it changes", "only ever added to")


def assert_refused(words: str, what: str) -> None:
    assert any(said in words for said in REFUSALS), f"{what}: {words or 'was done'}"


def test_no_column_of_any_row_is_updated(raw: Connection, signed_and_draft: Two) -> None:
    before = digest(raw, signed_and_draft.signed, *KEPT)
    for name in KEPT:
        for column in TABLES[name].columns:
            same = TABLES[name].update().where(rows_of(name, signed_and_draft.signed))
            words = refusal(raw, same.values({column.name: column}))
            assert_refused(words, f"{name}.{column.name}")
    assert digest(raw, signed_and_draft.signed, *KEPT) == before


def test_no_row_is_deleted(raw: Connection, signed_and_draft: Two) -> None:
    before = digest(raw, signed_and_draft.signed, *KEPT)
    # The parts first: a key would refuse a parent with parts, and it is the lock that must.
    for name in (*GRANDCHILDREN, *CHILDREN, *ONLY_ADDED_TO, "visit"):
        words = refusal(raw, TABLES[name].delete().where(rows_of(name, signed_and_draft.signed)))
        assert_refused(words, name)
    assert digest(raw, signed_and_draft.signed, *KEPT) == before


def a_row(connection: Connection, name: str, visit_id: int) -> dict[str, Any]:
    table = TABLES[name]
    found = connection.execute(select(table).where(rows_of(name, visit_id)).limit(1))
    return dict(found.mappings().one())


def test_no_part_is_inserted(raw: Connection, signed_and_draft: Two) -> None:
    before = digest(raw, signed_and_draft.signed, *KEPT)
    for name in PARTS:
        row = a_row(raw, name, signed_and_draft.signed)
        row.pop("id")
        if "item" in row:
            row["item"] = "planted"
        assert_refused(refusal(raw, TABLES[name].insert(), row), name)
    assert digest(raw, signed_and_draft.signed, *KEPT) == before


def parent_of(name: str) -> str:
    return f"{GRANDCHILDREN[name]}_id" if name in GRANDCHILDREN else "visit_id"


@pytest.mark.parametrize("way", ["into the signed one", "out of the signed one"])
def test_no_part_is_moved(way: str, raw: Connection, signed_and_draft: Two) -> None:
    source, target = signed_and_draft.draft, signed_and_draft.signed
    if way == "out of the signed one":
        source, target = target, source
    for name in PARTS:
        moved = {parent_of(name): a_row(raw, name, target)[parent_of(name)]}
        if name == "screening_answer":
            moved["item"] = "planted"
        statement = TABLES[name].update().where(rows_of(name, source))
        row_id = a_row(raw, name, source)["id"]
        statement = statement.where(TABLES[name].c.id == row_id)
        assert_refused(refusal(raw, statement.values(moved)), name)


def test_a_signature_is_not_taken_back_to_change_the_note(
    raw: Connection, signed_and_draft: Two
) -> None:
    opened = TABLES["visit"].update().where(TABLES["visit"].c.id == signed_and_draft.signed)
    assert_refused(refusal(raw, opened.values(signed_at=None, signed_by_id=None)), "visit")


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_nothing_is_replaced(raw: Connection, signed_and_draft: Two) -> None:
    before = digest(raw, signed_and_draft.signed, *KEPT)
    for name in KEPT:
        row = a_row(raw, name, signed_and_draft.signed)
        for word in ("INSERT OR REPLACE", "REPLACE"):
            columns = ", ".join(f'"{column}"' for column in row)
            marks = ", ".join(f":{column}" for column in row)
            sql = text(f'{word} INTO "{name}" ({columns}) VALUES ({marks})')
            plain = {key: str(value) if value is not None else None for key, value in row.items()}
            assert_refused(refusal(raw, sql, plain), f"{word} {name}")
    assert digest(raw, signed_and_draft.signed, *KEPT) == before


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
def test_no_table_is_emptied(raw: Connection, signed_and_draft: Two) -> None:
    before = digest(raw, signed_and_draft.signed, *KEPT)
    for name in (*KEPT, "audit_counter"):
        assert_refused(refusal(raw, text(f'TRUNCATE "{name}" CASCADE')), name)
    assert digest(raw, signed_and_draft.signed, *KEPT) == before


def test_the_trails_count_only_grows(raw: Connection, signed_and_draft: Two) -> None:
    for change in ("UPDATE audit_counter SET entries = 1", "DELETE FROM audit_counter"):
        assert_refused(refusal(raw, text(change)), change)


def test_a_draft_may_change_in_every_table(raw: Connection, signed_and_draft: Two) -> None:
    for name in ("visit", *PARTS):
        table = TABLES[name]
        statement = (
            table.update()
            .where(rows_of(name, signed_and_draft.draft))
            .values(clinic_id=table.c.clinic_id)
        )
        assert raw.execute(statement).rowcount > 0
    for name in (*GRANDCHILDREN, *CHILDREN, "visit"):
        assert (
            raw.execute(TABLES[name].delete().where(rows_of(name, signed_and_draft.draft))).rowcount
            > 0
        )


def test_every_table_that_hangs_on_a_visit_is_kept() -> None:
    def parents(table: Table) -> set[str]:
        return {key.column.table.name for key in table.foreign_keys}

    hanging = {name for name, table in TABLES.items() if "visit" in parents(table)}
    deeper = {name for name, table in TABLES.items() if hanging & parents(table)}
    assert (hanging | deeper) - BESIDE_THE_NOTE == set(KEPT) - {"visit", "audit_entry"}


def every_post_to(app: Flask, visit_id: int) -> Iterator[str]:
    """Yield each address of the application that takes a visit and a form."""
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if rule.arguments == {"visit_id"} and "POST" in (rule.methods or ()):
                yield app.url_for(rule.endpoint, visit_id=visit_id)


def test_no_route_changes_it(
    app: Flask, signed_and_draft: Two, client_for: ClientFor, cast: Cast
) -> None:
    with app.app_context(), db.engine.connect() as connection:
        enter(connection, signed_and_draft)
        before = digest(connection, signed_and_draft.signed, "visit", *PARTS, *BESIDE)
        row = a_row(connection, "visit", signed_and_draft.signed)
        part = a_row(connection, "instrument_use", signed_and_draft.signed)
    forms: list[dict[str, Any]] = [
        {},
        {"plan": "another plan"},
        {"version": row["version"], "served_on": row["served_on"], "decision": "treated"},
        {"version": row["version"], "served_on": row["served_on"], "decision": "not_treated",
         "not_treated_reason": "No reason at all", "referral": "Dr. No", "patient_informed": "y"},
        {"version": row["version"], "password": PASSWORD},
        {"add": "uses"},
        {"drop": "uses-0"},
        {"uses-0-id": part["id"], "uses-0-instrument_id": part["instrument_id"]},
        {"signed_at": "", "signed_by_id": "", "clinic_id": "2", "plan": ""},
    ]  # fmt: skip
    addresses = list(every_post_to(app, signed_and_draft.signed))
    assert len(addresses) >= 3
    for person in (cast.maya, cast.jonas, cast.sam, cast.lena, cast.root, cast.stranger):
        client = client_for(person)
        for address in addresses:
            for form in forms:
                answer = client.post(address, data=form)
                assert answer.status_code < 500, (address, form)
    with app.app_context(), db.engine.connect() as connection:
        enter(connection, signed_and_draft)
        after = digest(connection, signed_and_draft.signed, "visit", *PARTS, *BESIDE)
    assert after == before


def test_it_is_not_signed_again(
    signed_and_draft: Two, client_for: ClientFor, acting_as: ActingAs, cast: Cast
) -> None:
    answer = client_for(cast.jonas).post(
        f"/visits/{signed_and_draft.signed}/sign", data={"password": PASSWORD, "version": "2"}
    )
    assert answer.status_code in (302, 303, 409)
    with acting_as(cast.maya):
        count = select(TABLES["signature"].c.id).where(
            rows_of("signature", signed_and_draft.signed)
        )
        assert len(db.session.execute(count).all()) == 1
