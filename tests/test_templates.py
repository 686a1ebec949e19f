"""The house rules about templates: all found, all used, nothing a strict CSP refuses."""

import ast
import re
from fnmatch import fnmatchcase
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask import Flask, before_render_template, template_rendered
from jinja2 import Environment, Template, meta, nodes
from sqlalchemy import select

from clinic_notes.core.db import db
from tests.repo_files import ROOT, files, place

TEMPLATES = ROOT / "templates"
PARSER = Environment(autoescape=True, extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"])
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
SAFE = re.compile(r"\|\s*safe\b|\{%-?\+?\s*autoescape\b")


def named_in_code(source: str) -> set[str]:
    """Return the pages a module names; the filled part of an f-string is a star."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Constant(value=str(text)):
                names.add(text)
            case ast.JoinedStr(values=parts):
                names.add(
                    "".join(str(p.value) if isinstance(p, ast.Constant) else "*" for p in parts)
                )
    return {name for name in names if re.fullmatch(r"[\w*/-]+\.(html|svg|typ)", name)}


def named_in_template(source: str) -> set[str | None]:
    """Return what a template extends, includes or imports; None where the name is computed."""
    return set(meta.find_referenced_templates(PARSER.parse(source)))


def parsed(path: Path) -> nodes.Template:
    return PARSER.parse(path.read_text())


def imported(path: Path) -> set[str]:
    """Return the macros a template imports, by the names they have there."""
    return {
        name if isinstance(name, str) else name[1]
        for node in parsed(path).find_all(nodes.FromImport)
        for name in node.names
    }


def called(path: Path) -> set[str]:
    """Return every name a template reads."""
    return {node.name for node in parsed(path).find_all(nodes.Name) if node.ctx == "load"}


def templates() -> list[Path]:
    return files("templates", suffix="")


@cache
def rendered() -> set[str]:
    sources = files("clinic_notes", suffix=".py")
    return {name for path in sources for name in named_in_code(path.read_text())}


@cache
def within() -> dict[str, set[str | None]]:
    """Return, of each template, the templates it names."""
    return {place(path): named_in_template(path.read_text()) for path in templates()}


def test_every_page_that_is_named_exists() -> None:
    existing = {path.relative_to(TEMPLATES).as_posix() for path in templates()}
    named = rendered() | {name for names in within().values() for name in names if name}
    provided = {name for name in named if name.startswith("bootstrap5/")}
    missing = {n for n in named - provided if not any(fnmatchcase(e, n) for e in existing)}
    assert missing == set()


def test_every_template_is_used() -> None:
    named = rendered() | {name for names in within().values() for name in names if name}
    existing = {path.relative_to(TEMPLATES).as_posix() for path in templates()}
    assert {e for e in existing if not any(fnmatchcase(e, name) for name in named)} == set()


def test_no_template_computes_the_name_of_another() -> None:
    assert [name for name, names in within().items() if None in names] == []


def test_named_pages_are_found_in_code_and_templates() -> None:
    assert named_in_code("render_template('a/b.html' if x else 'c.html')") == {"a/b.html", "c.html"}
    assert named_in_code("render_template(f'errors/{code}.html')") >= {"errors/*.html"}
    assert named_in_template("{% extends 'base.html' %}{% include name %}") == {"base.html", None}


def test_parts_of_a_page_are_macros_and_say_what_they_need() -> None:
    found = {
        place(path): [node.template.as_const() for node in parsed(path).find_all(nodes.Include)]
        for path in templates()
    }
    included = {name: parts for name, parts in found.items() if parts}
    assert included == {"templates/base.html": ["_nav.html"]}


def test_every_imported_macro_is_used() -> None:
    unused = {place(path): imported(path) - called(path) for path in templates()}
    assert {name: macros for name, macros in unused.items() if macros} == {}


def test_every_macro_is_used() -> None:
    macros = {node.name for path in templates() for node in parsed(path).find_all(nodes.Macro)}
    used = {name for path in templates() for name in called(path) | imported(path)}
    code = "".join(path.read_text() for path in files("clinic_notes", suffix=".py"))
    # The row templates of readings are named in two parts: which readings, before or after.
    in_code = {n for n in macros if f'"{n}"' in code or f'"{n.rpartition("_")[0]}"' in code}
    assert macros - used - in_code == set()


class Refused(HTMLParser):
    """Gathers what the content security policy would refuse to run or apply."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        at = f"line {self.getpos()[0]}"
        self.found += [f"{at}: {n}" for n in names if n == "style" or n.startswith("on")]
        if tag == "script" and "src" not in names:
            self.found.append(f"{at}: script without src")

    handle_startendtag = handle_starttag


def refused(template: str) -> list[str]:
    """Return the inline handlers, styles and scripts of a template, and text called safe."""
    parser = Refused()
    parser.feed(JINJA.sub(lambda spoken: " x " + "\n" * spoken[0].count("\n"), template))
    parser.close()
    return parser.found + [f"text called safe: {found}" for found in SAFE.findall(template)]


def test_no_template_holds_what_the_policy_refuses() -> None:
    pages = [path for path in templates() if path.suffix in {".html", ".svg"}]
    assert {place(p): found for p in pages if (found := refused(p.read_text()))} == {}


@pytest.mark.parametrize(
    "planted",
    [
        '<button onclick="save()">Save</button>',
        '<p class="{{ kind }}"\n   style="color: red">',
        "<script>go()</script>",
        '<script nonce="{{ nonce }}">go()</script>',
        "<img src=x onerror=go() />",
        "{{ note|safe }}",
        "{{ note | safe }}",
        "{% autoescape false %}{{ note }}{% endautoescape %}",
    ],
)
def test_what_the_policy_refuses_is_caught(planted: str) -> None:
    assert refused(planted)


@pytest.mark.parametrize(
    "allowed",
    [
        '<script type="module" src="{{ url }}" nonce="{{ nonce }}"></script>',
        '{{ field(label="Onset", onset="2026-02-10", style="wide") }}',
        '<input {% if wrong %}aria-invalid="true"{% endif %} name="{{ name }}">',
        "{# <p style='color: red'> #}",
        "<p>A style= in the text, an onset={{ day }}.</p>",
    ],
)
def test_what_only_looks_alike_is_spared(allowed: str) -> None:
    assert not refused(allowed)


def test_a_template_that_reads_the_database_is_caught(
    app: Flask, queries_in_templates: list[str]
) -> None:
    page = Template("A page")
    with app.app_context():
        before_render_template.send(app, template=page, context={})
        db.session.execute(select(1))
        template_rendered.send(app, template=page, context={})
        db.session.execute(select(2))
    assert [found for found in queries_in_templates if "SELECT" in found] == ["None: SELECT 1"]
    queries_in_templates.clear()
