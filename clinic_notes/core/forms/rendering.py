"""How fields are written on a page: what was typed, the options of a list, rows of chips.

The same lists stand in row after row of every page, so each is rendered once for each choice.
"""

from collections.abc import Callable, Sequence
from typing import Any

from flask import Flask
from wtforms.fields.core import Field

from clinic_notes.core.display import cached_macro, render_macro
from clinic_notes.core.forms.fields import Choices, with_unlisted

FIELDS = "macros/fields.html"
Marks = Sequence[tuple[str, str, bool]]


def typed(field: Field) -> Any:
    """Return what a field shows: the text that was typed, even when it was refused."""
    if field.raw_data:
        return field.raw_data[0]
    if hasattr(field, "_value"):
        return field._value()
    return "" if field.data is None else field.data


def _renderer(choices: Choices, shown: Choices) -> Callable[..., str]:
    # Anything can be sent; it is shown, and must not fill the cache.
    return cached_macro if len(shown) == len(choices) else render_macro


def options_html(choices: Choices, selected: str = "", marks: Marks = ()) -> str:
    """Return the options of a list, with one selected.

    ``marks`` are (key, text, is out): the text stands beside the choice, and what is out cannot be
    chosen, unless it is chosen already.
    """
    shown = with_unlisted(choices, selected)
    beside = {key: f": {text}" for key, text, _ in marks}
    out = {key for key, _, is_out in marks if is_out and key != selected}
    lines = tuple((key, label + beside.get(key, ""), key in out) for key, label in shown)
    return _renderer(choices, shown)(FIELDS, "write_options", lines, selected)


def chips_html(
    name: str, kind: str, choices: Choices, selected: tuple[str, ...], marks: Marks = ()
) -> str:
    """Return the chips of a field, radio buttons or checkboxes, with some selected.

    ``marks`` are as those of `options_html`; their text is for a hint beside all the chips.
    """
    shown = with_unlisted(choices, *selected)
    out = tuple(key for key, _, is_out in marks if is_out and key not in selected)
    return _renderer(choices, shown)(FIELDS, "write_chips", name, kind, shown, selected, out)


def register(app: Flask) -> None:
    """Give the templates these functions."""
    app.jinja_env.filters.update(typed=typed)
    app.jinja_env.globals.update(options_html=options_html, chips_html=chips_html)
