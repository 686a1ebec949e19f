import json
from dataclasses import replace
from datetime import date
from html import unescape

import pytest
from sqlalchemy import select

from clinic_notes.core.audit import AuditEntry
from clinic_notes.core.db import db
from clinic_notes.core.lookup import find_or_404
from clinic_notes.patients import actions
from clinic_notes.patients.models import Episode
from clinic_notes.reference.terms import CodeSystem
from tests import factories
from tests.patients.people import HEEL, HEEL_SENT


@pytest.fixture
def heel(rosa, acting_as, cast):
    with acting_as(cast.maya):
        return actions.open_episode(rosa, HEEL, by=cast.maya)


def page(response):
    return unescape(response.get_data(as_text=True))


def test_an_episode_is_opened_under_the_patients_alerts(maya, rosa, acting_as, cast):
    address = f"/patients/{rosa.id}/episodes/new"
    assert "Beeswax allergy" in page(maya.get(address))
    answer = maya.post(address, data=HEEL_SENT)
    assert (answer.status_code, answer.location) == (303, f"/patients/{rosa.id}")
    with acting_as(cast.maya):
        (episode,) = factories.open_episodes(rosa.id)
        assert actions.episode_draft(episode) == replace(HEEL, onset="after a long shift")


TYPED = "goals that must not be lost"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param({"complaint": ""}, "Complaint is needed.", id="no complaint"),
        pytest.param({"region": ""}, "Region is needed.", id="no region"),
        pytest.param({"region": "moon"}, "cannot be chosen here", id="unknown region"),
        pytest.param({"side": ""}, "Side is needed.", id="no side"),
        pytest.param({"side": "midline"}, "Plantar foot: choose from", id="a foot has no midline"),
        pytest.param({"onset_on": "2999-01-01"}, "in the future", id="onset in the future"),
        pytest.param({"onset_on": "last week"}, "year-month-day", id="onset in words"),
        pytest.param({"planned_visits": "0"}, "1 to 200", id="no visit planned"),
        pytest.param({"planned_visits": "201"}, "1 to 200", id="201 visits"),
        pytest.param({"planned_visits": "3,5"}, "not a whole number", id="visits with a comma"),
        pytest.param({"visits_per_week": "15"}, "1 to 14", id="15 a week"),
        pytest.param({"visits_per_week": "NaN"}, "not a whole number", id="not a number"),
        pytest.param({"planned_weeks": "105"}, "1 to 104", id="105 weeks"),
        pytest.param({"diagnoses": "M72.2"}, "ICD-10-CM or ICD-10", id="a code of no system"),
        pytest.param(
            {"diagnoses": "heel spur", "code_system": "icd10cm"},
            "is no ICD-10-CM code",
            id="no code",
        ),
        pytest.param(
            {"diagnoses": "E88.A", "code_system": "icd10"},
            "is no ICD-10 code",
            id="no code of the WHO",
        ),
        pytest.param({"code_system": "icd9"}, "cannot be chosen here", id="an older system"),
        pytest.param({"certified_by": "Dr Ahn"}, "from which day", id="certified on no day"),
        pytest.param({"certified_from": "2026-03-04"}, "Say who certified", id="by nobody"),
        pytest.param(
            {
                "certified_from": "2026-03-04",
                "certified_by": "Dr Ahn",
                "certified_until": "2026-03-03",
            },
            "cannot end before it begins",
            id="certified backwards",
        ),
        pytest.param(
            {
                "needs_certification": "y",
                "certified_from": "2026-03-04",
                "certified_by": "Dr Ahn",
                "certified_until": "2026-06-02",
            },
            "90 days at most: until 1 Jun 2026",
            id="certified for 91 days",
        ),
        pytest.param({"onset": "x" * 1_000_000}, "200 characters", id="1 MB of onset"),
        pytest.param({"complaint": "a\x07"}, "U+0007", id="a control character"),
    ],
)
def test_what_cannot_be_right_is_refused_and_all_that_was_typed_stays(
    maya, rosa, acting_as, cast, change, said
):
    sent = HEEL_SENT | {"goals": TYPED} | change
    answer = maya.post(f"/patients/{rosa.id}/episodes/new", data=sent)
    assert answer.status_code == 422
    for text in (said, TYPED, *change.values()):
        assert text in page(answer)
    with acting_as(cast.maya):
        assert factories.open_episodes(rosa.id) == []


