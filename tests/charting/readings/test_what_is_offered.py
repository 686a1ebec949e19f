"""A row of readings offers what can be measured of it, and keeps what was chosen."""

import re

import pytest

from clinic_notes.charting.readings.field_hints import asked_after, positions_for
from clinic_notes.clinical.drafts import PainDraft, RomDraft, VisitDraft
from clinic_notes.reference.measures import measures
from clinic_notes.reference.movements import joint_positions, movements
from clinic_notes.reference.terms import Mode, Side
from tests.charting.form_payloads import sent
from tests.drafts import measured, yesterday
from tests.html_page import Page


def keys(movement, chosen=""):
    return {key for key, _ in positions_for(movement, chosen) if key}


@pytest.mark.parametrize("movement", movements, ids=lambda movement: movement.key)
def test_only_positions_of_its_joint_are_offered_for_a_movement(movement):
    assert keys(movement.key) == set(movement.positions)


def test_a_position_that_was_chosen_stays_and_a_new_row_offers_all():
    assert keys("hip_abduction", "knee_bent") == {"knee_bent"}
    assert ("knee_bent", "Knee bent") in positions_for("hip_abduction", "knee_bent")
    assert keys("") == {position.key for position in joint_positions}


def test_the_worst_pain_of_a_day_is_not_asked_after_treatment(
    maya, save_visit, patient_with_episode
):
    pains = (
        PainDraft("now", before=measured(4)),
        PainDraft("worst_24h", before=measured(8)),
        PainDraft("best_24h", before=measured(2), after=measured(1)),
    )
    roms = (RomDraft("hip_extension", Side.LEFT, Mode.PASSIVE, "knee_bent", before=measured(-30)),)
    draft = VisitDraft(served_on=yesterday(), pains=pains, roms=roms)
    visit = save_visit(patient_with_episode.new_session_url, sent(draft))
    source = Page(maya.get(f"/visits/{visit}/edit")).source
    asked = {int(n) for n in re.findall(r'name="pains-(\d)-after"', source)}
    # What was typed of the last one stays.
    assert asked == {0, 2}
    assert [asked_after(context) for context in ("now", "first_step", "worst_24h")] == [
        True,
        True,
        False,
    ]


def test_a_stiff_hip_finger_and_jaw_can_be_measured():
    assert movements["hip_extension"].hard_min == -30
    assert {"finger_pip_extension", "finger_dip_extension"} < {one.key for one in movements}
    assert measures["jaw_opening_mm"].unit == "mm"
