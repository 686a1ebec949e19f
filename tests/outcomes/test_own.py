"""A therapist's own results: themselves and the clinic, and never a colleague."""

from collections import Counter

import pytest
from sqlalchemy import select

from clinic_notes.clinical.change import Response
from clinic_notes.core.audit import AuditEntry
from clinic_notes.core.db import db
from clinic_notes.outcomes.facts.models import Pairing
from clinic_notes.outcomes.own import page
from clinic_notes.outcomes.results.question import last_year
from clinic_notes.outcomes.statistics.intervals import wilson
from tests import drafts, factories
from tests.cast import Cast
from tests.fixture_types import ActingAs, ClientFor
from tests.html_page import Page


def counted(monkeypatch: pytest.MonkeyPatch, cast: Cast, episodes: dict[int, tuple[int, int]]):
    """Return the page of Maya for so many responders and others, and as many sessions, of each."""
    responses = {
        one: Counter({Response.RESPONDED: yes, Response.NOT_RESPONDED: no})
        for one, (yes, no) in episodes.items()
    }
    pairings = {
        one: {
            kind: Counter({Pairing.PAIRED: yes, Pairing.INCOMPLETE: no})
            for kind in page.queries.KINDS
        }
        for one, (yes, no) in episodes.items()
    }
    asked = {
        "responses": responses,
        "pairings": pairings,
        "pain_pairs": {(8.0, 2.0): 12},
        "episodes_open": 0,
    }
    for name, answer in asked.items():
        monkeypatch.setattr(page.queries, name, lambda question, answer=answer: answer)
    return page.own_results(last_year(drafts.yesterday()), cast.maya)


def test_own_figures_stand_beside_those_of_the_whole_clinic(monkeypatch, cast) -> None:
    found = counted(monkeypatch, cast, {cast.maya.id: (8, 2), 101: (5, 5), 102: (5, 15)})
    (responders, _) = found.outcomes
    assert responders.own.figure == wilson(8, 10)
    assert responders.clinic.figure == wilson(18, 40)
    assert {row.own.figure for row in found.completeness} == {wilson(8, 10)}
    assert {row.clinic.figure for row in found.completeness} == {wilson(18, 40)}


@pytest.mark.parametrize(
    "colleagues", [{}, {101: (9, 11)}, {101: (9, 11), 102: (4, 5)}], ids=["none", "one", "one, few"]
)
def test_a_clinic_that_would_be_one_colleague_is_hidden(monkeypatch, cast, colleagues) -> None:
    found = counted(monkeypatch, cast, {cast.maya.id: (8, 2), **colleagues})
    rows = (*found.completeness, *found.outcomes)
    assert {row.clinic.figure for row in rows} == {None}
    assert {row.clinic.why_hidden for row in rows} == {page.OF_A_COLLEAGUE}
    assert None not in {row.own.figure for row in rows}


def test_under_ten_of_their_own_nothing_is_shown_and_the_reason_is(monkeypatch, cast) -> None:
    found = counted(monkeypatch, cast, {cast.maya.id: (4, 5), 101: (10, 0), 102: (10, 0)})
    assert found.outcomes[0].own.figure is None
    assert found.outcomes[0].own.why_hidden == "hidden: 9 episodes known, fewer than 10"
    assert found.outcomes[0].clinic.figure == wilson(24, 29)


def test_the_page_is_of_who_is_signed_in(cast, client_for, acting_as) -> None:
    record(cast, acting_as, cast.maya, sessions=2)
    record(cast, acting_as, cast.jonas, sessions=1)
    record(cast, acting_as, cast.stranger, sessions=3)
    for person, sessions in ((cast.maya, 2), (cast.jonas, 1), (cast.sam, 0), (cast.stranger, 3)):
        text = client_for(person).get("/outcomes/own").text
        assert f"hidden: {sessions} sessions, fewer than 10" in text
        assert "Patients were not randomised" in text
        others = {one.name for one in cast.everyone().values()} - {person.name}
        assert [name for name in others if name in text] == []


def test_no_address_leads_to_a_colleague(cast, client_for, acting_as) -> None:
    record(cast, acting_as, cast.maya, sessions=2)
    record(cast, acting_as, cast.jonas, sessions=1)
    own = Page(client_for(cast.maya).get("/outcomes/own")).text
    for trick in (f"therapist={cast.jonas.id}", "by=therapist", "from=2001-01-01&to=2001-12-31"):
        assert Page(client_for(cast.maya).get(f"/outcomes/own?{trick}")).text == own
        for page_of_clinic in ("/results", "/results/episodes", ".csv", ".xlsx"):
            answer = client_for(cast.maya).get(f"/outcomes{page_of_clinic}?{trick}")
            assert answer.status_code == 403


def test_managers_have_the_clinics_page_and_others_none(cast, client_for: ClientFor) -> None:
    assert client_for(cast.lena).get("/outcomes/own").status_code == 403
    assert client_for(cast.root).get("/outcomes/own").status_code == 403
    assert client_for(cast.lena).get("/outcomes/results").status_code == 200


def test_it_is_reached_from_today_and_a_look_is_in_the_trail(cast, client_for, acting_as) -> None:
    record(cast, acting_as, cast.maya, sessions=1)
    assert "/outcomes/own" in client_for(cast.maya).get("/").text
    client_for(cast.maya).get("/outcomes/own")
    with acting_as(cast.lena):
        looks = select(AuditEntry.actor_id).where(AuditEntry.action == "own_results.viewed")
        assert db.session.scalars(looks).all() == [cast.maya.id]


def record(cast: Cast, acting_as: ActingAs, person, *, sessions: int) -> None:
    """Record signed sessions of one patient."""
    with acting_as(person):
        patient = factories.make_patient(person)
        episode = factories.make_episode(patient, person)
        tool = factories.make_instrument(person)
        for _ in range(sessions):
            draft = drafts.treated_draft(
                tool.id, served_on=drafts.yesterday(), measured_by_id=person.id
            )
            factories.record_visit(patient.id, episode.id, draft, by=person)
