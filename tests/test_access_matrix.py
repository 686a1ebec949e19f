"""Every route x every person x every kind of record: one table, and nobody gets past it."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, text
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from clinic_notes.accounts import actions as accounts
from clinic_notes.accounts.models import User
from clinic_notes.core.access import PUBLIC, SIGNED_IN
from clinic_notes.core.audit import AuditEntry
from clinic_notes.core.db import db
from clinic_notes.core.permissions import Permission, Role
from clinic_notes.models import Base
from tests import factories
from tests.cast import Cast
from tests.doors import DOORS, Door
from tests.fixture_types import ActingAs, ClientFor

MAY = {
    Permission.AUDIT_READ: {"lena", "root"},
    Permission.CHART_COSIGN: {"maya", "jonas", "stranger"},
    Permission.CHART_READ: {"maya", "jonas", "sam", "lena", "stranger"},
    Permission.CHART_SIGN: {"maya", "jonas", "sam", "stranger"},
    Permission.CHART_WRITE: {"maya", "jonas", "sam", "stranger"},
    Permission.CLINICAL_POLICY: {"lena"},
    Permission.CLINIC_FIGURES: {"lena"},
    Permission.EQUIPMENT_READ: {"maya", "jonas", "sam", "lena", "stranger"},
    Permission.EQUIPMENT_WRITE: {"maya", "jonas", "lena", "stranger"},
    Permission.PATIENT_READ: {"maya", "jonas", "sam", "lena", "stranger"},
    Permission.PATIENT_WRITE: {"maya", "jonas", "sam", "stranger"},
    Permission.PEOPLE_CONFIRM: {"maya", "jonas", "sam", "lena", "root", "stranger"},
    Permission.PEOPLE_MANAGE: {"root"},
}
"""Who has which permission, said once more than in the code: a change of policy shows here."""

SIGNED_OUT = {"anonymous", "disabled"}
EVERYONE = (*sorted(SIGNED_OUT), "maya", "jonas", "sam", "lena", "root", "stranger")
ON_POSTGRESQL = ("anonymous", "maya", "stranger")
"""Permissions know no store. Row-level security asks only whose clinic it is, if anybody's."""
RUNS = [("sqlite", who) for who in EVERYONE] + [("postgresql", who) for who in ON_POSTGRESQL]


UNKNOWN: dict[str, Any] = {
    "token": "nobody-made-this-one",
    "job": "rows",
    "item": "no_question",
    "what": "re-assessment",
    "kind": "progress-report",
    "name": "clinic-notes-0123.css",
}
NO_RECORD = 2**31 - 1


def expected(who: str, door: Door, method: str, whose: str) -> int:
    """Return the answer this person is to get for that record."""
    if method == "OPTIONS":
        return 200
    is_look = method in ("GET", "HEAD")
    answer = door.get if is_look else door.post
    if door.needs == PUBLIC:
        if is_look and who in SIGNED_OUT:
            answer = door.not_signed_in or answer
        return 404 if whose == "nobody's" else answer
    if who in SIGNED_OUT:
        return 302 if is_look else 401
    if door.needs == SIGNED_IN:
        # An administrator's day is her people, a manager's what waits in the clinic.
        return 302 if door.therapists_only and who in ("root", "lena") else answer
    if who not in MAY[Permission(door.needs)]:
        return 403
    if whose in ("another's", "nobody's"):
        return 404
    return answer


@pytest.fixture
def records(acting_as: ActingAs, cast: Cast) -> dict[str, dict[str, Any]]:
    """A record of each kind in each clinic, by the name it has in an address."""
    made: dict[str, dict[str, Any]] = {}
    for whose, person, keeper in (
        ("ours", cast.maya, cast.root),
        ("theirs", cast.stranger, cast.stranger),
    ):
        with acting_as(person):
            patient = factories.make_patient(person)
            newcomer = accounts.add_user(
                email=f"newcomer@{whose}.clinic", name="New Comer", credentials="PT",
                role=Role.THERAPIST, password=None, by=keeper,
            )  # fmt: skip
            episode = factories.make_episode(patient, person)
            made[whose] = {
                "patient_id": patient.id,
                "episode_id": episode.id,
                "goal_id": factories.make_goal(episode, person).id,
                "record_id": factories.record_done(episode, person).id,
                "instrument_id": factories.make_instrument(person).id,
                "lubricant_id": factories.make_lubricant(person).id,
                "snippet_id": factories.make_snippet(person, is_shared=True).id,
                "draft": factories.open_visit(person).id,
                "signed": factories.open_visit(person).id,
                "token": accounts.invite(newcomer, by=keeper),
            }
            made[whose] |= {"user_id": newcomer.id, "item": "anticoagulant"}
        with acting_as(person):
            factories.sign(made[whose]["signed"], person)
        with acting_as(person):
            treated = factories.loaded(made[whose]["signed"]).episode_id
            made[whose]["report_id"] = factories.make_report(treated, person).id
    return made


def rules_of(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if not rule.endpoint.endswith("static")]


