"""What a report is drafted from: sessions that count, as addenda corrected and added to them."""

from typing import Any

import pytest
from sqlalchemy import select

from clinic_notes.charting.actions import add_addendum
from clinic_notes.charting.models import Visit
from clinic_notes.charting.report.facts import episode_facts
from clinic_notes.charting.visit.load import load_visit
from clinic_notes.clinical.corrections import corrected, values_of
from clinic_notes.clinical.drafts import EffectDraft
from clinic_notes.clinical.reports import EpisodeFacts
from clinic_notes.core.db import db
from clinic_notes.patients.models import Episode
from tests import factories
from tests.cast import Cast
from tests.charting.report.conftest import Treated
from tests.fixture_types import ActingAs


@pytest.fixture
def facts(acting_as: ActingAs, cast: Cast, treated: Treated) -> Any:
    """Return the facts of the episode as they are now."""

    def found() -> EpisodeFacts:
        with acting_as(cast.maya):
            return episode_facts(db.session.get_one(Episode, treated.episode_id))

    return found


@pytest.fixture
def last(acting_as: ActingAs, cast: Cast, treated: Treated) -> int:
    """The latest session of the episode; its id."""
    with acting_as(cast.maya):
        mine = select(Visit.id).where(Visit.episode_id == treated.episode_id)
        return max(db.session.scalars(mine))


def test_every_part_of_a_session_is_in_them(facts: Any) -> None:
    first, second = facts().sessions
    assert first.on < second.on
    assert [use.site.region for use in second.uses] == ["calf"]
    assert second.interventions == ("stretch",)
    assert second.skin == "erythema"
    assert len(second.effects) == 1
    assert any("pressure reduced" in words for words in second.precautions)
    assert len(facts().goals) == 1


def test_a_voided_session_is_not_in_them(
    facts: Any, last: int, acting_as: ActingAs, cast: Cast
) -> None:
    with acting_as(cast.maya):
        factories.void(last, cast.maya)
    assert len(facts().sessions) == 1
    assert len({row.on for row in facts().rows}) == 1


def test_an_effect_reported_later_is_in_them(
    facts: Any, last: int, acting_as: ActingAs, cast: Cast
) -> None:
    late = EffectDraft("ecchymosis", grade=1, region="calf")
    with acting_as(cast.maya):
        visit = factories.loaded(last)
        add_addendum(visit, text="", about_on=None, effect=late, by=cast.maya)
    assert len(facts().sessions[-1].effects) == 2
    assert len(facts().sessions[0].effects) == 1


def test_what_an_addendum_withdrew_or_corrected_counts_as_it_left_it(
    facts: Any, last: int, acting_as: ActingAs, cast: Cast
) -> None:
    with acting_as(cast.maya):
        factories.correct(last, cast.maya, to=6)
        visit = factories.loaded(last)
        use = next(one for one in values_of(load_visit(visit).draft) if one.key.startswith("use"))
        add_addendum(
            visit,
            text="Not done.",
            about_on=None,
            effect=EffectDraft(""),
            by=cast.maya,
            correction=corrected(use, None, "", is_withdrawn=True),
        )
    found = facts()
    assert found.sessions[-1].uses == ()
    assert len(found.sessions[0].uses) == 1
    assert [row for row in found.rows if row.corrected]
