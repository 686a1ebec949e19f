"""An episode with two signed sessions a week apart, and ways to write reports about it."""

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

import pytest

from clinic_notes.charting.models import Report
from clinic_notes.charting.report.queries import known_report
from clinic_notes.clinical.drafts import PainDraft
from tests import factories
from tests.cast import Cast
from tests.drafts import measured, treated_draft, yesterday
from tests.fixture_types import ActingAs

WEEK = timedelta(days=7)


class Treated(NamedTuple):
    """A patient whose pain in 24 hours went from 8 to 3 within a week."""

    patient_id: int
    episode_id: int

    def new(self, kind: str = "progress-report") -> str:
        """Return the address at which such a report is begun."""
        return f"/episodes/{self.episode_id}/reports/new/{kind}"


@pytest.fixture
def treated(acting_as: ActingAs, cast: Cast) -> Treated:
    with acting_as(cast.maya):
        patient = factories.make_patient(cast.maya, conditions=())
        episode = factories.make_episode(patient, cast.maya)
        factories.make_goal(episode, cast.maya, words="Walk to work")
        tool = factories.make_instrument(cast.maya).id
        for before, pain in ((WEEK, 8), (0 * WEEK, 3)):
            draft = treated_draft(
                tool,
                served_on=yesterday() - before,
                pains=(
                    PainDraft("now", before=measured(3), after=measured(2)),
                    PainDraft("worst_24h", before=measured(pain)),
                ),
            )
            factories.record_visit(patient.id, episode.id, draft, by=cast.maya)
        return Treated(patient.id, episode.id)


@pytest.fixture
def report(acting_as: ActingAs, cast: Cast) -> Callable[[int], Report]:
    """Return a report as it is on record now."""

    def known(report_id: int) -> Report:
        with acting_as(cast.maya):
            return known_report(report_id)

    return known
