"""What every form does with what people type."""

from decimal import Decimal
from typing import Any

import pytest
from flask_wtf.csrf import generate_csrf
from werkzeug.datastructures import MultiDict

from clinic_notes.core import idempotency
from clinic_notes.core.forms.base import VersionedForm
from clinic_notes.core.forms.fields import (
    ChoiceField,
    with_unlisted,
)
from clinic_notes.core.forms.rows import RowForm
from tests.core.sample_form import SampleForm

GOOD = [
    ("3.5", Decimal("3.5")),
    ("-5", Decimal(-5)),
    ("\N{MINUS SIGN}5", Decimal(-5)),
    (" 12.25 ", Decimal("12.25")),
    ("0", Decimal(0)),
    ("+4", Decimal(4)),
    (".5", Decimal("0.5")),
    ("4.", Decimal(4)),
    ("\N{ARABIC-INDIC DIGIT THREE}", Decimal(3)),
    ("4.00", Decimal(4)),
    ("9999.99", Decimal("9999.99")),
    ("", None),
    ("   ", None),
]


@pytest.mark.parametrize(("typed", "read"), GOOD)
def test_a_number_is_read_as_typed(sample_form: Any, typed: str, read: Decimal | None) -> None:
    form = sample_form(degrees=typed)
    assert form.validate()
    assert form.degrees.data == read


BAD = [
    "3,5", "0.555", "NaN", "Infinity", "-inf", "sNaN", "1e9", "10000", "seven", "4-", "3 5",
    "0x10", "--5", "1e-9", "½", "1e3", ".", "-", "1_000", "0.99999999999999999999999999999999",
]  # fmt: skip


@pytest.mark.parametrize("typed", BAD)
def test_what_is_no_number_is_refused_and_stays_in_the_field(sample_form: Any, typed: str) -> None:
    form = sample_form(degrees=typed)
    assert not form.validate()
    assert list(form.error_list()) == [
        ("degrees", f"“{typed}” is not a number such as 3.5 in degrees.")
    ]
    assert form.degrees.data is None
    assert f'value="{typed}"' in form.degrees()


@pytest.mark.parametrize("typed", ["3.5", "3,5", "-0.5", "x"])
def test_a_whole_number_has_no_half(sample_form: Any, typed: str) -> None:
    form = sample_form(pain=typed)
    assert not form.validate()
    assert list(form.error_list()) == [("pain", f"“{typed}” is not a whole number.")]


def test_a_whole_number_is_an_int(sample_form: Any) -> None:
    form = sample_form(pain="7.0")
    assert form.validate()
    assert (form.pain.data, type(form.pain.data)) == (7, int)


@pytest.mark.parametrize(
    ("stored", "shown"), [(Decimal("12.50"), "12.50"), (Decimal("1E+1"), "10"), (0, "0")]
)
def test_a_stored_number_is_shown_in_plain_figures(
    sample_form: Any, stored: Any, shown: str
) -> None:
    assert SampleForm(formdata=None, data={"degrees": stored}).degrees._value() == shown


def test_a_megabyte_of_digits_is_refused_at_once(sample_form: Any) -> None:
    form = sample_form(degrees="9" * 1_000_000, pain="1e999999999")
    assert not form.validate()
    assert all(len(message) < 200 for _, message in form.error_list())


@pytest.mark.parametrize("typed", ["1.000", "1,000", "12.500", "1 000", "1'000", "-1.000", "9,999"])
def test_a_thousand_is_not_read_as_one(sample_form: Any, typed: str) -> None:
    form = sample_form(degrees=typed)
    assert not form.validate()
    (message,) = dict(form.error_list()).values()
    assert message.startswith(f"“{typed}” is not a number such as 3.5 in degrees.")
    assert "Write thousands without a separator" in message


@pytest.mark.parametrize("typed", ["", "   ", "\r\n", "\u200b", "\u202e\u202c"])
def test_what_is_needed_is_asked_for(sample_form: Any, typed: str) -> None:
    form = sample_form(name=typed)
    assert not form.validate()
    assert list(form.error_list()) == [("name", "Name is needed.")]


def test_a_key_that_is_not_offered_is_refused(sample_form: Any) -> None:
    assert sample_form(side="left").validate()
    assert sample_form(side="").validate()
    form = sample_form(side="both<b>")
    assert not form.validate()
    assert list(form.error_list()) == [("side", "Side: “both<b>” cannot be chosen here.")]


def test_more_rows_than_fit_are_refused_in_words_and_none_is_dropped(sample_form: Any) -> None:
    rows = {f"rows-{number}-note": f"row {number}" for number in range(2000)}
    form = sample_form(**rows)
    assert not form.validate()
    assert ("rows", "At most 3 rows fit here; 2000 were sent.") in list(form.error_list())


