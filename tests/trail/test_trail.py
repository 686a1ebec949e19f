"""The audit trail as its readers see it: found, in words, and read by nobody else."""

import csv
import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
import time_machine
from flask.testing import FlaskClient

from clinic_notes.accounts.models import User
from clinic_notes.core import audit, clock
from clinic_notes.trail.wording import WORDS
from tests import factories
from tests.cast import Cast
from tests.fixture_types import ActingAs, ClientFor
from tests.repo_files import files


def rows(browser: FlaskClient, address: str = "/audit") -> list[str]:
    """Return the entries on the page as text, the newest first."""
    page = browser.get(address)
    assert page.status_code == 200, address
    body = re.search(r"<tbody>(.*)</tbody>", page.text, re.S)
    lines = body.group(1).split("<tr>")[1:] if body else []
    return [unescape(" ".join(re.sub(r"<[^>]+>", " ", line).split())) for line in lines]


def signed_session(acting_as: ActingAs, person: User) -> int:
    """Sign a session of a new patient; return the patient's id."""
    with acting_as(person):
        visit = factories.open_visit(person)
        factories.sign(visit.id, person)
        return visit.patient_id


def test_a_manager_reads_who_did_what_with_whose_record(
    cast: Cast, client_for: ClientFor, acting_as: ActingAs
) -> None:
    patient_id = signed_session(acting_as, cast.maya)
    client_for(cast.jonas).get(f"/patients/{patient_id}")
    found = rows(client_for(cast.lena))
    assert "Jonas Lind looked at a patient's record" in found[0]
    assert any("Maya Reyes signed a session" in line for line in found)


def test_each_filter_leaves_what_answers_it(
    cast: Cast, client_for: ClientFor, acting_as: ActingAs
) -> None:
    signed_session(acting_as, cast.maya)
    patient_id = signed_session(acting_as, cast.jonas)
    with acting_as(cast.maya):
        mrn = factories.known_patient(patient_id).mrn
    lena = client_for(cast.lena)
    assert all("Maya Reyes" in line for line in rows(lena, f"/audit?person={cast.maya.id}"))
    assert all(mrn in line for line in rows(lena, f"/audit?mrn={mrn}"))
    assert len(rows(lena, "/audit?kind=signatures")) == 2
    assert len(rows(lena, f"/audit?kind=signatures&mrn={mrn}")) == 1
    assert rows(lena, f"/audit?person={cast.sam.id}") == []


def test_days_are_those_of_the_clinics_clock(
    cast: Cast, client_for: ClientFor, acting_as: ActingAs
) -> None:
    lena = client_for(cast.lena)
    # Half past midnight on 2 March in Berlin is still 1 March in UTC.
    with clock.at(datetime(2026, 3, 1, 23, 30, tzinfo=UTC)):
        signed_session(acting_as, cast.maya)
    kind = "kind=signatures"
    assert len(rows(lena, f"/audit?{kind}&since=2026-03-02&until=2026-03-02")) == 1
    assert rows(lena, f"/audit?{kind}&until=2026-03-01") == []
    assert rows(lena, f"/audit?{kind}&since=2026-03-03") == []


def test_a_long_trail_is_read_page_by_page(
    cast: Cast, client_for: ClientFor, acting_as: ActingAs
) -> None:
    with acting_as(cast.maya):
        for number in range(250):
            audit.record("today.viewed", "visit", by=cast.maya, notes=number)
    lena = client_for(cast.lena)
    address, seen = f"/audit?person={cast.maya.id}", []
    while address:
        seen += rows(lena, address)
        older = re.search(r'href="(/audit\?before=[^"]+)"', lena.get(address).text)
        address = unescape(older.group(1)) if older else ""
    notes = [int(line.split("notes: ")[1].split()[0]) for line in seen if "notes: " in line]
    assert notes == list(reversed(range(250)))


