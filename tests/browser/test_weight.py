"""What the first form of a day weighs on the line: a tablet on a weak wireless network."""

from playwright.sync_api import Response

from tests import factories
from tests.browser.browsers import Visitors
from tests.cast import Cast
from tests.fixture_types import ActingAs
from tests.stores import ON_ONE_STORE

MOST_REQUESTS, MOST_BYTES = 8, 150_000
"""Issue 14, bar 6."""


@ON_ONE_STORE
def test_the_first_form_is_few_requests_and_light(
    visitors: Visitors, cast: Cast, acting_as: ActingAs
) -> None:
    with acting_as(cast.maya):
        patient = factories.make_patient(cast.maya)
        episode = factories.make_episode(patient, cast.maya)
        address = f"/patients/{patient.id}/visits/new?episode={episode.id}"
    page = visitors.signed_in(cast.maya)
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(address, wait_until="networkidle")
    weight = sum(answer.request.sizes()["responseBodySize"] for answer in answers)
    assert 3 <= len(answers) <= MOST_REQUESTS
    assert 20_000 < weight <= MOST_BYTES
