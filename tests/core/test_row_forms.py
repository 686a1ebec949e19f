"""A row of a form: what it cannot do without, and when it counts as blank."""

import pytest
from werkzeug.datastructures import MultiDict

from clinic_notes.core.forms.fields import ChoiceField, Line
from clinic_notes.core.forms.rows import RowForm, RowOptions, every_field


class Needy(RowForm):
    needed = ("side",)
    side = ChoiceField("Side", [("left", "Left"), ("right", "Right")])
    note = Line("Note")


@pytest.mark.parametrize(
    ("row", "messages"),
    [
        ({"note": ""}, []),
        ({"note": "x"}, ["Side is needed."]),
        ({"note": "x", "side": "left"}, []),
        ({"side": "both"}, ["Side: “both” cannot be chosen here."]),
        ({"note": "a\0b"}, ["Side is needed.", "Note contains a control character (U+0000); "]),
    ],
    ids=["blank", "begun", "whole", "unknown", "refused"],
)
def test_a_row_that_was_begun_is_asked_for_what_it_needs(
    row: dict[str, str], messages: list[str]
) -> None:
    form = Needy(MultiDict(row))
    assert form.validate() is not bool(messages)
    found = [str(message) for field in every_field(form) for message in field.errors]
    assert [text.removesuffix("please delete it.") for text in found] == messages


def test_a_row_that_holds_what_it_started_with_is_blank() -> None:
    rows = Needy(MultiDict({"side": "left"})), Needy(MultiDict({"side": "right"}))
    for row in rows:
        row.set_options(RowOptions(initial=(("side", "left"),)))
    assert [row.is_blank() for row in rows] == [True, False]
