"""Fixtures for tests of a plan of care: an episode, a goal, the trail."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from clinic_notes.core.audit import AuditEntry
from clinic_notes.core.db import db
from clinic_notes.patients.models import Episode
from clinic_notes.plan_of_care.models import Goal
from tests import factories
from tests.cast import Cast
from tests.fixture_types import ActingAs, ClientFor


@pytest.fixture
def maya(client_for: ClientFor, cast: Cast) -> FlaskClient:
    return client_for(cast.maya)


@pytest.fixture
def episode_id(acting_as: ActingAs, cast: Cast) -> int:
    """An open episode of Rosa's at the left calf."""
    with acting_as(cast.maya):
        return factories.make_episode(factories.make_patient(cast.maya), cast.maya).id


@pytest.fixture
def goal(acting_as: ActingAs, cast: Cast, episode_id: int) -> Callable[[], Goal]:
    """Set a goal of the episode; return what loads it as it is on record now."""
    with acting_as(cast.maya):
        number = factories.make_goal(db.session.get_one(Episode, episode_id), cast.maya).id

    def load() -> Goal:
        with acting_as(cast.maya):
            return db.session.get_one(Goal, number)

    return load


@pytest.fixture
def last_entry(acting_as: ActingAs, cast: Cast) -> Callable[[], tuple[str, dict[str, Any]]]:
    """Return the action and the facts of the newest entry of the trail."""

    def entry() -> tuple[str, dict[str, Any]]:
        with acting_as(cast.maya):
            newest = select(AuditEntry).order_by(AuditEntry.number.desc()).limit(1)
            found = db.session.scalars(newest).one()
            return found.action, json.loads(found.facts)

    return entry
