"""Every file that a save of an edited visit enters is named in docs/architecture.md."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest

import clinic_notes
from tests.charting.form_payloads import sent
from tests.html_page import Page
from tests.repo_files import ROOT
from tests.test_documents import paths_in

PACKAGE = Path(clinic_notes.__file__).parent
SECTION = re.compile(r"## How a save travels\n(.*?)\n## ", re.DOTALL)
# Which rules and catalogues are asked depends on what was found and done.
BY_CONTENT = ("clinical/", "reference/")


@contextmanager
def entered() -> Iterator[set[str]]:
    """Collect the files of the package in which a function is called meanwhile."""
    seen: set[str] = set()

    def note(frame: FrameType, event: str, _: object) -> None:
        path = Path(frame.f_code.co_filename)
        if event == "call" and path.is_relative_to(PACKAGE):
            seen.add(path.relative_to(PACKAGE).as_posix())

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield seen
    finally:
        sys.setprofile(before)


@pytest.fixture
def edit(save_visit, patient_with_episode, full_session) -> str:
    return f"/visits/{save_visit(patient_with_episode.new_session_url, sent(full_session))}/edit"


def changed(maya, edit: str, plan: str) -> dict[str, str]:
    return Page(maya.get(edit)).filled(**{"plan": plan, "pains-0-after": "3"})


def test_the_architecture_page_names_every_file_a_save_enters(maya, edit):
    # The first save fills what is made once.
    assert maya.post(edit, data=changed(maya, edit, "Twice a week.")).status_code == 303
    data = changed(maya, edit, "Once a week.")
    with entered() as files:
        answer = maya.post(edit, data=data)
    assert answer.status_code == 303
    passed = {path for path in files if not path.startswith(BY_CONTENT)}
    section = SECTION.search((ROOT / "docs" / "architecture.md").read_text())
    assert section is not None
    named = {path for path in paths_in(section[1]) if (PACKAGE / path).is_file()}
    assert (passed - named, named - passed) == (set(), set())
    core = sum(path.startswith("core/") for path in passed)
    assert f"{len(passed) - core} of features, {core} of `core/`" in section[1]
