"""Guard and transaction: whole or not at all, never unaudited, never unguarded."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Blueprint, Flask, abort, flash, redirect
from flask_login import current_user
from sqlalchemy import delete, func, insert, select, text, update

from clinic_notes.core import audit
from clinic_notes.core.access import PUBLIC, needs
from clinic_notes.core.audit import AuditEntry
from clinic_notes.core.bulk import update_rows
from clinic_notes.core.db import db
from clinic_notes.core.permissions import Permission
from clinic_notes.core.transaction import one_transaction
from clinic_notes.equipment.models import Instrument
from tests.cast import Cast
from tests.core.conftest import Annex, BrowserOf
from tests.factories import make_instrument, make_patient
from tests.fixture_types import ActingAs, ClientFor


def rooms(view: Callable[[], Any]) -> Blueprint:
    """Return a feature of one page that reads equipment or, posted to, changes it."""
    built = Blueprint("annex", __name__)
    marked = needs(Permission.EQUIPMENT_READ)(view)
    built.add_url_rule("/annex", "room", marked, methods=["GET", "POST"])
    return built


def buy() -> Instrument:
    """Put a tool on the shelf, with its line in the trail, and say so."""
    flash("Bought.")
    return make_instrument(current_user)


def supplies(acting_as: ActingAs, cast: Cast) -> tuple[int, list[str]]:
    """Return how many tools the clinic has, and what its trail says since it opened."""
    with acting_as(cast.maya):
        count = db.session.scalar(select(func.count(Instrument.id)))
        lines = db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.number)).all()
    return count or 0, [line for line in lines if not line.startswith(("clinic.", "user."))]


def test_what_a_page_did_is_kept_with_its_line(
    annex: Annex, browser_of: BrowserOf, acting_as: ActingAs, cast: Cast
) -> None:
    def view() -> Any:
        buy()
        return redirect("/equipment/instruments", 303)

    client = browser_of(annex(rooms(view)), cast.maya)
    assert client.post("/annex").status_code == 303
    assert supplies(acting_as, cast) == (1, ["instrument.added"])


def refused_in_words() -> Any:
    buy()
    return "not like this", 422


def aborted() -> Any:
    buy()
    abort(409)


def broken() -> Any:
    buy()
    raise ZeroDivisionError


def broken_in_the_store() -> Any:
    buy()
    db.session.execute(text("SELECT nonsense"))


@pytest.mark.parametrize(("view", "code"), [(refused_in_words, 422), (aborted, 409), (broken, 500)])
def test_a_page_that_fails_changes_nothing_and_says_nothing_was_done(
    view: Callable[[], Any],
    code: int,
    annex: Annex,
    browser_of: BrowserOf,
    acting_as: ActingAs,
    cast: Cast,
) -> None:
    client = browser_of(annex(rooms(view)), cast.maya)
    assert client.post("/annex").status_code == code
    assert supplies(acting_as, cast) == (0, [])
    with client.session_transaction() as cookie:
        assert "_flashes" not in cookie


def test_a_look_at_a_record_stays_in_the_trail_though_the_form_was_refused(
    annex: Annex, browser_of: BrowserOf, acting_as: ActingAs, cast: Cast
) -> None:
    with acting_as(cast.maya):
        patient_id = make_patient(cast.maya).id

    def view() -> Any:
        buy()
        audit.viewed("patient", "patient", patient_id=patient_id)
        audit.record("signature.refused", "visit", by=current_user)
        return "not like this", 422

    browser_of(annex(rooms(view)), cast.maya).post("/annex")
    kept = (0, ["patient.registered", "patient.viewed", "signature.refused"])
    assert supplies(acting_as, cast) == kept


def test_a_change_without_a_line_in_the_trail_is_not_kept(acting_as: ActingAs, cast: Cast) -> None:
    with pytest.raises(audit.Unaudited), acting_as(cast.maya):
        db.session.add(Instrument(name="Unseen", material="polymer"))
    assert supplies(acting_as, cast) == (0, [])


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
    assert supplies(acting_as, cast) == (1, ["instrument.added"])


def test_a_page_whose_line_cannot_be_written_is_not_shown(
    annex: Annex,
    browser_of: BrowserOf,
    acting_as: ActingAs,
    cast: Cast,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def view() -> Any:
        audit.viewed("patient", "patient", patient_id=1)
        return "what only an audited look may see"

    client = browser_of(annex(rooms(view)), cast.maya)
    monkeypatch.setattr(audit, "_mac", lambda columns: None)
    answer = client.get("/annex")
    assert answer.status_code == 409
    assert "audited look" not in answer.text
    assert supplies(acting_as, cast) == (0, [])


def test_a_look_is_written_though_another_wrote_in_between(
    annex: Annex, browser_of: BrowserOf, acting_as: ActingAs, cast: Cast, app: Flask
) -> None:
    def view() -> Any:
        # This page has read; now somebody else writes; then its own line must be written.
        assert db.session.scalar(select(func.count(Instrument.id))) == 0
        with app.app_context(), one_transaction(), db.engine.begin() as other:
            other.execute(text("UPDATE clinic SET letterhead = 'Moved'"))
        audit.viewed("patient", "patient", patient_id=1)
        return "seen"

    assert browser_of(annex(rooms(view)), cast.maya).get("/annex").text == "seen"
    assert supplies(acting_as, cast) == (0, ["patient.viewed"])


def test_a_page_that_only_reads_may_be_asked_while_another_writes(
    client_for: ClientFor, cast: Cast, app: Flask
) -> None:
    client = client_for(cast.maya)
    with app.app_context(), db.engine.begin() as writer:
        writer.execute(text("UPDATE clinic SET letterhead = 'Moving'"))
        assert client.get("/equipment/instruments").status_code == 200


def test_a_view_that_does_not_say_what_it_needs_stops_the_start(annex: Annex) -> None:
    forgotten = Blueprint("annex", __name__)
    forgotten.add_url_rule("/annex", "room", lambda: "anybody may read this")
    with pytest.raises(LookupError, match=r"annex\.room"):
        annex(forgotten)


def test_a_public_page_asks_for_nobody(annex: Annex, app: Flask) -> None:
    lobby = Blueprint("annex", __name__)
    lobby.add_url_rule("/annex", "room", needs(PUBLIC)(lambda: "welcome"))
    assert annex(lobby).test_client().get("/annex").text == "welcome"


def test_nobody_is_told_what_happened_in_a_request_that_broke(
    annex: Annex, browser_of: BrowserOf, acting_as: ActingAs, cast: Cast
) -> None:
    client = browser_of(annex(rooms(broken_in_the_store)), cast.maya)
    assert client.post("/annex").status_code >= 500
    assert client.get("/equipment/instruments").status_code == 200
    assert supplies(acting_as, cast) == (0, [])
