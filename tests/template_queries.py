"""Catches templates that read the database; what a page shows is fetched before it is rendered.

A template that asks for more makes the number of statements depend on what it happens to show.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, before_render_template, g, has_app_context, template_rendered
from jinja2 import Template
from sqlalchemy import Engine, event


@contextmanager
def caught() -> Iterator[list[str]]:
    """Gather each statement sent while a template is rendered, with the template's name."""
    found: list[str] = []

    def begin(app: Flask, template: Template, **_: Any) -> None:
        g.templates_rendered = [*g.get("templates_rendered", ()), template.name]

    def end(app: Flask, template: Template, **_: Any) -> None:
        g.templates_rendered = g.templates_rendered[:-1]

    def check(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        if has_app_context() and g.get("templates_rendered"):
            found.append(f"{g.templates_rendered[0]}: {statement}")

    before_render_template.connect(begin)
    template_rendered.connect(end)
    event.listen(Engine, "before_cursor_execute", check)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", check)
        before_render_template.disconnect(begin)
        template_rendered.disconnect(end)
