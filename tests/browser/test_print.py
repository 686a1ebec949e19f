"""What a browser puts on paper."""

import re

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser.browsers import Visitors
from tests.cast import Cast
from tests.fixture_types import ActingAs
from tests.stores import ON_ONE_STORE

pytestmark = [pytest.mark.browser, ON_ONE_STORE]
FOOT = "getComputedStyle(document.documentElement).getPropertyValue('--page-footer')"


def test_paper_bears_the_letterhead_and_the_screen_does_not(
    visitors: Visitors, acting_as: ActingAs, cast: Cast
) -> None:
    with acting_as(cast.maya):
        patient = factories.make_patient(cast.maya)
        visit = factories.open_visit(cast.maya, patient=patient)
    page = visitors.signed_in(cast.maya)
    page.goto(f"/visits/{visit.id}")
    letterhead, bar = page.locator(".letterhead"), page.locator(".patient-bar-name")
    expect(letterhead).to_be_hidden()
    expect(bar).to_be_visible()
    page.emulate_media(media="print")
    expect(letterhead).to_be_visible()
    expect(letterhead).to_contain_text("Riverside clinic")
    expect(bar).to_be_hidden()
    expect(page.locator("nav").first).to_be_hidden()
    foot = page.evaluate(FOOT)
    assert re.search(rf"{patient.name} · born .* · {patient.mrn} · session of", foot), foot
