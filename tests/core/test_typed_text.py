"""Texts as people type them: how long, of which characters, and tidied how."""

from typing import Any

import pytest

from clinic_notes.core.db import LABEL, LONG_TEXT


@pytest.mark.parametrize(("field", "most"), [("name", LABEL), ("story", LONG_TEXT)])
def test_a_text_may_be_so_long_and_no_longer(sample_form: Any, field: str, most: int) -> None:
    assert sample_form(**{field: "x" * most}).validate()
    form = sample_form(**{field: "x" * (most + 1)})
    assert not form.validate()
    assert list(form.error_list()) == [(field, f"Please keep this to {most:,} characters.")]


@pytest.mark.parametrize("field", ["name", "story"])
@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b", "\x7f", "\x9b", "\ud800"])
def test_a_control_character_is_refused_by_its_name(
    sample_form: Any, field: str, character: str
) -> None:
    form = sample_form(**{field: f"sore{character}knee"})
    assert not form.validate()
    assert f"U+{ord(character):04X}" in dict(form.error_list())[field]


PLAIN = [
    "O'Brien", "<script>alert(1)</script>", "مريم", "한지민", "🦶", "{{ 7*7 }}", "'; -- x",
    "x\N{COMBINING ACUTE ACCENT}", "O\N{RIGHT SINGLE QUOTATION MARK}Brien", "👩🏽\u200d⚕️",
]  # fmt: skip


@pytest.mark.parametrize("text", PLAIN)
def test_every_other_text_is_kept_as_it_is(sample_form: Any, text: str) -> None:
    form = sample_form(name=text, story=f"{text}\n{text}")
    assert form.validate()
    assert (form.name.data, form.story.data) == (text, f"{text}\n{text}")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("  Rosa  ", "Rosa"), ("a\r\nb", "a\nb"), ("\n\n", ""), ("a\vb\u2028c", "a\nb\nc")],
)
def test_a_text_is_tidied_at_its_ends_and_lines_end_alike(
    sample_form: Any, typed: str, kept: str
) -> None:
    form = sample_form(story=typed)
    assert form.validate()
    assert form.story.data == kept


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Zoe\u0308", "Zo\xeb"),
        ("Ro\u200bsa", "Rosa"),
        ("\u202eRosa\u202c", "Rosa"),
        ("Rosa\u00a0 Delgado", "Rosa Delgado"),
        ("Rosa\vDelgado", "Rosa Delgado"),
        ("Rosa\tDelgado", "Rosa Delgado"),
    ],
)
def test_a_name_is_stored_as_it_is_read(sample_form: Any, typed: str, stored: str) -> None:
    form = sample_form(name=typed)
    assert form.validate()
    assert form.name.data == stored


@pytest.mark.parametrize("typed", ["\u3164", "...", "\u2800-"])
def test_a_name_needs_a_letter(sample_form: Any, typed: str) -> None:
    form = sample_form(name=typed)
    assert not form.validate()
    assert [about for about, _ in form.error_list()] == ["name"]
