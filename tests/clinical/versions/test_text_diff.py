"""Two texts side by side: the words that differ are marked, and no letter is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic_notes.clinical.versions.text_diff import MOST_COMPARED, Marked, word_diff


def shown(pieces: Marked) -> str:
    return "".join(f"[{text}]" if is_marked else text for text, is_marked in pieces)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param(
            "In two days.", "In three days.", ("In [two] days.", "In [three] days."), id="one word"
        ),
        pytest.param(
            "Ice after work.", "Ice.", ("Ice after work.", "Ice."), id="nothing in common"
        ),
        pytest.param(
            "Then rest.",
            "Then rest. Call.",
            ("Then rest.", "Then rest. [Call.]"),
            id="more at the end",
        ),
        pytest.param("One.\nTwo.", "One.\nThree.", ("One.\n[Two.]", "One.\n[Three.]"), id="a line"),
        pytest.param("Sore.", "Sore.", ("Sore.", "Sore."), id="the same"),
        pytest.param("", "Sore.", ("", "Sore."), id="nothing on one side"),
        pytest.param("6 min", "7 min", ("[6] min", "[7] min"), id="a figure"),
        pytest.param("a  b", "a b", ("a  [b]", "a [b]"), id="only a space"),
    ],
)
def test_the_words_the_other_lacks_are_marked(
    one: str, other: str, expected: tuple[str, str]
) -> None:
    ours, theirs = word_diff(one, other)
    assert (shown(ours), shown(theirs)) == expected


few_words = st.lists(st.sampled_from(["calf", "sore", " ", "\n", "3 x 30 s,"])).map(" ".join)


@settings(max_examples=200, deadline=None)
@given(one=st.text() | few_words, other=st.text() | few_words)
def test_no_letter_is_lost_and_what_is_not_marked_is_in_both(one: str, other: str) -> None:
    ours, theirs = word_diff(one, other)
    assert "".join(text for text, _ in ours) == one
    assert "".join(text for text, _ in theirs) == other
    if any(is_marked for _, is_marked in (*ours, *theirs)):
        plain = ["".join(t for t, m in pieces if not m).split() for pieces in (ours, theirs)]
        assert plain[0] == plain[1]


def test_a_long_text_keeps_nobody_waiting() -> None:
    """Beyond what is compared word by word, only what both begin and end with is alike."""
    size = int(MOST_COMPARED**0.5) + 1
    one = " ".join(["Begin", *(["calf", "sore"] * size), "end"])
    other = " ".join(["Begin", *(["sore", "calf"] * size), "end"])
    ours, theirs = word_diff(one, other)
    assert [is_marked for _, is_marked in ours] == [False, False, True, False]
    assert "".join(text for text, _ in theirs) == other
