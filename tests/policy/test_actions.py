"""A clinic's policy: versions, history, review, and the note that names it."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from clinic_notes.accounts import actions as accounts
from clinic_notes.accounts.models import User
from clinic_notes.clinical.findings import Refused
from clinic_notes.clinical.policy import ItemPolicy, Part, PartChange
from clinic_notes.clinical.policy.stored import changes_from_text
from clinic_notes.core import clock
from clinic_notes.core.audit import AuditEntry
from clinic_notes.core.db import db
from clinic_notes.core.permissions import Permission
from clinic_notes.policy import queries
from clinic_notes.policy.actions import PolicyChanged, ReviewDraft, change_item, record_review
from clinic_notes.reference.terms import Pressure, Severity
from tests.cast import Cast
from tests.fixture_types import ActingAs, ClientFor

WHY = "decided in the team on Monday"
NO_THINNERS = ItemPolicy("anticoagulant", severity=Severity.ABSOLUTE)
LIGHT_VEINS = ItemPolicy("varicose_veins", pressure_cap=Pressure.LIGHT)


@pytest.fixture
def change(acting_as: ActingAs, cast: Cast):
    """Make versions of the policy as its manager; return the number of the last."""

    def changed(*owns: ItemPolicy) -> int:
        with acting_as(cast.lena):
            for own in owns:
                version = queries.policy_in_force(cast.lena.clinic.time_zone).version
                made = change_item(own, reason=WHY, version=version, by=cast.lena)
            return made.number

    return changed


def in_force(person: User):
    return queries.policy_in_force(person.clinic.time_zone)


def test_versions_are_numbered_and_each_says_what_changed(change, acting_as, cast) -> None:
    assert change(NO_THINNERS, LIGHT_VEINS, ItemPolicy("anticoagulant")) == 3
    with acting_as(cast.lena):
        history = [(v.number, v.reason, v.printed_name) for v in queries.versions()]
        assert history == [(n, WHY, "Lena Hoff") for n in (3, 2, 1)]
        assert [changes_from_text(version.changes) for version in queries.versions()] == [
            (PartChange("anticoagulant", Part.SEVERITY, "absolute", "relative"),),
            (PartChange("varicose_veins", Part.PRESSURE_CAP, "", "light"),),
            (PartChange("anticoagulant", Part.SEVERITY, "relative", "absolute"),),
        ]
        assert in_force(cast.lena).items == (LIGHT_VEINS,)


def test_another_clinic_has_its_own_policy(change, acting_as, cast) -> None:
    change(NO_THINNERS)
    with acting_as(cast.stranger):
        assert in_force(cast.stranger).version == 0
        assert queries.versions() == []


def test_what_is_laxer_is_refused_and_nothing_is_stored(acting_as, cast) -> None:
    own = ItemPolicy("anticoagulant", pressure_cap=Pressure.MODERATE)
    with acting_as(cast.lena), pytest.raises(Refused, match="the same as the catalogue"):
        change_item(own, reason=WHY, version=0, by=cast.lena)
    with acting_as(cast.lena):
        assert queries.versions() == []


def test_a_version_that_was_not_seen_is_not_changed(change, acting_as, cast) -> None:
    change(NO_THINNERS)
    with acting_as(cast.lena), pytest.raises(PolicyChanged):
        change_item(LIGHT_VEINS, reason=WHY, version=0, by=cast.lena)


def test_the_trail_says_who_changed_what(change, acting_as, cast) -> None:
    change(NO_THINNERS)
    with acting_as(cast.lena):
        entry = db.session.scalars(
            select(AuditEntry).where(AuditEntry.action == "policy.changed")
        ).one()
    assert entry.actor_id == cast.lena.id
    assert "severity:relative>absolute" in entry.facts


def today(person: User) -> date:
    return clock.today(person.clinic.time_zone)


def reviewed(person: User, **changes: object) -> None:
    given = {"reviewer": "Dr. Ana Ott", "licence": "PT 12345", "reviewed_on": today(person)}
    version = in_force(person).version
    record_review(ReviewDraft(**(given | changes)), version=version, by=person)


def test_a_review_holds_until_the_policy_changes(change, acting_as, cast) -> None:
    with acting_as(cast.lena):
        assert queries.review_of(in_force(cast.lena)) is None
        reviewed(cast.lena)
    with acting_as(cast.lena):
        assert queries.review_of(in_force(cast.lena)).licence == "PT 12345"
    # Back to the list that was reviewed is a change all the same.
    for own in (NO_THINNERS, ItemPolicy("anticoagulant")):
        change(own)
        with acting_as(cast.lena):
            assert queries.review_of(in_force(cast.lena)) is None
    with acting_as(cast.lena):
        assert [review.policy_number for review in queries.reviews()] == [0]


def test_a_review_of_another_list_of_the_catalogue_is_none(acting_as, cast, monkeypatch) -> None:
    with acting_as(cast.lena):
        reviewed(cast.lena)
    monkeypatch.setattr(queries, "list_digest", lambda questions: "of a later release")
    with acting_as(cast.lena):
        assert queries.review_of(in_force(cast.lena)) is None


@pytest.mark.parametrize(
    ("days", "says"),
    [
        pytest.param(1, "future", id="tomorrow"),
        pytest.param(-1, "earlier", id="before it was made"),
    ],
)
def test_a_review_on_an_impossible_day_is_refused(days, says, change, acting_as, cast) -> None:
    change(NO_THINNERS)
    with acting_as(cast.lena), pytest.raises(Refused, match=says):
        reviewed(cast.lena, reviewed_on=today(cast.lena) + timedelta(days=days))


@pytest.mark.parametrize("table", ["policy_version", "policy_review"])
@pytest.mark.parametrize("how", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_history_is_only_ever_added_to(
    table: str, how: str, change, acting_as: ActingAs, cast: Cast, app: Flask
) -> None:
    change(NO_THINNERS)
    with acting_as(cast.lena):
        reviewed(cast.lena)
    with app.app_context(), db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            clinic = f"SELECT set_config('app.clinic_id', '{cast.lena.clinic_id}', false)"
            connection.execute(text(clinic))
        with pytest.raises(DBAPIError, match="only ever added to"):
            connection.execute(text(how.format(table)))


def test_only_a_therapist_is_named_clinical_lead(acting_as: ActingAs, cast: Cast) -> None:
    with acting_as(cast.root):
        maya = db.session.get_one(User, cast.maya.id)
        assert not maya.may(Permission.CLINICAL_POLICY)
        accounts.name_clinical_lead(maya, by=cast.root)
        assert maya.may(Permission.CLINICAL_POLICY)
        accounts.end_clinical_lead(maya, by=cast.root)
        assert not maya.may(Permission.CLINICAL_POLICY)
        with pytest.raises(accounts.NoTherapist):
            accounts.name_clinical_lead(db.session.get_one(User, cast.sam.id), by=cast.root)


def test_the_administrator_names_a_lead_on_the_people_page(
    cast: Cast, client_for: ClientFor
) -> None:
    root, url = client_for(cast.root), f"/people/{cast.maya.id}/clinical-lead"
    assert "clinical lead" in root.post(url, follow_redirects=True).text
    assert "Maya Reyes is clinical lead" in root.post(url, follow_redirects=True).text
    assert "no longer" in root.post(f"{url}/end", follow_redirects=True).text
    refused = root.post(f"/people/{cast.sam.id}/clinical-lead", follow_redirects=True)
    assert "Only a therapist" in refused.text