def test_an_episode_does_not_open_after_it_closed(maya, heel, acting_as, cast):
    with acting_as(cast.maya):
        episode = find_or_404(Episode, heel.id)
        factories.close_episode(episode, cast.maya, on=date(2026, 4, 1))
    sent = HEEL_SENT | {"opened_on": "2026-04-02", "version": "2"}
    answer = maya.post(f"/episodes/{heel.id}/edit", data=sent)
    assert answer.status_code == 422
    assert "The episode closed on 1 Apr 2026." in page(answer)


def test_an_episode_changed_meanwhile_is_not_overwritten(maya, heel, acting_as, cast):
    address = f"/episodes/{heel.id}/edit"
    assert maya.post(address, data=HEEL_SENT | {"version": "1"}).status_code == 303
    late = maya.post(address, data=HEEL_SENT | {"version": "1", "goals": TYPED})
    assert late.status_code == 409
    assert TYPED in page(late)
    assert HEEL.goals in page(late)
    with acting_as(cast.maya):
        assert find_or_404(Episode, heel.id).goals == HEEL.goals


def test_the_page_of_an_episode_shows_what_is_on_record(maya, heel):
    shown = page(maya.get(f"/episodes/{heel.id}/edit"))
    for text in ("Left plantar heel pain", "2026-02-10", "her physician", 'value="8"', HEEL.goals):
        assert text in shown


PLAN_SENT = {
    "code_system": "icd10cm",
    "diagnoses": "m722 plantar fasciitis\r\nM79.672",
    "mechanism": "overuse",
    "planned_weeks": "6",
    "needs_certification": "y",
    "certified_from": "2026-03-04",
    "certified_until": "2026-06-01",
    "certified_by": "Dr Ahn, MD",
}
PLAN = replace(
    HEEL,
    onset="after a long shift",
    code_system=CodeSystem.ICD10CM,
    diagnoses="M72.2 plantar fasciitis\nM79.672",
    mechanism="overuse",
    planned_weeks=6,
    needs_certification=True,
    certified_from=date(2026, 3, 4),
    certified_until=date(2026, 6, 1),
    certified_by="Dr Ahn, MD",
)


def test_a_plan_of_care_is_kept_and_shown(maya, rosa, acting_as, cast):
    sent = HEEL_SENT | PLAN_SENT
    assert maya.post(f"/patients/{rosa.id}/episodes/new", data=sent).status_code == 303
    with acting_as(cast.maya):
        (episode,) = factories.open_episodes(rosa.id)
        assert actions.episode_draft(episode) == PLAN
    shown = page(maya.get(f"/patients/{rosa.id}"))
    for text in (
        "M72.2 plantar fasciitis; M79.672 (ICD-10-CM)",
        "after a long shift, overuse",
        "8 sessions, 2 a week, 6 weeks",
        "4 Mar 2026 to 1 Jun 2026 by Dr Ahn, MD",
    ):
        assert text in shown


def test_optional_parts_are_folded_until_they_hold_something(maya, rosa, heel):
    def folded(answer):
        return page(answer).count('<details class="panel folded-panel" >')

    new = f"/patients/{rosa.id}/episodes/new"
    assert folded(maya.get(new)) == 2
    assert folded(maya.post(new, data=HEEL_SENT | {"certified_by": "Dr Ahn"})) == 0
    assert folded(maya.get(f"/episodes/{heel.id}/edit")) == 0


def test_the_trail_says_what_was_and_is(maya, heel, acting_as, cast):
    with acting_as(cast.maya):
        episode = find_or_404(Episode, heel.id)
        changed = replace(HEEL, planned_visits=12, diagnoses="M72.2", code_system=CodeSystem.ICD10)
        actions.revise_episode(episode, changed, version=1, by=cast.maya)
    with acting_as(cast.maya):
        newest = select(AuditEntry.facts).order_by(AuditEntry.number.desc()).limit(1)
        assert json.loads(db.session.scalars(newest).one()) == {
            "version": 2,
            "planned_visits": "8 > 12",
            "code_system": "None > icd10",
            "diagnoses": "changed",
        }