def test_an_administrator_is_shown_no_patient(
    cast: Cast, client_for: ClientFor, acting_as: ActingAs
) -> None:
    patient_id = signed_session(acting_as, cast.maya)
    with acting_as(cast.maya):
        patient = factories.known_patient(patient_id)
        name, mrn = patient.name, patient.mrn
    root = client_for(cast.root)
    for text in (root.get("/audit").text, root.get("/audit.csv").text):
        assert name not in text
        assert mrn not in text
        assert f"record {patient_id}" in text


def test_another_clinics_trail_is_not_read(
    cast: Cast, client_for: ClientFor, acting_as: ActingAs
) -> None:
    signed_session(acting_as, cast.stranger)
    assert "Charlie Stranger" not in client_for(cast.lena).get("/audit").text
    assert rows(client_for(cast.lena), "/audit?kind=signatures") == []


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("mrn=nobody", "No patient here has this record number"),
        ("since=2026-03-02&until=2026-03-01", "The last day is before the first"),
        ("since=yesterday", "year-month-day"),
        ("kind=secrets", "secrets"),
        ("person=999999999999", "999999999999"),
    ],
)
def test_an_unclear_question_is_answered_in_words(
    cast: Cast, client_for: ClientFor, asked: str, message: str
) -> None:
    answer = client_for(cast.lena).get(f"/audit?{asked}")
    assert answer.status_code == 422
    assert message in answer.text
    assert client_for(cast.lena).get(f"/audit.csv?{asked}").status_code == 400


def test_the_file_has_what_the_page_has_and_opens_as_text(
    cast: Cast, client_for: ClientFor, acting_as: ActingAs
) -> None:
    with acting_as(cast.maya):
        patient = factories.make_patient(cast.maya, given_name="=1+1", family_name="Reyes")
        audit.record("patient.viewed", patient, by=cast.maya, patient_id=patient.id)
    lena = client_for(cast.lena)
    read = list(csv.DictReader(lena.get("/audit.csv?kind=looks").text.splitlines()))
    found = next(line for line in read if line["Person"] == "Maya Reyes")
    assert found["Patient"] == "'=1+1 Reyes"
    assert "same name" in found["Noticed"]


def test_a_look_at_night_is_noticed(cast: Cast, client_for: ClientFor, acting_as: ActingAs) -> None:
    patient_id = signed_session(acting_as, cast.maya)
    maya, lena = client_for(cast.maya), client_for(cast.lena)
    night = (clock.now() + timedelta(days=1)).replace(hour=1, minute=30)
    with time_machine.travel(night), acting_as(cast.maya):
        patient = factories.known_patient(patient_id)
        audit.record("patient.viewed", patient, by=cast.maya, patient_id=patient_id)
    assert "out of hours" in rows(lena, "/audit?kind=looks")[0]
    assert maya.get("/audit").status_code == 403


def test_an_account_that_was_changed_is_named(cast: Cast, client_for: ClientFor) -> None:
    root = client_for(cast.root)
    root.post(f"/people/{cast.sam.id}/disable")
    assert "deactivated an account Sam Oduya" in rows(root, "/audit?kind=accounts")[0]


def test_reading_the_trail_is_in_the_trail(cast: Cast, client_for: ClientFor) -> None:
    lena = client_for(cast.lena)
    lena.get("/audit")
    lena.get("/audit.csv")
    found = rows(lena)
    assert "exported the audit trail" in found[0]
    assert "looked at the audit trail" in found[1]


def test_every_action_the_code_records_has_its_words() -> None:
    source = "\n".join(path.read_text() for path in files("clinic_notes", suffix=".py"))
    recorded = set(re.findall(r'(?:record|_enter)\(\s*"(\w+\.\w+)"', source))
    recorded |= {f"{what}.viewed" for what in re.findall(r'audit\.viewed\(\s*"([\w.]+)"', source)}
    assert len(recorded) > 40
    assert recorded <= WORDS.keys()
