"""Rows read without a form hold what their form would hold, and leave all else to it."""

from typing import Any

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, IntegerField
from wtforms.validators import Optional

from clinic_notes.charting.treatment.forms import UseForm
from clinic_notes.core.forms import (
    ChoiceField,
    DraftRow,
    Line,
    LongText,
    NotPlain,
    Number,
    Offered,
    Sent,
)
from clinic_notes.core.forms.reading import RowReader
from tests.core.test_forms import BAD, GOOD, PLAIN


class Row(DraftRow):
    side = ChoiceField("Side", [("left", "Left"), ("right", "Right")], blank="Not said")
    tool = ChoiceField("Tool")
    degrees = Number("Degrees")
    pain = Number("Pain", whole=True)
    note = Line("Note", most=20)
    story = LongText("Story")
    source = IntegerField(validators=[Optional()])
    is_same = BooleanField("The same")


TOOLS = Offered(choices=(("tool", (("", "None"), ("7", "Blade"))),))


def read(row: type[DraftRow], offered: Offered, **sent: str) -> Any:
    """Return what is read without a form, nothing where a form has to look."""
    rows = Sent([(f"rows-0-{name}", text) for name, text in sent.items()]).rows("rows")
    try:
        return RowReader(row, offered)(rows["0"])
    except NotPlain:
        return None


def of_form(row: type[DraftRow], offered: Offered, **sent: str) -> Any:
    """Return what the form holds, None where it refuses."""
    form = row(MultiDict(sent)).offer(offered)
    return form.data if form.validate() else None


def said(values: Any) -> Any:
    """Return the fields that are not empty, whichever way they are."""
    return values and {name: held for name, held in values.items() if held not in ("", None)}


NUMBERS = [typed for typed, _ in GOOD] + BAD
TEXTS = [*PLAIN, "", "  ", " x ", "x" * 20, "x" * 21, "a\r\nb", "a\nb", "a\0b", "\ud800", "\xa0x"]
TYPED = (
    [("side", key) for key in ("left", "", "both", "<b>", "LEFT")]
    + [("tool", key) for key in ("7", "8", "")]
    + [(name, typed) for name in ("degrees", "pain") for typed in NUMBERS]
    + [(name, text) for name in ("note", "story") for text in TEXTS]
    + [("source", typed) for typed in ("12", "", "x", "-3", " 4 ", "1_0", "9" * 5000, "٣")]
    + [("is_same", sent) for sent in ("y", "", "false", "False", "on")]
)


@pytest.mark.parametrize(("name", "typed"), TYPED)
def test_what_is_read_without_a_form_is_what_the_form_would_hold(name: str, typed: str) -> None:
    found = read(Row, TOOLS, **{name: typed})
    assert found is None or said(found) == said(of_form(Row, TOOLS, **{name: typed}))


@pytest.mark.parametrize(
    ("name", "typed", "held"),
    [
        ("side", "left", "left"),
        ("tool", "7", "7"),
        ("pain", "7", 7),
        ("note", " O'Brien ", "O'Brien"),
        ("story", "a\nb", "a\nb"),
        ("source", "12", 12),
        ("is_same", "y", True),
    ],
)
def test_what_people_send_every_day_needs_no_form(name: str, typed: str, held: object) -> None:
    assert read(Row, TOOLS, **{name: typed})[name] == held


def test_a_tissue_no_region_has_is_left_to_the_form() -> None:
    assert read(UseForm, Offered(), tissues="soleus")["tissues"] == ["soleus"]
    assert read(UseForm, Offered(), tissues="granite") is None


def test_nothing_of_one_row_stays_for_the_next() -> None:
    sent = Sent([("rows-0-note", "Rosa"), ("rows-1-note", "")]).rows("rows")
    reader = RowReader(Row, TOOLS)
    assert [reader(sent[number])["note"] for number in ("0", "1")] == ["Rosa", None]
    assert RowReader(Row, TOOLS)(sent["1"])["note"] is None


def test_what_is_offered_is_asked_for_each_time() -> None:
    offered = [(("a", "A"),)]

    class Late(DraftRow):
        key = ChoiceField("Key", lambda: offered[-1], blank=None)

    assert read(Late, Offered(), key="a")["key"] == "a"
    offered.append((("b", "B"),))
    assert read(Late, Offered(), key="a") is None
    assert read(Late, Offered(), key="b")["key"] == "b"


def test_a_row_with_a_rule_of_its_own_cannot_be_read_without_its_form() -> None:
    class Ruled(DraftRow):
        note = Line("Note", required=True)

    with pytest.raises(LookupError, match=r"Ruled\.note"):
        read(Ruled, Offered(), note="x")
