"""The guide to the safety check: the document in docs/ and the page say the same."""

import re

import pytest
from click.testing import CliRunner

from clinic_notes.cli import main
from clinic_notes.clinical.policy import ItemPolicy
from clinic_notes.clinical.policy.guide import guide
from clinic_notes.policy.actions import change_item
from clinic_notes.reference.contraindications import questions
from clinic_notes.reference.terms import Severity
from tests.html_page import Page
from tests.repo_files import ROOT

DOCUMENT = ROOT / "docs" / "guide" / "safety-check.md"
pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


def test_the_document_is_up_to_date(store) -> None:
    written = CliRunner().invoke(main, ["guide"]).output
    assert DOCUMENT.read_text("utf-8") == written, "run `make guide`"


def test_the_document_has_every_question_with_its_values(store) -> None:
    rows = [line for line in DOCUMENT.read_text("utf-8").splitlines() if line.startswith("| **")]
    assert len(rows) == len(questions.current(questions.review.reviewed))
    (thinner,) = (row for row in rows if "**Blood thinner.**" in row)
    assert "Relative: reason and precaution | At most moderate | The whole session" in thinner
    assert "Elite Learning" in thinner
    assert thinner.endswith("read in the source |")


def test_the_page_says_what_the_document_says(store, maya) -> None:
    page = Page(maya.get("/safety-check")).text
    points = [point for section in guide.sections for point in section.points]
    assert [each for each in (guide.lead, *points) if each not in page] == []
    assert [item.key for item in questions if item.label not in page] == []


def test_the_page_shows_what_is_in_force_here(store, maya, acting_as, cast) -> None:
    assert "0 stricter by the clinic" in Page(maya.get("/safety-check")).text
    own = ItemPolicy("anticoagulant", severity=Severity.ABSOLUTE)
    with acting_as(cast.lena):
        change_item(own, reason="decided in the team", version=0, by=cast.lena)
    page = Page(maya.get("/safety-check")).text
    assert "1 stricter by the clinic" in page
    assert re.search(r"Absolute: no treatment today\s+clinic\s+Catalogue: Relative", page)
