"""Records made in bulk equal, row by row, those that the actions make one at a time."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Table, select

from clinic_notes.clinical import sealed_note
from clinic_notes.core import audit, tenancy
from clinic_notes.core.audit import AuditEntry
from clinic_notes.core.db import db
from clinic_notes.core.transaction import one_transaction
from clinic_notes.demo import build, building
from clinic_notes.demo.caseload import Case, caseload
from clinic_notes.models import Base
from clinic_notes.outcomes.facts import actions as facts
from tests.demo import replay_by_actions
from tests.demo.test_building import PASSWORD, TODAY, FreeEmails, inside
from tests.stores import Store

CASES = (1, 5, 6, 8, 9, 11, 13, *range(24, 30))
"""Capped pressure, a stop, a graze, two episodes, an addendum, a cover; and former patients."""
SEALED = ("visit.signed", "visit.cosigned")
DERIVED = ("visit_fact", "episode_fact", "measure_fact")
TABLES = [
    table
    for table in Base.metadata.sorted_tables
    if "clinic_id" in table.c and table.name not in ("user", "audit_counter")
]
Rows = dict[str, list[dict[str, Any]]]


@pytest.mark.slow
def test_what_is_made_in_bulk_equals_what_the_actions_make(
    app: Flask, store: Store, free_emails: FreeEmails, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "caseload", some_cases)
    made_in_bulk = made(app, free_emails)
    store.refresh()
    monkeypatch.setattr(building, "Replay", replay_by_actions.Replay)
    made_by_actions = made(app, free_emails)
    assert len(made_in_bulk["visit"]) > 60
    for table in ("signature", "addendum", "closing", "use_tissue", "effect", *DERIVED):
        assert made_in_bulk[table], table
    for table, rows in made_by_actions.items():
        assert made_in_bulk[table] == rows, table


@pytest.mark.slow
def test_what_is_made_in_bulk_is_sealed_in_the_trail_and_in_the_facts(
    app: Flask, free_emails: FreeEmails, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "caseload", some_cases)
    rows = made(app, free_emails)
    for signature in raw_rows(app, "signature"):
        assert sealed_note.digest(signature["document"]) == signature["digest"]
    with inside(app):
        clinic_id = tenancy.current_clinic_id()
        assert audit.find_tampering() is None
        signed = select(AuditEntry.facts).where(AuditEntry.action.in_(SEALED))
        in_order = db.session.scalars(signed.order_by(AuditEntry.number))
        in_trail = [json.loads(each)["digest"] for each in in_order]
    assert in_trail == [each["digest"] for each in raw_rows(app, "signature")]
    with app.app_context(), one_transaction():
        tenancy.set_clinic(clinic_id)
        facts.rebuild()
    again = normalized(app)
    assert {name: again[name] for name in DERIVED} == {name: rows[name] for name in DERIVED}


def some_cases(*how: Any) -> Iterator[Case]:
    rng, patients, visits, today = how
    cases = list(caseload(rng, 30 if patients > 1 else 1, visits, today))
    return iter(cases if patients == 1 else [cases[number] for number in CASES])


def made(app: Flask, free_emails: FreeEmails) -> Rows:
    free_emails()
    build(app, password=PASSWORD, patients=30, today=TODAY)
    return normalized(app)


def raw_rows(app: Flask, name: str) -> list[dict[str, Any]]:
    table = Base.metadata.tables[name]
    with inside(app):
        mine = select(table).where(table.c.clinic_id == tenancy.current_clinic_id())
        rows = db.session.connection().execute(mine.order_by(table.c.id)).mappings().all()
        return [dict(row) for row in rows]


def normalized(app: Flask) -> Rows:
    """Return every row of the clinic, each id as its row's place in its table."""
    rows = {table.name: raw_rows(app, table.name) for table in TABLES}
    places = {
        name: {row["id"]: nth for nth, row in enumerate(found)} for name, found in rows.items()
    }
    found = {
        table.name: [plain(table, row, places) for row in rows[table.name]] for table in TABLES
    }
    for name in DERIVED:
        # Written when an episode changes or when it ends: no order of theirs is promised.
        found[name] = sorted(
            ({**row, "id": None} for row in found[name]), key=lambda row: repr(sorted(row.items()))
        )
    return found


def plain(table: Table, row: dict[str, Any], places: dict[str, dict[int, int]]) -> dict[str, Any]:
    shown = dict(row) | {"clinic_id": None, "mac": None, "id": places[table.name][row["id"]]}
    for key in table.foreign_key_constraints:
        target = key.referred_table.name
        for name in key.column_keys:
            if name != "clinic_id" and target in places and row[name] is not None:
                shown[name] = places[target][row[name]]
    if "patient_id" in row and row["patient_id"] is not None:
        shown["patient_id"] = places["patient"][row["patient_id"]]
    for name in ("actor_id", "author_id", "signed_by_id", "person_id", "measured_by_id"):
        shown.pop(name, None)
    if table.name == "audit_entry":
        shown |= plain_entry(row, places)
    if table.name == "signature":
        shown |= {"document": without_ids(json.loads(row["document"])), "digest": None}
    return shown


def plain_entry(row: dict[str, Any], places: dict[str, dict[int, int]]) -> dict[str, Any]:
    shown = {"facts": json.loads(row["facts"]) | {"digest": None}}
    subject, _, number = row["subject"].partition(":")
    if subject in places and number:
        shown["subject"] = (subject, places[subject][int(number)])
    return shown


def without_ids(value: Any) -> Any:
    """Return a sealed document without the numbers a store gives out."""
    if isinstance(value, list):
        return [without_ids(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        name: without_ids(each)
        for name, each in value.items()
        if not (name == "id" or name.endswith("_id") or name in ("instruments", "lubricants"))
    }
