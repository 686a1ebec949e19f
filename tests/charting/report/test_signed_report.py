"""A signed report stays as it was signed, in both stores; who gets past that is found out."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, text, update
from sqlalchemy.exc import DBAPIError

from clinic_notes.charting.models import Report
from clinic_notes.charting.report.actions import discard_report
from clinic_notes.charting.report.queries import known_report
from clinic_notes.charting.report.seals import broken_report_seals
from clinic_notes.clinical import sealed_note
from clinic_notes.clinical.reports import report_from
from clinic_notes.core.db import db
from clinic_notes.models import Base
from clinic_notes.opened_store import tampering
from tests import factories
from tests.cast import Cast
from tests.fixture_types import ActingAs
from tests.html_page import Page
from tests.stores import ON_ONE_STORE, Store

TABLE = Base.metadata.tables["report"]


@pytest.fixture
def signed(acting_as: ActingAs, cast: Cast, treated: Any) -> int:
    """A signed progress report; its id."""
    with acting_as(cast.maya):
        report_id = factories.make_report(treated.episode_id, cast.maya).id
        factories.sign_report(report_id, cast.maya)
    return report_id


def enter(connection: Connection, cast: Cast) -> None:
    if connection.dialect.name == "postgresql":
        clinic = f"SELECT set_config('app.clinic_id', '{cast.maya.clinic_id}', false)"
        connection.execute(text(clinic))


def refusal(connection: Connection, statement: Any) -> str:
    try:
        with connection.begin_nested():
            connection.execute(statement)
    except DBAPIError as error:
        return str(error.orig)
    return ""


def test_neither_a_column_nor_the_row_is_changed(
    app: Flask, cast: Cast, signed: int, treated: Any, acting_as: ActingAs
) -> None:
    with acting_as(cast.maya):
        report = factories.make_report(treated.episode_id, cast.maya)
        discarded = report.id
        discard_report(report, version=report.version, by=cast.maya)
    with app.app_context(), db.engine.connect() as connection:
        enter(connection, cast)
        for number in (signed, discarded):
            for column in TABLE.columns:
                same = update(TABLE).where(TABLE.c.id == number).values({column.name: column})
                assert "nothing of it changes" in refusal(connection, same), column.name
            gone = TABLE.delete().where(TABLE.c.id == number)
            assert "only ever added to" in refusal(connection, gone)
        if connection.dialect.name == "postgresql":
            emptied = refusal(connection, text("TRUNCATE report CASCADE"))
            assert "only ever added to" in emptied


def test_a_draft_changes_and_is_not_deleted(
    app: Flask, cast: Cast, treated: Any, acting_as: ActingAs
) -> None:
    with acting_as(cast.maya):
        draft = factories.make_report(treated.episode_id, cast.maya).id
    with app.app_context(), db.engine.connect() as connection:
        enter(connection, cast)
        changed = update(TABLE).where(TABLE.c.id == draft).values(plan="Other.")
        assert refusal(connection, changed) == ""
        gone = TABLE.delete().where(TABLE.c.id == draft)
        assert "only ever added to" in refusal(connection, gone)


def test_it_is_sealed_with_who_signed_as_what(acting_as: ActingAs, cast: Cast, signed: int) -> None:
    with acting_as(cast.maya):
        report = known_report(signed)
        sealed = report_from(report.document)
        assert report.digest == sealed_note.digest(report.document)
        assert (sealed.signed_by, sealed.licence) == (cast.maya.signs_as, "PT 12345")
        assert sealed.meaning == "author"
        assert sealed.time_zone == cast.maya.clinic.time_zone
        assert {part.name for part in sealed.parts} == set(factories.REPORT_TEXTS)
        assert list(broken_report_seals()) == []


def test_another_therapist_signs_for_its_author(
    acting_as: ActingAs, cast: Cast, treated: Any
) -> None:
    with acting_as(cast.maya):
        report_id = factories.make_report(treated.episode_id, cast.maya).id
    with acting_as(cast.jonas):
        factories.sign_report(report_id, cast.jonas)
        assert report_from(known_report(report_id).document).meaning == "for the author"


def test_a_signed_report_reads_as_it_was_sealed_when_the_patient_is_renamed(
    signed: int, treated: Any, maya: FlaskClient
) -> None:
    edit = f"/patients/{treated.patient_id}/edit"
    changed = Page(maya.get(edit)).filled(family_name="Other")
    assert maya.post(edit, data=changed).status_code == 303
    text = Page(maya.get(f"/reports/{signed}")).text
    assert "Rosa Delgado" in text
    assert "Rosa Other" not in text


@ON_ONE_STORE
@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE report SET plan = 'Something else'", "its row is not what was signed"),
        ("UPDATE report SET period_from = '2020-01-01'", "its row is not what was signed"),
        ("UPDATE report SET licence = 'PT 9'", "its row is not what was signed"),
        ("UPDATE report SET document = replace(document, 'Twice', 'Once')", "signed text was"),
        ("UPDATE report SET digest = 'abc'", "not the one in the trail"),
        ("DELETE FROM report", "it was signed, and is no longer"),
        (
            "UPDATE report SET signed_at = NULL, signed_by_id = NULL, document = ''",
            "it was signed, and is no longer",
        ),
    ],
)
def test_a_change_behind_the_programs_back_is_found(
    store: Store, cast: Cast, signed: int, statement: str, found: str
) -> None:
    with store.app.app_context(), db.engine.begin() as connection:
        for event in ("update", "delete"):
            connection.execute(text(f"DROP TRIGGER report_{event}_guard"))
        connection.execute(text(statement))
    with store.app.app_context():
        [line] = tampering()
    assert f"report {signed}: " in line
    assert found in line


def test_a_model_of_a_report_says_whether_it_is_open() -> None:
    assert Report().is_open
