"""Retired names stay retired: `retired_words.toml` lists them with their new words.

Two names for one idea, or a name that only its author understands, cost every later reader.
Ordinary words (standing, fresh, told) are retired only as the names they were.
"""

import re
import tomllib
from collections.abc import Iterator

import pytest

from tests.repo_files import ROOT, files, place

FOLDERS = ("clinic_notes", "templates", "tests", "benchmarks", "migrations", "docs")
SUFFIXES = (".py", ".html", ".js", ".css", ".toml", ".md", ".svg")
AT_ROOT = ("config.py", "pyproject.toml", "README.md", "CONTRIBUTING.md", "Makefile")
LISTED = tomllib.loads((ROOT / "tests/retired_words.toml").read_text(encoding="utf-8"))

WORD = re.compile(r"(\w+)")
# A name where only code has one: at a definition, in an import, as a type.
IN_CODE = re.compile(
    r"(?:^ +|\bclass |: |-> |\[|\| |\bimport |, )(\w+)\b(?= *(?:[,\])=:(|]|$))", re.MULTILINE
)
CALL = re.compile(r"(?<!\w)(\w+)\(")


def retired(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield (position, what is retired, what to write instead)."""
    classes, functions = LISTED["classes"], LISTED["functions"]
    kinds = ((WORD, LISTED["words"]), (IN_CODE, classes), (CALL, classes | functions))
    found = {
        (match.start(1), match[1], names[match[1]])
        for pattern, names in kinds
        for match in pattern.finditer(text)
        if match[1] in names
    }
    yield from sorted(found)
    for form, new in LISTED["forms"].items():
        for match in re.finditer(form, text, re.MULTILINE):
            yield match.start(), match[0].strip(), new


def is_exempt(path: str, text: str) -> bool:
    return any(
        re.fullmatch(exempt["path"], path) and re.search(exempt["text"], text)
        for exempt in LISTED["exempt"]
    )


def faults(path: str, text: str) -> list[str]:
    return [
        f"{path}:{text.count(chr(10), 0, at) + 1}: {old!r} is now {new}"
        for at, old, new in retired(text)
        if not is_exempt(path, old)
    ]


def test_no_retired_word_is_written() -> None:
    paths = [path for suffix in SUFFIXES for path in files(*FOLDERS, suffix=suffix)]
    paths += [ROOT / name for name in AT_ROOT]
    texts = {place(path): path.read_text(encoding="utf-8") for path in paths}
    found = [line for path, text in texts.items() for line in faults(path, text)]
    assert not found, "\n".join(found)


def test_no_file_has_a_retired_name() -> None:
    every = [place(path) for path in files(*FOLDERS, suffix="")]
    ends = LISTED["files"] | {
        f"{old}.html": f"{new}.html" for old, new in LISTED["templates"].items()
    }
    assert [f"{p}: now {ends[end]}" for p in every for end in ends if p.endswith(f"/{end}")] == []


def test_each_exception_is_needed_and_has_its_reason() -> None:
    every = [place(path) for path in files(*FOLDERS, suffix="")]
    for exempt in LISTED["exempt"]:
        assert exempt["why"]
        assert any(re.fullmatch(exempt["path"], path) for path in every), exempt


@pytest.mark.parametrize(
    ("line", "old"),
    [
        ("from clinic_notes.core.doorway import needs", "doorway"),
        ("def judged(it: Desk) -> None:", "Desk"),
        ("@dataclass\nclass Shelf:", "Shelf"),
        ("from x import (\n    Pace,\n)", "Pace"),
        ("x = told(row)", "told"),
        ("self.standing.number", ".standing"),
        ('<input name="against" value="3">', 'name="against"'),
        ('<p class="muted fresh">', 'class="muted fresh"'),
        (".still > label,\n.open {", ".still > label,"),
        ("@pytest.fixture\ndef past(cast):", "fixture\ndef past("),
    ],
)
def test_a_retired_word_is_found(line: str, old: str) -> None:
    assert [found for _, found, _ in retired(line)] == [old]


@pytest.mark.parametrize(
    "line",
    [
        "# Called just before the transaction commits.",
        '"Desk work, worse since a new screen",',
        "An earlier answer is still standing, and a fresh one is told apart.",
        "display_text(row)",
        "a { color: inherit; } /* not .fresh */",
    ],
)
def test_an_ordinary_word_stays_allowed(line: str) -> None:
    assert list(retired(line)) == []
