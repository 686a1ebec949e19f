"""The manager's first page: what is unsigned, what went wrong, what came late."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from clinic_notes.accounts import actions as accounts
from clinic_notes.accounts.models import User
from clinic_notes.charting import actions as charting
from clinic_notes.charting.models import Visit
from clinic_notes.clinical.drafts import EffectDraft, PainDraft, VisitDraft
from clinic_notes.core import clock
from clinic_notes.core.audit import AuditEntry
from clinic_notes.core.db import db
from clinic_notes.outcomes import queries
from clinic_notes.reference.terms import Decision, EffectOutcome, Side
from tests import drafts, factories
from tests.cast import Cast
from tests.drafts import measured, yes
from tests.fixture_types import ActingAs, ClientFor

TEAR = EffectDraft("skin_tear", grade=2, region="calf", side=Side.LEFT)


@pytest.fixture
def record(cast: Cast, acting_as: ActingAs):
    """Record a session of a new patient, ``days_ago`` when it was entered; return its note."""

    def recorded(by: User | None = None, *, days_ago: int = 0, is_signed: bool = True, **changes):
        author = by or cast.maya
        with acting_as(author), clock.at(clock.now() - timedelta(days=days_ago)):
            patient = factories.make_patient(author, given_name=f"Rosa{days_ago}")
            episode = factories.make_episode(patient, author)
            tool = factories.make_instrument(author)
            draft = drafts.treated_draft(tool.id, **{"served_on": early(days_ago), **changes})
            return factories.record_visit(
                patient.id, episode.id, draft, by=author, is_signed=is_signed
            )

    return recorded


def queue(client, key: str) -> str:
    """Return the list of the page with this name; nothing where it is empty."""
    text = client.get("/outcomes").text
    found = re.search(rf'<section class="panel"[^>]* id="{key}".*?</section>', text, re.DOTALL)
    return found[0] if found else ""


def early(days_ago: int) -> date:
    return clock.now().date() - timedelta(days=days_ago + 1)


def stopped() -> dict[str, object]:
    blank = VisitDraft(served_on=drafts.yesterday())
    return {
        **{name: getattr(blank, name) for name in vars(blank) if name != "served_on"},
        "decision": Decision.NOT_TREATED,
        "not_treated_reason": "New swelling and warmth of the calf.",
        "referral": "Emergency department",
        "patient_informed": True,
        "answers": (yes("dvt_or_suspected"),),
    }


def test_a_managers_first_page_is_what_waits(cast: Cast, client_for: ClientFor) -> None:
    answer = client_for(cast.lena).get("/")
    assert (answer.status_code, answer.location) == (302, "/outcomes")


def test_a_draft_waits_after_a_day_with_its_author(record, cast, client_for) -> None:
    old = record(days_ago=2, is_signed=False)
    young = record(is_signed=False)
    text = queue(client_for(cast.lena), "unsigned")
    assert f"/visits/{old}" in text
    assert f"/visits/{young}" not in text
    assert "Maya Reyes" in text


def test_a_draft_of_who_was_switched_off_is_marked(record, cast, client_for, acting_as) -> None:
    record(by=cast.jonas, days_ago=2, is_signed=False)
    with acting_as(cast.root):
        accounts.disable_user(db.session.get_one(User, cast.jonas.id), by=cast.root)
    assert "deactivated" in client_for(cast.lena).get("/outcomes").text


def test_a_serious_effect_is_told_and_a_mild_one_is_not(record, cast, client_for) -> None:
    torn = record(effects=(TEAR,))
    mild = record(effects=(EffectDraft("soreness", grade=1, region="calf", side=Side.LEFT),))
    text = queue(client_for(cast.lena), "effects")
    assert f"/visits/{torn}" in text
    assert "Skin tear with bleeding, grade 2" in text
    assert f"/visits/{mild}" not in text


def test_a_session_that_was_stopped_is_told_with_its_reason(record, cast, client_for) -> None:
    note = record(**stopped())
    text = client_for(cast.lena).get("/outcomes").text
    assert f"/visits/{note}" in text
    assert "New swelling and warmth of the calf." in text


def test_what_was_entered_late_is_told_for_a_week(record, cast, client_for) -> None:
    late = record(served_on=early(3))
    timely = record()
    long_ago = record(days_ago=9, served_on=early(12))
    text = queue(client_for(cast.lena), "late")
    assert f"/visits/{late}" in text
    assert f"/visits/{timely}" not in text
    assert f"/visits/{long_ago}" not in text


def test_a_late_entry_is_found_behind_more_notes_than_a_list_shows(
    record, cast, client_for, monkeypatch
) -> None:
    late = record(served_on=early(3))
    timely = record()
    monkeypatch.setattr(queries, "MOST", 1)
    text = queue(client_for(cast.lena), "late")
    assert f"/visits/{late}" in text
    assert f"/visits/{timely}" not in text


def test_of_more_drafts_than_a_list_shows_the_oldest_stand_there(
    record, cast, client_for, monkeypatch
) -> None:
    newer, oldest = record(days_ago=2, is_signed=False), record(days_ago=5, is_signed=False)
    monkeypatch.setattr(queries, "MOST", 1)
    text = queue(client_for(cast.lena), "unsigned")
    assert f"/visits/{oldest}" in text
    assert f"/visits/{newer}" not in text


def test_nothing_of_another_clinic_is_told(record, cast, client_for) -> None:
    record(by=cast.stranger, effects=(TEAR,))
    assert "Skin tear" not in client_for(cast.lena).get("/outcomes").text


def test_a_look_stands_in_the_trail(cast, client_for, acting_as) -> None:
    client_for(cast.lena).get("/outcomes")
    with acting_as(cast.maya):
        looks = select(AuditEntry.actor_id).where(AuditEntry.action == "outcomes.viewed")
        assert db.session.scalars(looks).all() == [cast.lena.id]


def test_an_episode_without_a_session_for_three_weeks_is_told(
    record, cast, client_for, acting_as
) -> None:
    record(days_ago=29)
    record(days_ago=2)
    with acting_as(cast.lena):
        assert [row.patient for row in queries.unseen(early(20))] == ["Rosa29 Delgado"]
    assert "Open, without a session for 21 days" in client_for(cast.lena).get("/outcomes").text


def test_who_is_worse_beyond_error_is_told(record, cast, client_for, acting_as) -> None:
    record(days_ago=9, pains=(rated(2),))
    with acting_as(cast.maya):
        visit = db.session.scalars(select(Visit)).one()
        draft = drafts.treated_draft(
            factories.make_instrument(cast.maya).id, served_on=early(1), pains=(rated(7),)
        )
        factories.record_visit(visit.patient_id, visit.episode_id, draft, by=cast.maya)
    text = client_for(cast.lena).get("/outcomes").text
    assert f"/patients/{visit.patient_id}?episode={visit.episode_id}" in text
    assert "Worse beyond measurement error" in text


def rated(number: int) -> PainDraft:
    return PainDraft("now", before=measured(number), after=measured(number))


def test_a_serious_effect_that_is_told_later_is_listed_however_old_its_note_is(
    record, client_for, acting_as, cast
) -> None:
    visit_id = record(days_ago=60, effects=(TEAR,))
    assert f"/visits/{visit_id}" not in client_for(cast.lena).get("/outcomes").text
    with acting_as(cast.maya):
        charting.add_addendum(
            factories.loaded(visit_id),
            text="",
            about_on=None,
            effect=replace(TEAR, outcome=EffectOutcome.BETTER),
            by=cast.maya,
        )
    text = client_for(cast.lena).get("/outcomes").text
    assert f"/visits/{visit_id}" in text
    assert "Skin tear with bleeding, grade 2, reported later, better, not gone" in text
