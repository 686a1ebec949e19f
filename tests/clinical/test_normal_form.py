"""What people type is one thing however it is typed."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from clinic_notes.clinical.spelling.normal_form import (
    folded,
    letters_only,
    normal_line,
    normal_lines,
    number_key,
    says_nothing,
)

FORMS = (normal_line, normal_lines, folded, letters_only, number_key)
HARD = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from(
            "aé\u0301\u0308\u00a0\u200b\u200d\u202e\u2028\v\tﬁ\u1e9eİ\u0131가ガ५½²-\u2011'\u2019.5 "
        ),
    ),
    max_size=30,
)


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=300)
@given(text=HARD)
@example(text="\u0390")
@example(text="- \u200d5")
def test_a_normal_form_is_its_own_normal_form(form, text):
    assert form(form(text)) == form(text)


WORDS = st.lists(st.text("abcdeéüñßkmnz", min_size=1, max_size=8), min_size=1, max_size=4)
BETWEEN = (" ", "-", "\u2011", "\u2013", "\u00a0", "  ", "\u3000", "\u00ad", "\u200b", "", "_", "/")
SPELLINGS = (
    str.upper,
    str.title,
    lambda text: unicodedata.normalize("NFD", text),
    lambda text: f"\u202e{text}\u202c",
    lambda text: f" \ufeff{text}. ",
    lambda text: f"“{text}”",
    lambda text: "\u200d".join(text),
)


@given(words=WORDS, between=st.sampled_from(BETWEEN), change=st.sampled_from(SPELLINGS))
def test_every_spelling_of_words_is_compared_as_one(words, between, change):
    assert letters_only(change(between.join(words))) == letters_only(" ".join(words))


@given(
    text=st.text("abé z", min_size=1),
    blank=st.sampled_from("\u00a0\u2002\u202f\u3000"),
    unseen=st.sampled_from("\u200b\u202a\u202e\u2066\u2069\ufeff\u00ad\u2060\u200e"),
)
def test_what_nobody_sees_is_not_stored(text, blank, unseen):
    typed = unseen.join(unicodedata.normalize("NFD", text.replace(" ", blank)))
    assert normal_lines(typed) == unicodedata.normalize("NFC", text).strip()


@given(text=st.text(st.characters(categories=["L", "N", "S", "P"], max_codepoint=0x24F)))
def test_what_a_reader_sees_is_stored_as_it_is(text):
    assert normal_lines(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        pytest.param("one\vtwo\u2028three\r\nfour\x85", "one\ntwo\nthree\nfour", id="slide"),
        pytest.param("👩🏽\u200d⚕️ better", "👩🏽\u200d⚕️ better", id="an emoji of two stays one"),
        pytest.param(
            "\u0645\u06cc\u200c\u062e",
            "\u0645\u06cc\u200c\u062e",
            id="Persian needs its non-joiner",
        ),
        pytest.param("a\u200db", "ab", id="Latin letters need none"),
        pytest.param("O\u2019Brien", "O\u2019Brien", id="a printed apostrophe stays"),
        pytest.param("a\tb  c", "a\tb  c", id="tabs and blanks of a text stay"),
        pytest.param("foot \u202eabc\u202c", "foot abc", id="nothing turns the text around"),
    ],
)
def test_a_text_is_stored_as_a_reader_sees_it(text, stored):
    assert normal_lines(text) == stored


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("1.5 km", "15 km", id="a decimal point"),
        pytest.param("at -5", "at 5", id="a minus"),
        pytest.param("1-23", "12-3", id="numbers in parts"),
        pytest.param("ガ", "カ", id="kana with a voice mark"),
        pytest.param("कि", "कु", id="vowels of Indic scripts"),
    ],
)
def test_what_means_something_else_stays_apart(one, other):
    assert letters_only(one) != letters_only(other)


@pytest.mark.parametrize(
    "text", ["", " ", "\u200b", "\u2800", "\u3164", "...", "\u202e\u202c", "—"]
)
def test_a_text_of_invisible_characters_says_nothing(text):
    assert says_nothing(text)


@pytest.mark.parametrize("text", ["a", "5", "王", "😀", "±"])
def test_a_letter_a_digit_or_a_symbol_says_something(text):
    assert not says_nothing(text)


@pytest.mark.parametrize(
    "typed", ["H-10", "H\u201110", "h-1\u200b0", "H 10", " h10", "\uff28-10", "H -10"]
)
def test_a_number_is_one_in_whatever_blanks_and_dashes(typed):
    assert number_key(typed) == number_key("H-10")
