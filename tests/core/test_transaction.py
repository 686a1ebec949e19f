"""A request or command is saved whole or not at all, and never without its entry in the trail."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Blueprint, Flask, abort, flash, redirect
from flask_login import current_user
from sqlalchemy import delete, func, insert, select, text, update

from clinic_notes.core import audit
from clinic_notes.core.access import needs
from clinic_notes.core.audit import AuditEntry
from clinic_notes.core.bulk import update_rows
from clinic_notes.core.db import db
from clinic_notes.core.permissions import Permission
from clinic_notes.core.transaction import one_transaction
from clinic_notes.equipment.models import Instrument
from tests.cast import Cast
from tests.core.conftest import AppWith, ClientOf
from tests.factories import make_instrument, make_patient
from tests.fixture_types import ActingAs, ClientFor

BESIDE = ("clinic.", "user.", "request.refused")


def page_of(view: Callable[[], Any]) -> Blueprint:
    """Return a feature of one page that only equipment's readers may see."""
    built = Blueprint("extra", __name__)
    marked = needs(Permission.EQUIPMENT_READ)(view)
    built.add_url_rule("/extra", "page", marked, methods=["GET", "POST"])
    return built


def add_instrument() -> Instrument:
    """Add an instrument, with its entry in the trail, and say so."""
    flash("Added.")
    return make_instrument(current_user)


def added(acting_as: ActingAs, cast: Cast) -> tuple[int, list[str]]:
    """Return how many instruments the clinic has, and what its trail says since it opened.

    That a request was refused is entered beside it, in a transaction of its own.
    """
    with acting_as(cast.maya):
        count = db.session.scalar(select(func.count(Instrument.id)))
        lines = db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.number)).all()
    return count or 0, [line for line in lines if not line.startswith(BESIDE)]


def test_what_a_page_did_is_kept_with_its_line(
    app_with: AppWith, client_of: ClientOf, acting_as: ActingAs, cast: Cast
) -> None:
    def view() -> Any:
        add_instrument()
        return redirect("/equipment/instruments", 303)

    client = client_of(app_with(page_of(view)), cast.maya)
    assert client.post("/extra").status_code == 303
    assert added(acting_as, cast) == (1, ["instrument.added"])


def refused_in_words() -> Any:
    add_instrument()
    return "not like this", 422


def aborted() -> Any:
    add_instrument()
    abort(409)


def broken() -> Any:
    add_instrument()
    raise ZeroDivisionError


def broken_in_the_store() -> Any:
    add_instrument()
    db.session.execute(text("SELECT nonsense"))


@pytest.mark.parametrize(("view", "code"), [(refused_in_words, 422), (aborted, 409), (broken, 500)])
def test_a_page_that_fails_changes_nothing_and_says_nothing_was_done(
    view: Callable[[], Any],
    code: int,
    app_with: AppWith,
    client_of: ClientOf,
    acting_as: ActingAs,
    cast: Cast,
) -> None:
    client = client_of(app_with(page_of(view)), cast.maya)
    assert client.post("/extra").status_code == code
    assert added(acting_as, cast) == (0, [])
    with client.session_transaction() as cookie:
        assert "_flashes" not in cookie


def test_a_look_at_a_record_stays_in_the_trail_though_the_form_was_refused(
    app_with: AppWith, client_of: ClientOf, acting_as: ActingAs, cast: Cast
) -> None:
    with acting_as(cast.maya):
        patient_id = make_patient(cast.maya).id

    def view() -> Any:
        add_instrument()
        audit.viewed("patient", "patient", patient_id=patient_id)
        audit.record("signature.refused", "visit", by=current_user)
        return "not like this", 422

    client_of(app_with(page_of(view)), cast.maya).post("/extra")
    kept = (0, ["patient.registered", "patient.viewed", "signature.refused"])
    assert added(acting_as, cast) == kept


def test_a_change_without_a_line_in_the_trail_is_not_kept(acting_as: ActingAs, cast: Cast) -> None:
    with pytest.raises(audit.Unaudited), acting_as(cast.maya):
        db.session.add(Instrument(name="Unseen", material="polymer"))
    assert added(acting_as, cast) == (0, [])


def delete_it(tool: Instrument) -> None:
    db.session.delete(tool)


def change_it(tool: Instrument) -> None:
    tool.name = "Renamed"


def change_all(tool: Instrument) -> None:
    db.session.execute(update(Instrument).values(name="Renamed"))


def change_many(tool: Instrument) -> None:
    update_rows(Instrument, [{"id": tool.id, "name": "Renamed"}])


def insert_many(tool: Instrument) -> None:
    row = {"name": "Another", "material": "polymer", "clinic_id": tool.clinic_id}
    db.session.execute(insert(Instrument), [row])


def delete_all(tool: Instrument) -> None:
    db.session.execute(delete(Instrument))


@pytest.mark.parametrize(
    "act", [delete_it, change_it, change_all, change_many, insert_many, delete_all]
)
def test_so_is_every_way_of_changing_what_was_there(
    act: Callable[[Instrument], None], acting_as: ActingAs, cast: Cast
) -> None:
    with acting_as(cast.maya):
        number = make_instrument(cast.maya).id
    with pytest.raises(audit.Unaudited), acting_as(cast.maya):
        act(db.session.get_one(Instrument, number))
    assert added(acting_as, cast) == (1, ["instrument.added"])


def test_a_page_whose_line_cannot_be_written_is_not_shown(
    app_with: AppWith,
    client_of: ClientOf,
    acting_as: ActingAs,
    cast: Cast,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def view() -> Any:
        audit.viewed("patient", "patient", patient_id=1)
        return "what only an audited look may see"

    client = client_of(app_with(page_of(view)), cast.maya)
    monkeypatch.setattr(audit, "_mac", lambda columns: None)
    answer = client.get("/extra")
    assert answer.status_code == 409
    assert "audited look" not in answer.text
    assert added(acting_as, cast) == (0, [])


def test_a_look_is_written_though_another_wrote_in_between(
    app_with: AppWith, client_of: ClientOf, acting_as: ActingAs, cast: Cast, app: Flask
) -> None:
    def view() -> Any:
        # This page has read; now somebody else writes; then its own line must be written.
        assert db.session.scalar(select(func.count(Instrument.id))) == 0
        with app.app_context(), one_transaction(), db.engine.begin() as other:
            other.execute(text("UPDATE clinic SET letterhead = 'Moved'"))
        audit.viewed("patient", "patient", patient_id=1)
        return "seen"

    assert client_of(app_with(page_of(view)), cast.maya).get("/extra").text == "seen"
    assert added(acting_as, cast) == (0, ["patient.viewed"])


def test_a_page_that_only_reads_may_be_asked_while_another_writes(
    client_for: ClientFor, cast: Cast, app: Flask
) -> None:
    client = client_for(cast.maya)
    with app.app_context(), db.engine.begin() as writer:
        writer.execute(text("UPDATE clinic SET letterhead = 'Moving'"))
        assert client.get("/equipment/instruments").status_code == 200


def test_nobody_is_told_what_happened_in_a_request_that_broke(
    app_with: AppWith, client_of: ClientOf, acting_as: ActingAs, cast: Cast
) -> None:
    client = client_of(app_with(page_of(broken_in_the_store)), cast.maya)
    assert client.post("/extra").status_code >= 500
    assert client.get("/equipment/instruments").status_code == 200
    assert added(acting_as, cast) == (0, [])
