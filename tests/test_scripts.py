"""The house rules about scripts: few, small, all used, nothing of a patient kept in a browser."""

import re
from pathlib import Path

from tests.repo_files import files

MOST_BYTES = 60_000
"""All JavaScript together, before compression."""
IMPORTS = re.compile(r'from "\./([\w.-]+)"')
KEEPS = re.compile(r"localStorage|sessionStorage|indexedDB|caches\b|document\.cookie")
MAY_KEEP = {"shortcuts.js"}
"""Whether shortcuts of one character are on is a setting; it says nothing about a patient."""
RUNS_TEXT = re.compile(r"\beval\(|new Function\(|\.setAttribute\(\s*[\"']on|javascript:")


def scripts() -> list[Path]:
    return files("clinic_notes/static/js", suffix=".js")


def test_all_scripts_together_are_small() -> None:
    assert 0 < sum(path.stat().st_size for path in scripts()) < MOST_BYTES


def test_every_script_is_started_from_the_one_the_page_names() -> None:
    imported = {name for path in scripts() for name in IMPORTS.findall(path.read_text())}
    assert {path.name for path in scripts()} == imported | {"main.js"}


def test_no_script_keeps_anything_of_a_patient_in_the_browser() -> None:
    keeping = {path.name for path in scripts() if KEEPS.search(path.read_text())}
    assert keeping == MAY_KEEP
    (shortcuts,) = [path.read_text() for path in scripts() if path.name == "shortcuts.js"]
    assert re.findall(r"setItem\((.*)\)", shortcuts) == ['SETTING, "off"']


def test_no_script_runs_text() -> None:
    assert [path.name for path in scripts() if RUNS_TEXT.search(path.read_text())] == []