def test_every_route_is_in_the_table_and_needs_what_it_says(app: Flask) -> None:
    routes = {rule.endpoint: app.view_functions[rule.endpoint] for rule in rules_of(app)}
    assert set(routes) == set(DOORS)
    said = {endpoint: getattr(view, "needs", None) for endpoint, view in routes.items()}
    assert said == {endpoint: door.needs for endpoint, door in DOORS.items()}


def test_the_table_of_roles_is_the_one_written_here(cast: Cast) -> None:
    people = cast.everyone().items()
    held = {p: {name for name, person in people if person.may(p)} for p in Permission}
    assert held == MAY


def tries(app: Flask) -> Iterator[tuple[Rule, str, str]]:
    """Yield every route, method and kind of record there is to try."""
    for rule in rules_of(app):
        for method in sorted(rule.methods or ()):
            yield rule, method, "own"
            # A token is foreign to nobody who holds it, nor a question to any clinic.
            if method in ("GET", "POST") and rule.arguments - {"token", "item"}:
                yield rule, method, "another's"
            if method in ("GET", "POST") and rule.arguments:
                yield rule, method, "nobody's"


def address(app: Flask, rule: Rule, record: dict[str, Any]) -> str:
    visit = record.get(DOORS[rule.endpoint].visit, NO_RECORD)
    known = record | {"visit_id": visit}
    missing = NO_RECORD if not record else None
    wanted = {name: known.get(name, UNKNOWN.get(name, missing)) for name in rule.arguments}
    assert None not in wanted.values(), f"{rule.rule}: the test makes no such record"
    with app.test_request_context():
        return app.url_for(rule.endpoint, **wanted)


def plain(answer: TestResponse) -> str:
    """Return the page without what is new at each showing."""
    return re.sub(r'(name="(?:csrf_token|once)"[^>]*value=")[^"]*', r"\1", answer.text)


@pytest.mark.parametrize(("store", "who"), RUNS, indirect=["store"])
def test_everybody_gets_the_answer_she_is_to_get_and_nothing_else(
    who: str,
    app: Flask,
    records: dict[str, dict[str, Any]],
    acting_as: ActingAs,
    client_for: ClientFor,
    cast: Cast,
) -> None:
    own, other = ("theirs", "ours") if who == "stranger" else ("ours", "theirs")
    kinds = {"own": records[own], "another's": records[other], "nobody's": {}}
    person = {"disabled": cast.jonas}.get(who) or cast.everyone().get(who)
    browser = _browsers(app, who, person, client_for, acting_as, cast)
    before = everything_of(app, other, cast)
    surprises: list[str] = []
    not_found: dict[tuple[str, str], str] = {}
    refused = 0
    for rule, method, whose in tries(app):
        url = address(app, rule, kinds[whose])
        form = {"tried": "nothing else"} if method == "POST" else None
        with browser().open(url, method=method, data=form) as answer:
            got, right = answer.status_code, expected(who, DOORS[rule.endpoint], method, whose)
            if got != right:
                surprises.append(f"{method} {rule.rule} ({whose}): {got}, not {right}")
            if got == 302 and who in SIGNED_OUT:
                assert str(answer.location).startswith("/sign-in"), rule.rule
            if got == 404 and whose != "own":
                # Another clinic's record cannot be told from one that nobody has.
                assert not_found.setdefault((rule.endpoint, method), plain(answer)) == plain(answer)
            refused += got == 403
    assert not surprises, "\n".join(surprises)
    assert everything_of(app, other, cast) == before
    assert lines_of_refusal(acting_as, person) == refused


def _browsers(
    app: Flask,
    who: str,
    person: User | None,
    client_for: ClientFor,
    acting_as: ActingAs,
    cast: Cast,
) -> Callable[[], FlaskClient]:
    """Return a maker of browsers: a new one for each request, for some of them sign out."""
    if person is None or who != "disabled":
        return app.test_client if person is None else lambda: client_for(person)
    signed_in = client_for(person)
    with acting_as(cast.root):
        accounts.disable_user(db.session.get_one(User, person.id), by=cast.root)
    return lambda: signed_in


def everything_of(app: Flask, whose: str, cast: Cast) -> dict[str, list[str]]:
    """Return every row of a clinic, its trail left out: looks at one's own leave lines too."""
    clinic_id = (cast.stranger if whose == "theirs" else cast.maya).clinic_id
    with app.app_context(), db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SELECT set_config('app.clinic_id', '{clinic_id}', false)"))
        return {
            table.name: [
                str(row)
                for row in connection.execute(
                    select(table).where(table.c.clinic_id == clinic_id).order_by(table.c.id)
                )
            ]
            for table in Base.metadata.sorted_tables
            if "clinic_id" in table.c
        }


def lines_of_refusal(acting_as: ActingAs, person: User | None) -> int:
    if person is None:
        return 0
    with acting_as(person):
        mine = select(func.count(AuditEntry.id)).where(
            AuditEntry.action == "access.refused", AuditEntry.actor_id == person.id
        )
        return db.session.scalar(mine) or 0
