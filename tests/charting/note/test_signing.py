"""Signing closes a note under a name; afterwards it can only be added to."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from clinic_notes.charting.models import Signature
from clinic_notes.clinical import sealed_note
from clinic_notes.core import clock
from clinic_notes.core.audit import AuditEntry
from clinic_notes.core.db import db
from clinic_notes.equipment import actions as equipment
from clinic_notes.equipment.drafts import InstrumentDraft
from clinic_notes.equipment.models import Instrument
from tests import drafts, factories
from tests.cast import PASSWORD
from tests.charting.form_payloads import sent
from tests.html_page import Page


@pytest.fixture
def signature(acting_as, cast, saved_draft):
    """Return the signature under the visit, or None."""

    def under() -> Signature | None:
        with acting_as(cast.maya):
            return db.session.scalars(select(Signature)).one_or_none()

    return under


@pytest.fixture
def note(maya, saved_draft):
    """Return the page of the note."""
    return lambda: Page(maya.get(f"/visits/{saved_draft}"))


def sign(client, saved_draft: int, password: str = PASSWORD) -> Page:
    address = f"/visits/{saved_draft}/sign"
    page = Page(client.get(address))
    return Page(client.post(address, data=page.filled(password=password)))


def test_the_password_is_asked_again(maya, saved_draft, signature):
    page = sign(maya, saved_draft, password="")
    assert page.status == 422
    assert "password" in page.summary()
    assert signature() is None


def test_a_wrong_password_signs_nothing_and_leaves_a_line_in_the_trail(
    maya, saved_draft, signature, acting_as, cast
):
    page = sign(maya, saved_draft, password="a guess")
    assert page.status == 422
    assert "Nothing was signed" in page.summary()["password"]
    assert "a guess" not in page.source
    assert signature() is None
    with acting_as(cast.maya):
        assert not factories.loaded(saved_draft).is_signed
        lines = select(AuditEntry).where(AuditEntry.action == "signature.refused")
        line = db.session.scalars(lines).one()
        assert (line.actor_id, line.subject) == (cast.maya.id, f"visit:{saved_draft}")


def test_the_signer_is_the_person_signed_in(
    client_for, cast, saved_draft, signature, note, acting_as
):
    assert sign(client_for(cast.jonas), saved_draft).status == 303
    under = signature()
    assert (under.signed_by_id, under.printed_name) == (cast.jonas.id, "Jonas Lind, PT")
    assert under.meaning == "for the author"
    page = note()
    assert "Jonas Lind, PT, for the author, signed" in page.text
    assert f"Written by {cast.maya.signs_as}" in page.text
    with acting_as(cast.maya):
        assert factories.loaded(saved_draft).author_id == cast.maya.id


def test_the_author_signs_as_the_author(maya, saved_draft, signature, note):
    assert sign(maya, saved_draft).status == 303
    assert signature().meaning == "author"
    assert "Written by" not in note().text


def test_a_note_changed_after_it_was_read_is_not_signed(maya, saved_draft, signature, stored_draft):
    address = f"/visits/{saved_draft}/sign"
    read = Page(maya.get(address)).filled(password=PASSWORD)
    edited = Page(maya.get(f"/visits/{saved_draft}/edit")).filled(plan="Something else.")
    assert maya.post(f"/visits/{saved_draft}/edit", data=edited).status_code == 303
    page = Page(maya.post(address, data=read))
    assert page.status == 409
    assert "changed after you opened it" in page.summary()["password"]
    assert signature() is None
    # The page that says so carries the version it shows: read again, it can be signed.
    assert maya.post(address, data=page.filled(password=PASSWORD)).status_code == 303
    assert stored_draft(saved_draft).plan == "Something else."


def test_a_later_session_is_signed_without_assessment_and_plan(
    maya, saved_draft, save_visit, patient_with_episode, draft
):
    daily = replace(draft, assessment="", plan="")
    second = save_visit(patient_with_episode.new_session_url, sent(daily))
    assert "Enter the assessment" in Page(maya.get(f"/visits/{second}/sign")).text
    assert sign(maya, saved_draft).status == 303
    assert "Enter the assessment" not in Page(maya.get(f"/visits/{second}/sign")).text
    assert "May stay empty" in Page(maya.get(f"/visits/{second}/edit")).text
    assert sign(maya, second).status == 303


def test_the_sealed_text_is_the_note_and_matches_its_fingerprint(
    maya, saved_draft, signature, stored_draft
):
    before = stored_draft(saved_draft)
    sign(maya, saved_draft)
    under = signature()
    assert sealed_note.digest(under.document) == under.digest
    assert sealed_note.note_from(under.document).visit == before == stored_draft(saved_draft)


def test_a_tool_renamed_later_keeps_its_name_on_the_signed_note(
    maya, saved_draft, note, acting_as, cast, patient_with_episode
):
    sign(maya, saved_draft)
    before = note().texts["note-treatment"]
    with acting_as(cast.maya):
        tool = db.session.get_one(Instrument, patient_with_episode.instrument_id)
        renamed = InstrumentDraft(name="Renamed tool", material="stainless_steel")
        equipment.revise(tool, renamed, version=tool.version, by=cast.maya)
    assert note().texts["note-treatment"] == before
    assert "Renamed tool" not in note().text


def test_a_signed_note_is_no_longer_edited_or_signed(maya, saved_draft, all_rows):
    sign(maya, saved_draft)
    before = all_rows()
    for address in (f"/visits/{saved_draft}/edit", f"/visits/{saved_draft}/sign"):
        answer = maya.get(address)
        assert (answer.status_code, answer.location) == (303, f"/visits/{saved_draft}")
    again = maya.post(f"/visits/{saved_draft}/sign", data={"version": "2", "password": PASSWORD})
    assert (again.status_code, again.location) == (303, f"/visits/{saved_draft}")
    assert all_rows() == before


def test_a_manager_reads_and_does_not_write(
    client_for, cast, maya, saved_draft, patient_with_episode, all_rows
):
    lena = client_for(cast.lena)
    sign(maya, saved_draft)
    before = all_rows()
    assert lena.get(f"/visits/{saved_draft}").status_code == 200
    assert "/addenda" not in lena.get(f"/visits/{saved_draft}").get_data(as_text=True)
    for address in (
        patient_with_episode.new_session_url,
        *(f"/visits/{saved_draft}/{what}" for what in ("edit", "sign", "addenda")),
    ):
        assert lena.get(address).status_code == 403
        assert lena.post(address, data={"password": PASSWORD, "text": "x"}).status_code == 403
    assert all_rows() == before


def late() -> dict[str, str]:
    """Return what is typed into the form of an addendum about yesterday."""
    return {
        "text": "She called: the heel is bruised.",
        "about_on": str(drafts.yesterday()),
        "effect": "ecchymosis", "grade": "2", "region": "foot_plantar", "side": "left",
        "place": "medial heel", "size_cm": "2", "lasted": "4", "tenderness": "3",
        "onset": "within_24h", "detail": "blue", "action": "ice",
    }  # fmt: skip


def test_what_is_added_stands_under_the_note_with_who_and_when(
    maya, client_for, cast, saved_draft, note, stored_draft
):
    sign(maya, saved_draft)
    before = stored_draft(saved_draft)
    jonas = client_for(cast.jonas)
    on = drafts.yesterday()
    typed = late() | {"about_on": str(on)}
    assert jonas.post(f"/visits/{saved_draft}/addenda", data=typed).status_code == 303
    text = note().text
    added = text[text.rindex("Added ") :]
    assert f"About {on.day} {on:%b %Y}" in added
    for words in (
        typed["text"], "Jonas Lind, PT", "left plantar foot", "medial heel", "2 cm", "4 days",
        "tender 3 of 10", "grade 2", "blue", "done: ice", "began",
    ):  # fmt: skip
        assert words in added
    assert re.match(r"Added \d{1,2} \w{3} \d{4}, \d\d:\d\d", added)
    assert stored_draft(saved_draft) == before


@pytest.mark.parametrize(
    ("change", "field"),
    {
        "nothing at all": (dict.fromkeys(late(), ""), "text"),
        "white space": (dict.fromkeys(late(), "") | {"text": " \n "}, "text"),
        "a day to come": ({"about_on": "2999-01-01"}, "about_on"),
        "the year 26": ({"about_on": "0026-03-11"}, "about_on"),
        "a day before the birth": ({"about_on": "1950-03-11"}, "about_on"),
        "a size without its effect": ({"effect": ""}, "effect"),
        "a tenderness of 11": ({"tenderness": "11"}, "tenderness"),
        "a grade that is none": ({"grade": "5"}, "grade"),
        "a control character": ({"text": "a\x08b"}, "text"),
    }.values(),
    ids=[
        "nothing",
        "blank",
        "future",
        "year-26",
        "before-birth",
        "no-effect",
        "tenderness-11",
        "grade-5",
        "control",
    ],
)
def test_an_addition_that_cannot_be_right_is_refused(maya, saved_draft, all_rows, change, field):
    sign(maya, saved_draft)
    before = all_rows()
    page = Page(maya.post(f"/visits/{saved_draft}/addenda", data=late() | change))
    assert page.status == 422
    assert field in page.summary()
    assert field in page.ids
    assert page.sent["action"] == change.get("action", late()["action"])
    assert all_rows() == before


def test_a_note_not_signed_yet_takes_no_addendum(maya, saved_draft, all_rows):
    before = all_rows()
    answer = maya.post(f"/visits/{saved_draft}/addenda", data=late())
    assert answer.location == f"/visits/{saved_draft}/edit"
    assert all_rows() == before


def test_a_late_entry_shows_both_days(maya, save_visit, patient_with_episode, draft):
    on = draft.served_on - timedelta(days=3)
    number = save_visit(patient_with_episode.new_session_url, sent(replace(draft, served_on=on)))
    text = Page(maya.get(f"/visits/{number}")).text
    assert f"Late entry: the session was on {on.day} {on:%b %Y}" in text
    assert "the note was begun" in text


def test_an_evening_session_in_chicago_is_no_late_entry(acting_as, cast, client_for):
    # 19:30 in Chicago is the next day in UTC.
    on = drafts.yesterday()
    evening = datetime.combine(on, datetime.min.time(), UTC)
    evening += timedelta(days=1, hours=1, minutes=30)
    with clock.at(evening), acting_as(cast.stranger):
        number = factories.open_visit(cast.stranger, served_on=on).id
    text = Page(client_for(cast.stranger).get(f"/visits/{number}")).text
    assert "Late entry" not in text
