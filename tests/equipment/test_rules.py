from dataclasses import replace
from datetime import date

import pytest

from clinic_notes.equipment.drafts import InstrumentDraft, LubricantDraft
from clinic_notes.equipment.rules import check

TODAY = date(2026, 5, 1)
GT5 = InstrumentDraft("GT5", "stainless_steel", "graston", "gt5", "concave", "single", "A-12")
BALM = LubricantDraft("Balm", "emollient_beeswax", "Sunflower oil, beeswax")


def about(findings):
    return [finding.about for finding in findings]


@pytest.mark.parametrize(
    ("draft", "refused"),
    [
        pytest.param(GT5, [], id="a tool from a catalogue"),
        pytest.param(InstrumentDraft("Scraper", "other"), [], id="a tool nobody knows"),
        pytest.param(replace(GT5, material=""), ["material"], id="no material"),
        pytest.param(replace(GT5, material="cheese"), ["material"], id="unknown material"),
        pytest.param(replace(GT5, edge="wavy"), ["edge"], id="unknown edge"),
        pytest.param(replace(GT5, bevel="wavy"), ["bevel"], id="unknown bevel"),
        pytest.param(replace(GT5, system="hawkgrips"), ["model"], id="a model of another system"),
        pytest.param(replace(GT5, system=""), ["model"], id="a model of no system"),
        pytest.param(BALM, [], id="a product"),
        pytest.param(replace(BALM, kind=""), ["kind"], id="no kind"),
        pytest.param(replace(BALM, kind="butter"), ["kind"], id="unknown kind"),
    ],
)
def test_what_cannot_be_right_is_refused(draft, refused):
    assert about(check(draft, today=TODAY)) == refused


def test_a_key_on_record_stays_though_it_is_no_longer_offered():
    draft = replace(GT5, material="retired_material")
    assert check(draft, today=TODAY, held={"retired_material"}) == ()
