"""One patient, and the treatment of a whole session at the calf."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from clinic_notes.accounts.models import User
from tests import factories
from tests.browser.form_driver import Row
from tests.fixture_types import ActingAs

CALF = Row.of("uses", region="calf", side="left")


@dataclass(frozen=True)
class Case:
    """Where a patient's pages are, and what is on the shelf for her."""

    patient_id: int
    episode_id: int
    instrument_id: int
    name: str
    tool: str
    product: str
    balm: str

    def begin(self, page: Page) -> None:
        """Open the form of a new session."""
        page.goto(f"/patients/{self.patient_id}/visits/new")


def make_case(acting_as: ActingAs, by: User, **changes: Any) -> Case:
    """Register a patient with an episode at the left calf, and stock the shelf."""
    with acting_as(by):
        patient = factories.make_patient(by, **changes)
        episode = factories.make_episode(patient, by)
        tool = factories.make_instrument(by)
        product = factories.make_lubricant(by, ingredients="petrolatum")
        balm = factories.make_lubricant(
            by, kind="emollient_beeswax", ingredients="cera alba, sunflower oil"
        )
        return Case(
            patient.id, episode.id, tool.id, patient.name, tool.name, product.name, balm.name
        )


def past_treatment(case: Case) -> Iterator[tuple[str | tuple[Row, str], str]]:
    """Yield (field, what is put there) of a session that may be signed, in the form's order."""
    yield (Row.of("pains", context="now"), "before"), "7"
    yield (CALF, "instrument_id"), case.tool
    yield (CALF, "stroke"), "sweep"
    yield (CALF, "pressure"), "light"
    yield (CALF, "minutes"), "5"
    yield (CALF, "lubricant_id"), case.product
    yield (Row.of("pains", context="now"), "after"), "4"
    yield "skin_response", "erythema"
    yield "subjective", "Tight on stairs; she says: like wood."
    yield "assessment", "Responded."
    yield "plan", "Repeat in two days."
    yield "timed_minutes", "24"
    yield "total_minutes", "40"
