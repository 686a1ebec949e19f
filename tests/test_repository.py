"""The house rules about files: how long, what named, where, and what they may not betray."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.repo_files import ROOT, files, place

PYTHON_FOLDERS = ("clinic_notes", "tests", "benchmarks", "migrations")
WRITTEN = (".py", ".html", ".css", ".js", ".toml")
LONGEST_FILE = 300


def too_long(text: str) -> bool:
    return len(text.splitlines()) > LONGEST_FILE


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    folders = (*PYTHON_FOLDERS, "templates")
    written = [path for suffix in WRITTEN for path in files(*folders, suffix=suffix)]
    written += [path for path in ROOT.iterdir() if path.suffix in WRITTEN]
    assert {path.suffix for path in written} == set(WRITTEN)
    assert [place(path) for path in written if too_long(path.read_text())] == []
    assert too_long("x\n" * 301)
    assert not too_long("x\n" * 300)


MOST_MODULES = 16
LONGEST_VIEW, LONGEST_FUNCTION = 30, 60


def test_no_package_has_more_modules_than_a_reader_can_tell_apart() -> None:
    beside = Counter(place(path.parent) for path in files("clinic_notes", suffix=".py"))
    # The package's own __init__ is no room of its own.
    assert {package: n - 1 for package, n in beside.items() if n - 1 > MOST_MODULES} == {}


def too_long_functions(source: str) -> list[str]:
    """Return the functions longer than a screen, and the views longer than half of one."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            lines = (node.end_lineno or 0) - node.lineno + 1
            is_view = any(ast.unparse(mark).startswith("needs(") for mark in node.decorator_list)
            if lines > (LONGEST_VIEW if is_view else LONGEST_FUNCTION):
                found.append(f"{node.name}, {lines} lines")
    return found


def test_no_function_is_longer_than_a_screen_and_no_view_than_half_of_one() -> None:
    paths = files("clinic_notes", suffix=".py")
    long = {place(path): too_long_functions(path.read_text()) for path in paths}
    assert {path: found for path, found in long.items() if found} == {}


def test_a_long_view_and_a_long_function_are_found() -> None:
    body = "    x = 1\n"
    assert too_long_functions("@needs(PUBLIC)\ndef show():\n" + body * 30) == ["show, 31 lines"]
    assert too_long_functions("@needs(PUBLIC)\ndef show():\n" + body * 29) == []
    assert too_long_functions("def rule():\n" + body * 60) == ["rule, 61 lines"]


def is_a_drawer_for_anything(path: Path) -> bool:
    return not {"utils", "helpers", "common", "misc"}.isdisjoint({path.stem, *path.parts})


def test_no_module_is_a_drawer_for_anything() -> None:
    written = files(*PYTHON_FOLDERS, suffix=".py") + files("clinic_notes/static", suffix=".js")
    assert [
        place(path) for path in written if is_a_drawer_for_anything(path.relative_to(ROOT))
    ] == []
    assert is_a_drawer_for_anything(Path("clinic_notes/core/utils.py"))
    assert is_a_drawer_for_anything(Path("clinic_notes/common/dates.py"))


def shadows(root: Path) -> list[str]:
    """Return what stands in the package and would hide its original at the root."""
    names = ("templates", "migrations", "config.py")
    return [name for name in names if (root / "clinic_notes" / name).exists()]


def test_nothing_in_the_package_shadows_the_root(tmp_path: Path) -> None:
    assert shadows(ROOT) == []
    (tmp_path / "clinic_notes" / "templates").mkdir(parents=True)
    assert shadows(tmp_path) == ["templates"]


# Addresses that hold for one machine or one network only, and would betray it.
FOREIGN = re.compile(
    r"pypi\.org|pythonhosted\.org|registry\.(?:npmjs|yarnpkg)\.|(?<![\w./}])/(?:work|root|opt)/"
)


def test_no_file_names_a_registry_or_a_path_of_one_machine() -> None:
    folders = (*PYTHON_FOLDERS, "templates", "docs", ".ci")
    written = files(*folders, suffix="")
    # In a second work tree .git is a file that names the first.
    written += [path for path in ROOT.iterdir() if path.is_file() and path.name != ".git"]
    texts = {path: path.read_bytes().decode(errors="ignore") for path in written}
    assert [place(path) for path, text in texts.items() if FOREIGN.search(text)] == []


@pytest.mark.parametrize(
    ("line", "foreign"),
    [
        ("--index-url " + "https://pypi" + ".org/simple", True),
        ("https://files.pythonhosted" + ".org/packages", True),
        ("registry" + ".npmjs.org", True),
        ("cd " + "/work" + "/main", True),
        ("see ../" + "work/main", False),
        ("/patients/7/visits/new", False),
    ],
)
def test_a_foreign_address_is_caught(line: str, foreign: bool) -> None:
    assert bool(FOREIGN.search(line)) is foreign
