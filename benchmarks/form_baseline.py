"""The floor of a session's form: the same controls by bare Jinja macros, and nothing else.

The controls are read off our own page, so the floor writes as many fields, choices and words of
them as the page does; what it leaves out is everything that decides which they are.
"""

from dataclasses import dataclass, field
from functools import partial
from html.parser import HTMLParser

from flask import Flask

from benchmarks.wsgi import Ask, ask

MACROS = """
{%- macro box(c) -%}
  <label for="{{ c.id }}">{{ c.label }}</label>
  <input type="{{ c.type }}" id="{{ c.id }}" name="{{ c.name }}" value="{{ c.value }}"
    {%- if c.checked %} checked{% endif %}>
{%- endmacro -%}
{%- macro area(c) -%}
  <label for="{{ c.id }}">{{ c.label }}</label>
  <textarea id="{{ c.id }}" name="{{ c.name }}" rows="3">{{ c.value }}</textarea>
{%- endmacro -%}
{%- macro list(c) -%}
  <label for="{{ c.id }}">{{ c.label }}</label>
  <select id="{{ c.id }}" name="{{ c.name }}">
    {%- for value, text in c.options %}<option value="{{ value }}">{{ text }}</option>{% endfor -%}
  </select>
{%- endmacro -%}
<!DOCTYPE html><title>Session</title><form method="post">
{% for c in controls %}
  {%- if c.tag == "select" %}{{ list(c) }}{% elif c.tag == "textarea" %}{{ area(c) }}
  {%- else %}{{ box(c) }}{% endif %}
{% endfor %}
</form>"""


@dataclass
class Control:
    """One control of a form, as the page wrote it."""

    tag: str
    name: str
    id: str
    type: str = ""
    value: str = ""
    checked: bool = False
    label: str = ""
    options: list[tuple[str, str]] = field(default_factory=list)


class FormFloor:
    """The bare application that writes the controls of one page."""

    def __init__(self, page: bytes) -> None:
        self.controls = controls_of(page.decode())
        self.app = Flask("form floor")
        template = self.app.jinja_env.from_string(MACROS)
        self.app.add_url_rule("/", "form", lambda: template.render(controls=self.controls))
        self.ask: Ask = partial(ask, self.app)

    @property
    def names(self) -> int:
        """Return how many fields the form has: a choice of several is one."""
        return len({control.name for control in self.controls})


def controls_of(page: str) -> list[Control]:
    """Return the controls of a page, in its order."""
    reader = _Controls()
    reader.feed(page)
    for control in reader.found:
        control.label = reader.labels.get(control.id, control.label)
    return reader.found


class _Controls(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Control] = []
        self.labels: dict[str, str] = {}
        self._label_for = ""
        self._last: Control | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "label":
            self._label_for, self._last = told.get("for", ""), None
        elif tag == "option" and self._last is not None:
            self._last.options.append((told.get("value", ""), ""))
        elif tag in ("input", "select", "textarea") and "name" in told:
            kind, value = told.get("type", ""), told.get("value", "")
            self._last = Control(
                tag, told["name"], told.get("id", ""), kind, value, "checked" in told
            )
            self.found.append(self._last)

    def handle_data(self, data: str) -> None:
        words = data.strip()
        if not words:
            return
        if self._last is None:
            if self._label_for:
                self.labels.setdefault(self._label_for, words)
        elif self._last.tag == "select" and self._last.options:
            value, _ = self._last.options[-1]
            self._last.options[-1] = (value, words)
        else:
            self._last.label = self._last.label or words
