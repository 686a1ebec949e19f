"""The disk is full: records can be read, each look is kept, and the health check says so."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from clinic_notes.core import audit, audit_spool, clock
from clinic_notes.core.audit import AuditEntry
from clinic_notes.core.db import db
from clinic_notes.core.responses import health
from tests import factories
from tests.cast import Cast
from tests.fixture_types import ActingAs
from tests.patients.people import ROSA_SENT
from tests.stores import ON_ONE_STORE

# A full PostgreSQL is its own server's.
pytestmark = ON_ONE_STORE
ANY = ",".join(map(str, range(1, 400)))
"""Possible duplicates that were seen, whoever they are."""
ENOUGH = 400
"""Looks, to fill what room is left in the pages the store has."""


@pytest.fixture(autouse=True)
def empty_spool(app: Flask) -> Iterator[None]:
    """All tests share the store's folder."""
    yield
    app.config[audit_spool.CONFIG].unlink(missing_ok=True)
    audit_spool.prepare(app, app.config[audit_spool.CONFIG])


@pytest.fixture
def patient(acting_as: ActingAs, cast: Cast) -> str:
    with acting_as(cast.maya):
        return f"/patients/{factories.make_patient(cast.maya).id}"


@contextmanager
def full_disk(app: Flask) -> Iterator[None]:
    """Let the store grow by no page: SQLite then fails as on a disk without room."""

    def no_more(connection: object, *_: object) -> None:
        connection.execute("PRAGMA max_page_count=1")  # type: ignore[attr-defined]

    with app.app_context():
        engine = db.engine
    engine.dispose()
    event.listen(engine, "connect", no_more)
    yield
    event.remove(engine, "connect", no_more)
    engine.dispose()


def is_spool_in_use(app: Flask) -> bool:
    with app.app_context():
        return audit_spool.is_in_use()


def looks(acting_as: ActingAs, cast: Cast) -> int:
    with acting_as(cast.maya):
        seen = select(AuditEntry.action).where(AuditEntry.action.endswith(".viewed"))
        return len(db.session.scalars(seen).all())


def test_a_record_can_be_read_and_every_look_reaches_the_trail(
    app: Flask, maya: FlaskClient, patient: str, acting_as: ActingAs, cast: Cast
) -> None:
    before, opened = looks(acting_as, cast), 0
    with full_disk(app):
        while not is_spool_in_use(app) and opened < ENOUGH:
            assert maya.get(patient).status_code == 200
            opened += 1
        assert is_spool_in_use(app)
        assert maya.get(patient).status_code == 200
        sick = maya.get("/readyz")
        assert (sick.status_code, "audit.spool" in sick.text) == (503, True)
    assert maya.get(patient).status_code == 200
    assert looks(acting_as, cast) >= before + opened + 2
    assert maya.get("/readyz").status_code == 200
    with acting_as(cast.maya):
        assert audit.find_tampering() is None


def test_what_cannot_be_saved_is_said_and_comes_back(app: Flask, maya: FlaskClient) -> None:
    typed = ROSA_SENT | {"background": "kept words " * 1500}
    with full_disk(app):
        for number in range(ENOUGH):
            answer = maya.post("/patients/new", data=typed | {"mrn": f"N{number}", "anyway": ANY})
            if answer.status_code == 503:
                break
    assert answer.status_code == 503
    assert "kept words" in answer.text
    assert "disk is full" in answer.text


def test_where_the_spool_is_full_too_nothing_is_opened_unseen(
    app: Flask, maya: FlaskClient, patient: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_spool, "BYTES", 2)
    with full_disk(app):
        answers = {maya.get(patient).status_code for _ in range(ENOUGH)}
    assert answers == {200, 503}


def test_the_health_check_warns_before_the_disk_is_full(
    app: Flask, maya: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = shutil.disk_usage("/")._replace(free=health.LEAST_FREE - 1)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: left)
    answer = maya.get("/readyz")
    assert (answer.status_code, "63 MB are left" in answer.text) == (503, True)


def test_a_look_that_was_changed_in_the_spool_is_not_believed(app: Flask, cast: Cast) -> None:
    entry = {"clinic_id": cast.maya.clinic_id, "at": clock.now(), "action": "patient.viewed"}
    with app.app_context():
        audit_spool.add([entry])
        with audit_spool.drained(cast.maya.clinic_id) as kept:
            assert kept == [entry]
        audit_spool.add([entry])
        path = app.config[audit_spool.CONFIG]
        path.write_bytes(path.read_bytes().replace(b"patient.viewed", b"patient.vieweD"))
        with audit_spool.drained(cast.maya.clinic_id) as kept:
            assert kept == []
        assert audit_spool.is_in_use()
