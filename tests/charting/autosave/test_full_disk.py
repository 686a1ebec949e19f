"""The disk of the embedded store is full: nothing is half written, and no word is lost.

Real pages run out here: SQLite may take no more of them than the prepared clinic already has.
"""

import pytest
from sqlalchemy import event, select

from clinic_notes.core.db import Base, db
from tests.charting.conftest import JSON
from tests.charting.form_payloads import sent
from tests.html_page import Page
from tests.stores import ON_ONE_STORE

HERS = "Tight on stairs. " * 1000
"""More than the pages that are there have room for."""
NO_MATTER = {"browser_session"}


# A server's full disk is the server's own to see to.
pytestmark = ON_ONE_STORE


@pytest.fixture
def limit_pages(app):
    """Return what sets how many pages the store may have, on every connection from now on."""
    most = [0]

    def limit(connection, *_):
        connection.execute(f"PRAGMA max_page_count = {most[0]}")

    def may_have(pages: int) -> None:
        most[0] = pages

    with app.app_context():
        engine = db.engine
    # What migrations dropped has left pages free, which would be room.
    with engine.connect() as connection:
        connection.connection.cursor().execute("VACUUM")
    event.listen(engine, "checkout", limit)
    yield may_have
    event.remove(engine, "checkout", limit)


@pytest.fixture
def all_stored_rows(acting_as, cast):
    """Return every row of the clinic, its trail and what is kept among them."""

    def rows():
        with acting_as(cast.maya):
            return {
                table.name: list(map(tuple, db.session.execute(select(table))))
                for table in Base.metadata.sorted_tables
                if table.name not in NO_MATTER
            }

    return rows


@pytest.mark.parametrize("what", ["saving", "keeping"])
def test_a_full_disk_is_said_loses_nothing_and_mends_itself(
    what,
    limit_pages,
    all_stored_rows,
    maya,
    patient_with_episode,
    autosave_url,
    draft,
    new_form_instance,
):
    form = Page(maya.get(patient_with_episode.new_session_url))
    if what == "saving":
        address, data, done = (
            patient_with_episode.new_session_url,
            sent(draft, once=form.sent["once"]),
            303,
        )
    else:
        address, data, done = autosave_url, new_form_instance(revision="1"), 200
    data |= {"subjective": HERS, "assessment": HERS, "plan": HERS}
    before = all_stored_rows()
    limit_pages(1)
    for _ in range(2):
        answer = maya.post(address, data=data, headers=JSON if what == "keeping" else {})
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0
        assert Page(answer).text.count(HERS.strip()) == 3
        assert all_stored_rows() == before
    assert maya.get("/").status_code == 200
    limit_pages(1_000_000)
    assert maya.post(address, data=data).status_code == done
    after = all_stored_rows()
    assert len(after["visit"]) - len(before["visit"]) == (what == "saving")
    assert len(after["autosaved_form"]) - len(before["autosaved_form"]) == (what == "keeping")
