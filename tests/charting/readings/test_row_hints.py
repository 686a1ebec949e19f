"""What a page brings for rows that a script lays out is what the server writes into them."""

import json
from datetime import date

import pytest
from flask import g, get_template_attribute

from clinic_notes.charting.readings.field_hints import row_hints
from clinic_notes.charting.session_form.forms import ROW_FORMS
from clinic_notes.clinical.readings import measure_limits, rom_limits, strength_limits
from clinic_notes.reference.measures import measures
from clinic_notes.reference.movements import movements

LIMITS = {
    "roms": (movements, rom_limits),
    "strengths": (movements, strength_limits),
    "measures": (measures, measure_limits),
}


@pytest.mark.parametrize("rows", LIMITS)
def test_a_field_that_was_filled_in_is_told_what_one_that_stands_is(rows):
    catalogue, limits_of = LIMITS[rows]
    hints = json.loads(str(row_hints()))[rows]
    field = ROW_FORMS[rows]().before
    assert set(hints) == {entry.key for entry in catalogue}
    for key, hint in hints.items():
        assert json.loads(field.limits_json()) | hint["limits"] == json.loads(
            field.limits_json(limits_of(key))
        )


def test_a_minus_is_explained_wherever_there_can_be_one():
    hints = json.loads(str(row_hints()))
    for rows in ("roms", "measures"):
        for key, hint in hints[rows].items():
            assert bool(hint["minus"]) == (hint["limits"]["least"] < 0), key
    assert "Negative" in hints["roms"]["elbow_extension"]["minus"]


def test_nothing_of_it_reads_as_markup():
    assert not {"<", "&"} & set(row_hints())


def test_a_device_keeps_its_capitals_where_it_is_told_how_a_movement_was_measured(app):
    row = ROW_FORMS["roms"]()
    row.movement.data, row.mode.data = movements.choices(date(2026, 3, 4))[0][0], "active"
    row.side.data, row.position.data, row.device.data = "left", "", "crom"
    with app.test_request_context():
        g.today = date(2026, 3, 4)
        half = get_template_attribute("charting/readings/_reading_rows.html", "rom_before")(row)
    assert "active, CROM (neck device)" in " ".join(half.split())
