"""How fields are written on a page: what was typed, the options of a list, rows of chips.

The same lists stand in row after row of every page, so each is rendered once for each choice.
"""

from collections.abc import Callable
from typing import Any

from flask import Flask
from wtforms.fields.core import Field

from clinic_notes.core.display import cached_macro, render_macro
from clinic_notes.core.forms.fields import Choices, with_unlisted

FIELDS = "macros/fields.html"


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


def options_html(choices: Choices, selected: str = "") -> str:
    """Return the options of a list, with one selected."""
    shown = with_unlisted(choices, selected)
    return _renderer(choices, shown)(FIELDS, "write_options", shown, selected)


def chips_html(name: str, kind: str, choices: Choices, selected: tuple[str, ...]) -> str:
    """Return the chips of a field, radio buttons or checkboxes, with some selected."""
    shown = with_unlisted(choices, *selected)
    return _renderer(choices, shown)(FIELDS, "write_chips", name, kind, shown, selected)


def register(app: Flask) -> None:
    """Give the templates these functions."""
    app.jinja_env.filters.update(typed=typed)
    app.jinja_env.globals.update(options_html=options_html, chips_html=chips_html)
