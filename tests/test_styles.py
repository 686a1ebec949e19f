"""The house rules about style sheets: all linked, and no rule for a class that no page has."""

import re
from pathlib import Path

from clinic_notes.core.responses.assets import PRINTED, SHEETS
from tests.repo_files import files

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SELECTOR = re.compile(r"[^{};]+(?=\{)")
CLASS = re.compile(r"\.([a-z][\w-]*)")
ASKS_FOR_SCHEME = re.compile(r"prefers-color-scheme|matchMedia")


def sheets() -> list[Path]:
    return files("clinic_notes/static/css", suffix=".css")


def pages_and_scripts() -> str:
    made_of = [*files("templates", suffix=".html"), *files("clinic_notes/static/js", suffix=".js")]
    return "\n".join(path.read_text() for path in made_of)


def styled(sheet: Path) -> set[str]:
    """Return the classes that a style sheet has rules for."""
    rules = COMMENT.sub("", sheet.read_text())
    return {name for selector in SELECTOR.findall(rules) for name in CLASS.findall(selector)}


def is_made(name: str, source: str) -> bool:
    """Say whether a page or a script writes this class, whole or with its last part filled in."""
    begun = f"{name.rpartition('-')[0]}-"
    return bool(re.search(rf"(?<![\w-]){name}(?![\w-])", source)) or f"{begun}{{{{" in source


def test_every_style_sheet_is_in_the_one_that_pages_link() -> None:
    assert sorted(path.stem for path in sheets()) == sorted([*SHEETS, PRINTED])


def test_no_rule_is_for_a_class_that_no_page_has() -> None:
    source = pages_and_scripts()
    lost = {path.name: {c for c in styled(path) if not is_made(c, source)} for path in sheets()}
    assert {name: classes for name, classes in lost.items() if classes} == {}


def test_in_the_dark_nothing_but_colours_differs() -> None:
    # Colours are chosen by light-dark(), which takes nothing else.
    sources = "\n".join([pages_and_scripts(), *(path.read_text() for path in sheets())])
    assert ASKS_FOR_SCHEME.findall(sources) == []
