"""One style sheet and one script for every page, put together at the start from their sources.

A browser asks for each once: their addresses hold a digest of what they hold, so they are cached
for a year. The sources stay small files that are read and tested one by one.
"""

import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from flask import Blueprint, Flask, Response, abort
from flask.typing import ResponseReturnValue

from clinic_notes.core.access import PUBLIC, needs, open_while_locked
from clinic_notes.paths import PACKAGE

STYLES, SCRIPTS = PACKAGE / "static" / "css", PACKAGE / "static" / "js"
SHEETS = (
    "tokens", "page", "bars", "components", "session-layout", "notices", "controls", "numbers",
    "chips", "buttons", "row-cards", "questions", "tables", "session-form", "rating-scale",
    "readings", "autosave", "shortcuts", "repeat", "conflict", "note", "chart", "body-map",
    "body-map-legend", "touch-targets", "progress", "plan-of-care", "policy", "outcomes",
    "documentation-time", "snippets", "kiosk",
)  # fmt: skip
"""The style sheets in the order in which a later rule takes the place of an earlier one."""
PRINTED = "print"
FIRST_SCRIPT = "main"
A_YEAR = "public, max-age=31536000, immutable"

_IMPORT = re.compile(r'^import (\{[^}]*\}) from "\./([\w-]+)\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function (\w+))", re.MULTILINE)
_OTHER = re.compile(r"^(?:import|export)\b.*$", re.MULTILINE)

blueprint = Blueprint("assets", __name__)


class UnknownSyntax(ValueError):
    """A script imports or exports in a way that is not put together here."""


@dataclass(frozen=True)
class Asset:
    """A file made at the start."""

    name: str
    mimetype: str
    content: str


def register(app: Flask) -> None:
    """Tell the templates their names."""
    app.jinja_env.globals.update(style_sheet=style_sheet().name, script=script().name)


@blueprint.get("/assets/<name>")
@needs(PUBLIC)
@open_while_locked
def asset(name: str) -> ResponseReturnValue:
    """Return the style sheet or the script; 404 for the name of an older version."""
    found = {one.name: one for one in (style_sheet(), script())}.get(name)
    if found is None:
        abort(404)
    return Response(found.content, mimetype=found.mimetype, headers={"Cache-Control": A_YEAR})


@cache
def style_sheet() -> Asset:
    """Return Bootstrap's style sheet with ours after it, those for printing last."""
    bootstrap = files("flask_bootstrap") / "static" / "bootstrap5" / "css" / "bootstrap.min.css"
    ours = [(STYLES / f"{name}.css").read_text() for name in SHEETS]
    printed = (STYLES / f"{PRINTED}.css").read_text()
    # The map is for who develops Bootstrap: a browser would look for it in vain.
    theirs = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", bootstrap.read_text())
    return _asset("css", "text/css", "\n".join([theirs, *ours, f"@media print {{\n{printed}}}\n"]))


@cache
def script() -> Asset:
    """Return every script, each in a function of its own, after those that it imports."""
    parts = [_as_function(name) for name in _in_order(FIRST_SCRIPT, [])]
    return _asset("js", "text/javascript", "\n".join(["const parts = {};", *parts]))


def _asset(kind: str, mimetype: str, content: str) -> Asset:
    digest = sha256(content.encode()).hexdigest()[:16]
    return Asset(f"clinic-notes-{digest}.{kind}", mimetype, content)


def _source(name: str) -> str:
    return Path(SCRIPTS / f"{name}.js").read_text()


def _in_order(name: str, known: list[str]) -> list[str]:
    """Add a script to those known, after the ones it imports."""
    for _, imported in _IMPORT.findall(_source(name)):
        if imported not in known:
            _in_order(imported, known)
    known.append(name)
    return known


def _as_function(name: str) -> str:
    """Return a script as a function that runs once and returns what the script exports."""
    source = _source(name)
    exported = ", ".join(_EXPORT.findall(source))
    body = _EXPORT.sub("", _IMPORT.sub(r'const \1 = parts["\2"];', source))
    other = _OTHER.search(body)
    if other:
        raise UnknownSyntax(f"{name}.js: {other.group()}")
    return f'parts["{name}"] = (() => {{\n{body}return {{ {exported} }};\n}})();'
