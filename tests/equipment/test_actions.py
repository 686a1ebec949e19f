from dataclasses import replace

import pytest
from sqlalchemy import select

from clinic_notes.clinical.findings import Refused
from clinic_notes.core.audit import AuditEntry
from clinic_notes.core.db import db
from clinic_notes.core.lookup import find_or_404
from clinic_notes.equipment import actions, queries
from clinic_notes.equipment.models import Instrument, Lubricant
from tests.equipment.test_rules import BALM, GT5


def test_a_tool_reads_back_as_it_was_written(acting_as, cast):
    with acting_as(cast.maya):
        number = actions.add_instrument(GT5, by=cast.maya).id
    with acting_as(cast.maya):
        tool = find_or_404(Instrument, number)
        assert {name: getattr(tool, name) for name in vars(GT5)} == vars(GT5)
        for word in ("GT5", "stainless steel", "concave edge", "single bevel"):
            assert word in tool.in_words


@pytest.mark.parametrize(
    ("edge", "words"),
    [
        ("multi", "several edges, "),
        ("knob_tip", "point or knob edge, "),
        ("", ""),
    ],
    ids=["several", "a knob", "not said"],
)
def test_a_tool_says_its_edge_in_words(edge, words):
    tool = Instrument(**(vars(GT5) | {"edge": edge}))
    assert f"(stainless steel, {words}single bevel)" in tool.in_words


def test_a_retired_thing_is_offered_no_longer_until_it_returns(acting_as, cast):
    with acting_as(cast.maya):
        tool = actions.add_instrument(GT5, by=cast.maya)
        balm = actions.add_lubricant(BALM, by=cast.maya)
        spare = actions.add_instrument(replace(GT5, name="Spare"), by=cast.maya)
    with acting_as(cast.maya):
        actions.retire(find_or_404(Instrument, tool.id), by=cast.maya)
        actions.retire(find_or_404(Lubricant, balm.id), by=cast.maya)
    with acting_as(cast.maya):
        assert [item.name for item in queries.in_use().instruments] == ["Spare"]
        assert queries.in_use().lubricants == []
        assert [item.name for item in queries.all_items(Instrument)] == ["Spare", "GT5"]
        actions.return_to_use(find_or_404(Instrument, tool.id), by=cast.maya)
    with acting_as(cast.maya):
        assert [item.name for item in queries.in_use().instruments] == ["GT5", "Spare"]
        trail = db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.number)).all()
        assert trail[-6:] == [
            "instrument.added",
            "lubricant.added",
            "instrument.added",
            "instrument.retired",
            "lubricant.retired",
            "instrument.returned",
        ]
    assert spare.retired_at is None


@pytest.mark.parametrize("name", ["GT5", "gt5"], ids=["the same", "in small letters"])
def test_a_name_is_given_once_in_a_clinic(acting_as, cast, name):
    with acting_as(cast.maya):
        actions.add_instrument(GT5, by=cast.maya)
    with pytest.raises(Refused) as refused, acting_as(cast.maya):
        actions.add_instrument(replace(GT5, name=name), by=cast.maya)
    assert [finding.about for finding in refused.value.findings] == ["name"]
    with acting_as(cast.stranger):
        assert actions.add_instrument(replace(GT5, name=name), by=cast.stranger).id


@pytest.mark.parametrize(
    "again", ["Glide-balm", "GLIDE  BALM", "gl\u200bide\u00a0balm", "Glidebalm"]
)
def test_a_name_is_taken_however_it_is_typed(acting_as, cast, again):
    with acting_as(cast.maya):
        actions.add_lubricant(replace(BALM, name="Glide balm"), by=cast.maya)
    with pytest.raises(Refused), acting_as(cast.maya):
        actions.add_lubricant(replace(BALM, name=again), by=cast.maya)


def test_a_thing_keeps_its_own_name_when_it_is_revised(acting_as, cast):
    with acting_as(cast.maya):
        number = actions.add_lubricant(BALM, by=cast.maya).id
    with acting_as(cast.maya):
        new = replace(BALM, ingredients="Beeswax")
        actions.revise(find_or_404(Lubricant, number), new, version=1, by=cast.maya)
    with acting_as(cast.maya):
        assert find_or_404(Lubricant, number).ingredients == "Beeswax"
