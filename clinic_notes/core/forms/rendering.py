"""How fields are written on a page: what was typed, and what a list or a row of chips offers.

The same lists stand in row after row of page after page. To write one anew costs more than all
the rest of its field, so each is made once for each choice.
"""

from functools import lru_cache
from typing import Any

from flask import Flask, get_template_attribute
from wtforms.fields.core import Field

Choices = tuple[tuple[str, str], ...]
"""Pairs of key and label."""


def typed(field: Field) -> Any:
    """Return what stands in a field: the text that was typed, even when it was refused."""
    if field.raw_data:
        return field.raw_data[0]
    if hasattr(field, "_value"):
        return field._value()
    return "" if field.data is None else field.data


def is_foreign(offered: Choices, held: str) -> bool:
    """Say whether a key is held that is not offered."""
    return bool(held) and held not in [key for key, _ in offered]


def with_foreign(offered: Choices, held: str) -> Choices:
    """Return what is offered, and what is held though it is not: it must not vanish."""
    foreign = (held, f"{held} (not on the list)")
    return (*offered, foreign) if is_foreign(offered, held) else offered


def options_html(offered: Choices, held: str = "") -> str:
    """Return the options of a list, with what is held chosen."""
    if is_foreign(offered, held):
        # Whatever somebody sends is shown to her, and not kept.
        return _written("write_options", with_foreign(offered, held), held)
    return _options_html(offered, held)


def chips_html(name: str, kind: str, offered: Choices, held: tuple[str, ...]) -> str:
    """Return the chips of a field, radio buttons or boxes, with what is held chosen."""
    foreign = [key for key in held if is_foreign(offered, key)]
    if foreign:
        return _written("write_chips", name, kind, with_foreign(offered, foreign[0]), held)
    return _chips_html(name, kind, offered, held)


@lru_cache(maxsize=1024)
def _options_html(offered: Choices, held: str) -> str:
    return _written("write_options", offered, held)


@lru_cache(maxsize=4096)
def _chips_html(name: str, kind: str, offered: Choices, held: tuple[str, ...]) -> str:
    return _written("write_chips", name, kind, offered, held)


def _written(macro: str, *arguments: object) -> str:
    write: Any = get_template_attribute("macros/fields.html", macro)
    tags: str = write(*arguments)
    return tags


def teach(app: Flask) -> None:
    """Give the templates these words and lists."""
    app.jinja_env.filters.update(typed=typed)
    app.jinja_env.globals.update(options_html=options_html, chips_html=chips_html)
