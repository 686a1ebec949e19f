"""Lists and chips are made once for each choice, and say what is held and nothing else."""

import re

import pytest
from flask import Flask

from clinic_notes.core import display
from clinic_notes.core.forms.rendering import chips_html, options_html

SIDES = (("", "Not chosen"), ("left", "Left"), ("right", "Right"))


@pytest.fixture
def page(app: Flask):
    with app.app_context():
        yield


@pytest.mark.parametrize("held", ["", "left", "right"])
def test_what_is_held_is_chosen_and_nothing_else(page: None, held: str) -> None:
    options = options_html(SIDES, held)
    assert re.findall(r'value="(\w*)" selected', options) == [held]
    chips = chips_html("uses-0-side", "radio", SIDES, (held,))
    assert re.findall(r'value="(\w*)" checked', chips) == [held]


def test_boxes_hold_any_number(page: None) -> None:
    chips = chips_html("tissues", "checkbox", SIDES[1:], ("left", "right"))
    assert chips.count(" checked") == 2


def test_a_name_is_text_whatever_is_in_it(page: None) -> None:
    offered = (("1", '<b>"GT5"</b>'),)
    for tags in (options_html(offered, "1"), chips_html("tool", "radio", offered, ("1",))):
        assert "&lt;b&gt;&#34;GT5&#34;&lt;/b&gt;" in tags
        assert "<b>" not in tags


def test_a_key_that_is_not_offered_is_shown_and_not_kept(page: None) -> None:
    for tags in (
        options_html(SIDES, "midline"),
        chips_html("side", "radio", SIDES, ("midline",)),
    ):
        assert "midline (not on the list)" in tags
    before = display.cached_macro.cache_info().currsize
    options_html(SIDES, "else")
    chips_html("side", "radio", SIDES, ("else",))
    assert display.cached_macro.cache_info().currsize == before
