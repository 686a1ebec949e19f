"""Each look at a session's form stands in the trail; a save, which shows nothing, is no look."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from clinic_notes.core.audit import AuditEntry
from clinic_notes.core.db import db
from tests.charting.form_payloads import sent


@pytest.fixture
def views_logged(acting_as, cast, patient_with_episode):
    """Return how often Rosa's form was looked at so far."""

    def counted() -> int:
        with acting_as(cast.maya):
            of_form = AuditEntry.action == "visit_form.viewed"
            seen = select(AuditEntry.patient_id).where(of_form)
            return list(db.session.scalars(seen)).count(patient_with_episode.patient_id)

    return counted


def test_a_form_that_is_opened_or_comes_back_is_a_look(
    maya, patient_with_episode, draft, views_logged
):
    new = f"/patients/{patient_with_episode.patient_id}/visits/new"
    assert (maya.get(new).status_code, views_logged()) == (200, 1)
    impossible = sent(replace(draft, timed_minutes=99))
    assert (maya.post(new, data=impossible).status_code, views_logged()) == (422, 2)
    one_more = sent(draft) | {"add": "uses"}
    assert (maya.post(f"{new}/rows", data=one_more).status_code, views_logged()) == (200, 3)


def test_a_form_that_is_saved_is_no_look(maya, patient_with_episode, draft, views_logged):
    new = f"/patients/{patient_with_episode.patient_id}/visits/new"
    assert (maya.post(new, data=sent(draft)).status_code, views_logged()) == (303, 0)