def test_rows_keep_their_place_and_their_id(sample_form: Any) -> None:
    form = sample_form(**{"rows-7-note": "b", "rows-7-id": "12", "rows-2-note": "a"})
    assert form.validate()
    assert [(row.form.id.data, row.form.note.data) for row in form.rows] == [(None, "a"), (12, "b")]


@pytest.mark.parametrize("number", ["\u00b2", "9" * 5000, "-1", "x", "", str(2**63), "1_0", "1.5"])
def test_a_row_whose_number_is_none_is_no_row(sample_form: Any, number: str) -> None:
    form = sample_form(**{f"rows-{number}-note": "a", "rows-1-note": "b"})
    assert form.validate()
    assert [row.form.note.data for row in form.rows] == ["b"]


def test_each_row_has_fields_of_its_own(sample_form: Any) -> None:
    form = sample_form(**{"rows-0-minutes": "many", "rows-1-minutes": "5"})
    assert not form.validate()
    first, second = (row.form.minutes for row in form.rows)
    assert first.errors
    assert not second.errors
    assert (first.name, first.id, first.label.field_id) == ("rows-0-minutes",) * 3
    assert (second.name, second.id, second.label.field_id) == ("rows-1-minutes",) * 3
    assert (first.data, second.data, second.label.text) == (None, 5, "Minutes")
    assert sample_form(**{"rows-0-note": "x"}).rows[0].form.minutes.is_untouched


def test_the_summary_points_into_rows_and_parts(sample_form: Any) -> None:
    form = sample_form(**{"rows-0-minutes": "many", "part-grade": "five"})
    assert not form.validate()
    assert [about for about, _ in form.error_list()] == ["part-grade", "rows-0-minutes"]


@pytest.mark.parametrize("about", ["name", "part-grade", "rows-0-minutes", "rows"])
def test_a_rule_speaks_beside_the_field_it_is_about(sample_form: Any, about: str) -> None:
    form = sample_form(**{"rows-0-note": "x"})
    assert form.validate()
    form.add_error(about, "This cannot be.")
    assert list(form.error_list()) == [(about, "This cannot be.")]


def test_a_rule_about_nothing_on_the_form_is_still_heard(sample_form: Any) -> None:
    form = sample_form()
    form.add_error("gone-3-x", "This cannot be.")
    assert form.form_errors == ["This cannot be."]


@pytest.mark.parametrize(
    ("row", "is_blank"),
    [
        ({"note": ""}, True),
        ({"note": "x"}, False),
        ({"minutes": "0"}, False),
        ({"minutes": "?"}, False),
    ],
    ids=["nothing", "a word", "a zero", "something wrong"],
)
def test_a_row_is_blank_where_nothing_was_typed(
    sample_form: Any, row: dict[str, str], is_blank: bool
) -> None:
    form = sample_form(**{f"rows-0-{name}": text for name, text in row.items()})
    form.validate()
    assert form.rows[0].form.is_blank() is is_blank


def test_each_showing_bears_a_token_and_a_refused_form_keeps_it(sample_form: Any) -> None:
    assert SampleForm(formdata=None).once.data != SampleForm(formdata=None).once.data
    token = idempotency.new_token()
    assert sample_form(once=token, name="").once.data == token


def test_what_is_posted_and_no_field_is_ignored(sample_form: Any) -> None:
    form = sample_form(clinic_id="2", signed_at="2020-01-01")
    assert form.validate()
    assert not {"clinic_id", "signed_at"} & set(form.data)


def test_what_is_offered_is_asked_for_each_time() -> None:
    offered = [(("a", "A"),)]

    class Late(RowForm):
        key = ChoiceField("Key", lambda: offered[-1], blank=None)

    late = Late(MultiDict({"key": "b"}))
    assert not late.validate()
    offered.append((("b", "B"),))
    assert late.validate()


def test_a_form_that_comes_back_bears_the_token_of_its_page(sample_form: Any) -> None:
    form = SampleForm(formdata=MultiDict({"csrf_token": "sent"}), meta={"csrf": True})
    assert form.csrf_token.current_token == generate_csrf() != "sent"
    assert not form.validate()


@pytest.mark.parametrize(
    ("sent", "seen"),
    [({"version": "7"}, 7), ({"version": "x"}, 0), ({"version": "9" * 99}, 0), ({"name": "x"}, 0)],
    ids=["as shown", "no number", "no number of ours", "left out"],
)
def test_the_version_seen_is_the_one_that_was_sent(
    sample_form: Any, sent: dict[str, str], seen: int
) -> None:
    form = VersionedForm(formdata=MultiDict(sent), data={"version": 3})
    assert form.version_seen == seen


def test_a_key_on_record_that_is_offered_no_more_is_still_shown(sample_form: Any) -> None:
    # Else the page would show nothing chosen, and saving it would lose what was written.
    side = SampleForm(formdata=None, data={"side": "midline"}).side
    offered = with_unlisted(side.choices, side.selected)
    assert offered[-1] == (side.selected, side.selected_label)
    assert offered[-1] == ("midline", "midline (not on the list)")
