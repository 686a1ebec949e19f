"""Documents of sessions that were recorded through the actions, read back from their PDF."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from pypdf import PdfReader

from clinic_notes.charting import actions as charting
from clinic_notes.charting.note.page import NotePage
from clinic_notes.clinical.drafts import VisitDraft
from clinic_notes.core import tenancy
from clinic_notes.core.transaction import one_transaction
from tests import factories
from tests.cast import Cast
from tests.drafts import treated_draft, yesterday
from tests.fixture_types import ActingAs

ReadPdf = Callable[[str], PdfReader]
Record = Callable[..., int]


@pytest.fixture
def record(acting_as: ActingAs, cast: Cast) -> Record:
    """Record a session of a patient of Maya's and return its id; signed unless said otherwise."""

    def made(
        *,
        is_signed: bool = True,
        draft: Callable[[int, int], VisitDraft] = treated_draft,
        patient: dict[str, Any] | None = None,
        **changes: Any,
    ) -> int:
        by = cast.maya
        with acting_as(by):
            someone = factories.make_patient(by, **(patient or {"conditions": ()}))
            opened_on = yesterday() - timedelta(days=30)
            episode = factories.make_episode(someone, by, opened_on=opened_on, **changes)
            tool, product = factories.make_instrument(by), factories.make_lubricant(by)
            visit = charting.open_visit(episode, draft(tool.id, product.id), patient=someone, by=by)
            if is_signed:
                factories.sign(visit.id, by)
            return visit.id

    return made


@pytest.fixture
def read_pdf(maya: FlaskClient) -> ReadPdf:
    """Open a document as Maya does, and read it."""

    def read(address: str) -> PdfReader:
        answer = maya.get(address)
        assert answer.status_code == 200, answer.text[:500]
        assert answer.mimetype == "application/pdf"
        return PdfReader(BytesIO(answer.data))

    return read


@pytest.fixture
def note_page(app: Flask, cast: Cast) -> Iterator[Callable[[int], NotePage]]:
    """Fetch the page of a session's note as the view does for Maya, who is signed in."""
    with app.test_request_context(), one_transaction():
        tenancy.set_clinic(cast.maya.clinic_id)
        g._login_user = cast.maya
        yield lambda visit_id: NotePage.fetch(factories.loaded(visit_id))


def words(text: str) -> str:
    """Return a text without what breaking it into lines has changed."""
    return "".join(text.split()).replace("\N{SOFT HYPHEN}", "").replace("-", "")


def text_of(pdf: PdfReader) -> str:
    """Return all the text of a PDF, without white space."""
    return words("".join(page.extract_text() for page in pdf.pages))


def structure(pdf: PdfReader) -> Iterator[dict[str, Any]]:
    """Yield the elements of a tagged PDF's structure."""
    waiting: list[Any] = [pdf.root_object["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop().get_object()
        if isinstance(element, list):
            waiting += element
        elif isinstance(element, dict):
            yield element
            waiting += [element["/K"]] if "/K" in element else []


def descriptions(pdf: PdfReader) -> list[str]:
    """Return the words that stand for the drawings."""
    return [str(element["/Alt"]) for element in structure(pdf) if "/Alt" in element]
