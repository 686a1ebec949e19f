import re
from html import unescape

import pytest

from clinic_notes.equipment import actions, queries
from clinic_notes.equipment.drafts import InstrumentDraft, LubricantDraft
from clinic_notes.equipment.models import Instrument, Lubricant
from tests.equipment.test_rules import BALM, GT5

GT5_SENT = vars(GT5)
BALM_SENT = vars(BALM)


def page(response):
    return unescape(response.get_data(as_text=True))


@pytest.mark.parametrize(
    ("supplies", "sent"),
    [
        pytest.param("instruments", GT5_SENT, id="a tool"),
        pytest.param("lubricants", BALM_SENT, id="a product"),
    ],
)
def test_the_life_of_a_thing_on_the_shelf(maya, acting_as, cast, supplies, sent):
    answer = maya.post(f"/equipment/{supplies}/new", data=sent | {"once": "token"})
    assert (answer.status_code, answer.location) == (303, f"/equipment/{supplies}")
    again = maya.post(f"/equipment/{supplies}/new", data=sent | {"once": "token"})
    assert again.location == answer.location
    shown = page(maya.get(f"/equipment/{supplies}"))
    assert "1 in use" in shown
    address = re.search(rf'href="(/equipment/{supplies}/\d+)/edit"', shown)[1]
    assert f'value="{sent["name"]}"' in page(maya.get(f"{address}/edit"))
    renamed = sent | {"name": "Renamed", "version": "1"}
    assert maya.post(f"{address}/edit", data=renamed).status_code == 303
    assert maya.post(f"{address}/retire").status_code == 303
    shown = page(maya.get(f"/equipment/{supplies}"))
    assert "Renamed" in shown
    assert "0 in use, 1 retired" in shown
    assert "Return to use" in page(maya.get(f"{address}/edit"))
    assert maya.post(f"{address}/return").status_code == 303
    assert "1 in use" in page(maya.get(f"/equipment/{supplies}"))


TYPED = "words that must not be lost"


@pytest.mark.parametrize(
    ("supplies", "sent", "change", "said"),
    [
        pytest.param(
            "instruments", GT5_SENT, {"name": ""}, "Name is needed.", id="a tool without a name"
        ),
        pytest.param(
            "instruments", GT5_SENT, {"material": ""}, "Material is needed.", id="no material"
        ),
        pytest.param(
            "instruments", GT5_SENT, {"edge": "wavy"}, "cannot be chosen", id="unknown edge"
        ),
        pytest.param(
            "instruments",
            GT5_SENT,
            {"system": "hawkgrips"},
            "GT5 belongs to Graston",
            id="a model of another system",
        ),
        pytest.param(
            "instruments", GT5_SENT, {"name": "x" * 201}, "200 characters", id="a long name"
        ),
        pytest.param(
            "lubricants", BALM_SENT, {"name": "a\x00"}, "U+0000", id="a control character"
        ),
        pytest.param(
            "lubricants",
            BALM_SENT,
            {"ingredients": "x" * 1_000_000},
            "20,000 characters",
            id="1 MB of ingredients",
        ),
        pytest.param("lubricants", BALM_SENT, {"kind": "butter"}, "cannot be chosen", id="kind"),
    ],
)
def test_what_cannot_be_right_is_refused_and_what_was_typed_stays(
    maya, acting_as, cast, supplies, sent, change, said
):
    kept = "asset_number" if supplies == "instruments" else "ingredients"
    answer = maya.post(f"/equipment/{supplies}/new", data=sent | {kept: TYPED} | change)
    assert answer.status_code == 422
    assert said in page(answer)
    assert change.get(kept, TYPED) in page(answer)
    with acting_as(cast.maya):
        assert [*queries.in_use().instruments, *queries.in_use().lubricants] == []


@pytest.fixture
def on_the_shelf(acting_as, cast):
    """One tool and one product of ours, as the addresses of their pages."""
    with acting_as(cast.maya):
        tool = actions.add_instrument(GT5, by=cast.maya)
        balm = actions.add_lubricant(BALM, by=cast.maya)
    return f"/equipment/instruments/{tool.id}", f"/equipment/lubricants/{balm.id}"


def test_a_name_that_is_taken_is_refused_beside_its_field(maya, on_the_shelf):
    answer = maya.post("/equipment/instruments/new", data=GT5_SENT)
    assert answer.status_code == 422
    assert re.search(r'id="name-error">\s*Another one has this name', page(answer))


def test_another_clinics_shelf_is_not_there(client_for, cast, on_the_shelf, acting_as):
    stranger = client_for(cast.stranger)
    for address in on_the_shelf:
        assert stranger.get(f"{address}/edit").status_code == 404
        for act in ("edit", "retire", "return"):
            assert stranger.post(f"{address}/{act}", data=GT5_SENT).status_code == 404
    for supplies in ("instruments", "lubricants"):
        shown = page(stranger.get(f"/equipment/{supplies}"))
        assert "Add the first" in shown
        assert "GT5" not in shown
    with acting_as(cast.maya):
        assert [item.name for item in queries.in_use().instruments] == ["GT5"]


def test_who_may_only_look_is_offered_no_change(client_for, cast, on_the_shelf):
    sam = client_for(cast.sam)
    shown = page(sam.get("/equipment/instruments"))
    assert "GT5" in shown
    assert "Add an instrument" not in shown
    assert "/edit" not in shown
    assert sam.post(f"{on_the_shelf[0]}/retire").status_code == 403


def test_what_to_beware_of_stands_in_the_lists(maya, acting_as, cast):
    with acting_as(cast.maya):
        actions.add_instrument(InstrumentDraft("Comb", "horn_bone"), by=cast.maya)
        actions.add_lubricant(
            LubricantDraft("Balm", "emollient_beeswax", "Beeswax, shea"), by=cast.maya
        )
        actions.add_lubricant(LubricantDraft("Mystery", "cream"), by=cast.maya)
    assert "porous: one patient only" in page(maya.get("/equipment/instruments"))
    products = page(maya.get("/equipment/lubricants"))
    assert "Bee products" in products
    assert "perhaps tree nuts" in products
    assert "no ingredients on record" in products


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("Maya's blade", id="apostrophe"),
        pytest.param("<script>alert(1)</script>", id="script tags"),
        pytest.param("מסרק 🪮", id="right to left and emoji"),
    ],
)
def test_a_name_is_kept_exactly_and_shown_as_text(maya, acting_as, cast, name):
    maya.post("/equipment/instruments/new", data=GT5_SENT | {"name": name})
    maya.post("/equipment/lubricants/new", data=BALM_SENT | {"name": name})
    with acting_as(cast.maya):
        assert [item.name for item in queries.all_items(Instrument)] == [name]
        assert [item.name for item in queries.all_items(Lubricant)] == [name]
    for supplies in ("instruments", "lubricants"):
        shown = maya.get(f"/equipment/{supplies}").get_data(as_text=True)
        assert name in unescape(shown)
        assert "<script>alert" not in shown
