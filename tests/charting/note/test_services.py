"""Minutes by service, from the form into the note, its seal and its PDF."""

import re
from decimal import Decimal

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from clinic_notes.charting.models import Signature
from clinic_notes.clinical.drafts import InterventionDraft
from clinic_notes.core.db import db
from tests import factories
from tests.cast import PASSWORD, Cast
from tests.fixture_types import ActingAs
from tests.html_page import Page

SAID = (
    "Timed 40 min, total 50 min; 3 units (CMS): 97112 balance and coordination 33 min, 2 units; "
    "97140 hands-on treatment 7 min, 1 unit"
)


@pytest.fixture
def visit(acting_as: ActingAs, cast: Cast) -> str:
    with acting_as(cast.maya):
        rows = (InterventionDraft("exercise", "single-leg stance", Decimal(33), "97112"),)
        opened = factories.open_visit(
            cast.maya, timed_minutes=40, total_minutes=50, interventions=rows
        )
        return f"/visits/{opened.id}"


def test_they_are_on_form_note_seal_and_pdf(
    maya: FlaskClient, visit: str, acting_as: ActingAs, cast: Cast
) -> None:
    assert SAID in Page(maya.get(f"{visit}/edit")).text
    assert SAID in Page(maya.get(visit)).text
    signing = Page(maya.get(f"{visit}/sign"))
    assert SAID in signing.text
    assert maya.post(f"{visit}/sign", data=signing.filled(password=PASSWORD)).status_code == 303
    note = Page(maya.get(visit)).text
    assert SAID in note
    assert "Exercise: single-leg stance, 33 min, billed as balance and coordination" in note
    with acting_as(cast.maya):
        number = int(visit.rpartition("/")[2])
        sealed = db.session.scalar(select(Signature.document).where(Signature.visit_id == number))
    assert "97112 balance and coordination 33 min, 2 units" in sealed


def test_minutes_that_do_not_add_up_are_explained_before_the_signature(
    maya: FlaskClient, visit: str
) -> None:
    edit = f"{visit}/edit"
    less = Page(maya.get(edit)).filled(timed_minutes="34")
    assert maya.post(edit, data=less).status_code == 303
    page = Page(maya.get(f"{visit}/sign"))
    assert re.search(r"The rows add up to \d+ timed minutes, not 34: correct them", page.text)
    assert maya.post(f"{visit}/sign", data=page.filled(password=PASSWORD)).status_code >= 400
    why = Page(maya.get(edit)).filled(minutes_reason="balanced while the calf was treated")
    assert maya.post(edit, data=why).status_code == 303
    page = Page(maya.get(f"{visit}/sign"))
    assert "Why they differ: balanced while the calf was treated" in page.text
    assert maya.post(f"{visit}/sign", data=page.filled(password=PASSWORD)).status_code == 303


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        pytest.param(
            {"timed_minutes": "32"},
            "The timed interventions alone took 33 min, more than the 32 timed minutes.",
            id="one service longer than all",
        ),
        pytest.param(
            {"interventions-0-billed_as": "99999"}, "cannot be chosen", id="an unknown code"
        ),
    ],
)
def test_what_cannot_be_comes_back_as_typed(
    maya: FlaskClient, visit: str, typed: dict[str, str], said: str
) -> None:
    edit = f"{visit}/edit"
    answer = maya.post(edit, data=Page(maya.get(edit)).filled(**typed))
    page = Page(answer)
    assert answer.status_code == 422
    assert said in page.text
    assert page.sent["interventions-0-detail"] == "single-leg stance"
