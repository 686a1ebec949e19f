"""Every file, folder and heading that the documents name exists."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.repo_files import ROOT, files, place

# Not the changelog, which also names what things were called.
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *files("docs", suffix=".md")]
# Documents leave out what every path in the package, or every template, begins with.
STARTS = ("", "clinic_notes", "templates", "clinic_notes/charting", "tests/charting")
SUFFIXES = ("py", "js", "css", "html", "toml", "md", "svg", "png")
PATH = re.compile(rf"(?<![\w<>.*/-])[\w.-][\w./-]*(?:\.(?:{'|'.join(SUFFIXES)})|/)(?![\w<>*/-])")
QUOTED = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)#?([^)\s]*)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)

NOT_HERE = {
    "instance/",  # Made by the first start.
    "clinic_notes/config.py",  # In the wheel only; in a checkout it would hide the real one.
    "_like_this.html",  # How a partial is named.
}


def paths_in(text: str) -> list[str]:
    """Return what is written as code and looks like a path of this repository."""
    return [found for quoted in QUOTED.findall(text) for found in PATH.findall(quoted)]


def exists(path: str) -> bool:
    if "/" not in path.rstrip("/") and not path.endswith("/"):
        return path in NAMES
    return any((ROOT / start / path).exists() for start in STARTS)


NAMES = {path.name for path in files("clinic_notes", "templates", "tests", "docs", suffix="")}
NAMES |= {path.name for path in ROOT.iterdir()}


def anchors(text: str) -> set[str]:
    """Return where links may lead within a document, as GitHub writes it."""
    kept = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in HEADING.findall(text))
    return {heading.replace(" ", "-") for heading in kept}


def broken_links(document: Path) -> Iterator[str]:
    for path, anchor in LINK.findall(document.read_text()):
        target = document.parent / path if path else document
        if not target.exists():
            yield path
        elif anchor and anchor not in anchors(target.read_text()):
            yield f"{path}#{anchor}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=place)
def test_every_path_a_document_names_exists(document: Path) -> None:
    named = paths_in(document.read_text())
    assert [path for path in named if path not in NOT_HERE and not exists(path)] == []


@pytest.mark.parametrize("document", [*DOCUMENTS, ROOT / "CHANGELOG.md"], ids=place)
def test_every_link_of_a_document_leads_somewhere(document: Path) -> None:
    assert list(broken_links(document)) == []


def test_a_path_that_is_gone_is_caught() -> None:
    text = "`core/gone.py` or `tests/`, `/visits/<id>/autosave`, `templates/<package>/x.html`"
    assert paths_in(text) == ["core/gone.py", "tests/"]
    assert not exists("core/gone.py")
    assert exists("core/access.py")
    assert exists("tests/")
    assert not exists("no_such_file.py")
    assert anchors("## Where to change what\n") == {"where-to-change-what"}
