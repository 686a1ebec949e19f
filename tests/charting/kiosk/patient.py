"""What a patient does with the tablet, by its pages."""

import re
from typing import Any

from flask.testing import FlaskClient

from clinic_notes.clinical.drafts import BLANK, PainDraft
from tests import factories
from tests.cast import Cast
from tests.fixture_types import ActingAs
from tests.html_page import Page

PAIN = (PainDraft("now", before=BLANK), PainDraft("movement", "stairs", before=BLANK))


def visit_of(acting_as: ActingAs, cast: Cast, **changes: Any) -> int:
    """Open a draft in which two ratings of pain are still to be made; return its id."""
    with acting_as(cast.maya):
        return factories.open_visit(cast.maya, **({"pains": PAIN, "measures": ()} | changes)).id


def begin(client: FlaskClient, visit: int) -> None:
    """Give the tablet to the patient."""
    started = client.post(
        f"/visits/{visit}/kiosk", data=Page(client.get(f"/visits/{visit}/kiosk")).sent
    )
    assert (started.status_code, started.location) == (303, "/kiosk")
    assert started.headers["Clear-Site-Data"] == '"cache"'


def asked(client: FlaskClient) -> str:
    """Return the question that is shown."""
    source = client.get("/kiosk").get_data(as_text=True)
    found = re.search(r"<h1[^>]*>(.*?)</h1>", source, re.DOTALL)
    assert found
    return re.sub(r"<[^>]+>", "", found[1]).strip()


def answer(client: FlaskClient, text: str, *, go: str = "next") -> int:
    """Answer the question that is shown; return the status."""
    sent = Page(client.get("/kiosk")).sent
    data = {**sent.to_dict(), "answer": text, "go": go}
    return client.post("/kiosk/answer", data=data).status_code


def answer_all(client: FlaskClient, *texts: str) -> None:
    """Answer every question and send the answers."""
    for text in texts:
        assert answer(client, text) == 303
    assert asked(client).startswith("Is this right")
    assert client.post("/kiosk/answer", data=Page(client.get("/kiosk")).sent).status_code == 303
    assert asked(client).startswith("Thank you")
