"""A note names the policy it was evaluated by, and is never evaluated anew."""

import json

import pytest
from sqlalchemy import select

from clinic_notes.charting.models import Signature
from clinic_notes.clinical import sealed_note
from clinic_notes.clinical.findings import Refused
from clinic_notes.clinical.policy import ItemPolicy
from clinic_notes.core.db import db
from clinic_notes.policy.actions import change_item
from clinic_notes.reference.terms import Severity
from tests import factories
from tests.drafts import ALL_NO
from tests.html_page import Page

WHY = "decided in the team on Monday"
NO_THINNERS = ItemPolicy("anticoagulant", severity=Severity.ABSOLUTE)
"""Every session of the factories is of a patient with a blood thinner."""
ALONE = "Evaluated by the catalogue alone"
BY_VERSION_1 = "Evaluated by clinic policy version 1 of"


@pytest.fixture
def no_thinners(acting_as, cast):
    """Make the policy's first version, as the manager."""

    def made() -> None:
        with acting_as(cast.lena):
            change_item(NO_THINNERS, reason=WHY, version=0, by=cast.lena)

    return made


@pytest.fixture
def draft_id(acting_as, cast) -> int:
    with acting_as(cast.maya):
        return factories.open_visit(cast.maya).id


def sign(acting_as, cast, visit_id: int) -> str:
    """Sign a visit; return its sealed document."""
    with acting_as(cast.maya):
        factories.sign(visit_id, cast.maya)
        of_visit = select(Signature.document).where(Signature.visit_id == visit_id)
        return db.session.scalars(of_visit).one()


def test_a_signed_note_stays_as_it_was_evaluated(acting_as, cast, maya, draft_id, no_thinners):
    sealed = sign(acting_as, cast, draft_id)
    assert ALONE in sealed_note.note_from(sealed).names.evaluated_by
    before = Page(maya.get(f"/visits/{draft_id}")).text
    assert ALONE in before
    no_thinners()
    assert Page(maya.get(f"/visits/{draft_id}")).text == before


def test_a_draft_is_evaluated_by_the_policy_in_force(acting_as, cast, maya, draft_id, no_thinners):
    assert ALONE in maya.get(f"/visits/{draft_id}").text
    no_thinners()
    assert BY_VERSION_1 in maya.get(f"/visits/{draft_id}").text
    with pytest.raises(Refused, match="No treatment today: blood thinner"):
        sign(acting_as, cast, draft_id)


def test_the_seal_names_the_version(acting_as, cast, no_thinners):
    no_thinners()
    with acting_as(cast.maya):
        patient = factories.make_patient(cast.maya, conditions=())
        visit = factories.open_visit(cast.maya, patient=patient, answers=ALL_NO).id
    sealed = sign(acting_as, cast, visit)
    assert BY_VERSION_1 in json.loads(sealed)["names"]["evaluated_by"]


def test_the_form_stops_where_the_clinic_says_so(maya, draft_id, no_thinners):
    form = f"/visits/{draft_id}/edit"
    assert "No treatment today" not in maya.get(form).text
    no_thinners()
    assert "No treatment today: blood thinner" in Page(maya.get(form)).text


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_note_signed_before_policies_were_kept_still_opens(acting_as, cast, draft_id):
    whole = json.loads(sign(acting_as, cast, draft_id))
    del whole["names"]["evaluated_by"]
    old = json.dumps(whole, sort_keys=True, separators=(",", ":"))
    assert sealed_note.note_from(old).names.evaluated_by == ""
