"""How fields are written on a page: what was typed, the options of a list, rows of chips.

The same lists stand in row after row of every page, so each is rendered once for each choice.
"""

from functools import lru_cache
from typing import Any

from flask import Flask, get_template_attribute
from wtforms.fields.core import Field

Choices = tuple[tuple[str, str], ...]
"""Pairs of key and label."""

FIELDS = "macros/fields.html"


def render_macro(template: str, name: str, /, *arguments: Any, **named: Any) -> str:
    """Return what a template's macro writes."""
    macro: Any = get_template_attribute(template, name)
    html: str = macro(*arguments, **named)
    return html


@lru_cache(maxsize=8192)
def cached_macro(template: str, name: str, /, *arguments: Any) -> str:
    """Return the same, rendered once for the same arguments, which must be hashable."""
    return render_macro(template, name, *arguments)


def typed(field: Field) -> Any:
    """Return what stands in a field: the text that was typed, even when it was refused."""
    if field.raw_data:
        return field.raw_data[0]
    if hasattr(field, "_value"):
        return field._value()
    return "" if field.data is None else field.data


def is_foreign(choices: Choices, selected: str) -> bool:
    """Say whether a key is selected that is not offered."""
    return bool(selected) and selected not in [key for key, _ in choices]


def with_foreign(choices: Choices, selected: str) -> Choices:
    """Return what is offered, and what is selected though it is not: it must not vanish."""
    foreign = (selected, f"{selected} (not on the list)")
    return (*choices, foreign) if is_foreign(choices, selected) else choices


def options_html(choices: Choices, selected: str = "") -> str:
    """Return the options of a list, with one selected."""
    if is_foreign(choices, selected):
        # Anything can be sent; it is shown, and must not fill the cache.
        return render_macro(FIELDS, "write_options", with_foreign(choices, selected), selected)
    return cached_macro(FIELDS, "write_options", choices, selected)


def chips_html(name: str, kind: str, choices: Choices, selected: tuple[str, ...]) -> str:
    """Return the chips of a field, radio buttons or checkboxes, with some selected."""
    foreign = [key for key in selected if is_foreign(choices, key)]
    if foreign:
        choices = with_foreign(choices, foreign[0])
        return render_macro(FIELDS, "write_chips", name, kind, choices, selected)
    return cached_macro(FIELDS, "write_chips", name, kind, choices, selected)


def register(app: Flask) -> None:
    """Give the templates these functions."""
    app.jinja_env.filters.update(typed=typed)
    app.jinja_env.globals.update(options_html=options_html, chips_html=chips_html)
