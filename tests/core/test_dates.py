"""A date keeps its digits, and none is before 1900."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import Form

from clinic_notes.core.forms.dates import date_field


class Dated(Form):
    on = date_field("Date of birth")


@given(on=st.dates())
def test_what_is_on_record_is_shown_so_that_a_browser_can_and_sent_back_as_it_was(on: date) -> None:
    shown = Dated(data={"on": on}).on._value()
    assert shown == on.isoformat()
    again = Dated(MultiDict({"on": shown}))
    assert again.validate() is (on.year >= 1900)
    assert (again.on.data, again.on._value()) == (on, shown)


@given(text=st.text(st.sampled_from("0123456789-/. "), min_size=1, max_size=12))
def test_what_is_no_day_is_refused_in_words_and_stays(text: str) -> None:
    form = Dated(MultiDict({"on": text}))
    if form.validate():
        assert form.on.data is None or form.on.data.isoformat() == text or not text.strip()
    else:
        assert form.on._value() == text
        assert form.on.errors


@pytest.mark.parametrize("typed", ["0023-11-03", "0026-03-11", "1899-12-31"])
def test_a_year_of_two_digits_is_not_taken_for_one_of_four(typed: str) -> None:
    form = Dated(MultiDict({"on": typed}))
    assert not form.validate()
    assert list(form.on.errors) == [f"The year is {typed[:4]}: 1900 at the earliest."]
