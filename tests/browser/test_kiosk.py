"""A patient with the tablet: no way out of the questions by anything a browser offers."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsers import Visitors
from tests.browser.form_driver import press
from tests.cast import PASSWORD, Cast
from tests.charting.kiosk.patient import visit_of
from tests.fixture_types import ActingAs
from tests.stores import ON_ONE_STORE

pytestmark = [pytest.mark.browser, ON_ONE_STORE]

KIOSK = re.compile(r"/kiosk$")


def test_nothing_else_opens_until_the_password(
    visitors: Visitors, acting_as: ActingAs, cast: Cast
) -> None:
    visit = visit_of(acting_as, cast)
    page = visitors.signed_in(cast.maya)
    another = page.context.new_page()
    another.goto(f"/visits/{visit}")
    page.goto(f"/visits/{visit}/edit")
    press(page, "Ask the patient on this tablet")
    press(page, "Start, and hand over the tablet")
    expect(page).to_have_url(KIOSK)
    # A tab that was open asks again by itself; a new one, Back, an address, a reload lead here.
    expect(another).to_have_url(KIOSK)
    page.go_back()
    says(page, re.compile("How strong is your pain"))
    for url in ("/", f"/visits/{visit}", "/patients", "/sign-in", "/audit"):
        page.goto(url)
        expect(page).to_have_url(KIOSK)
    new = page.context.new_page()
    new.goto("/")
    expect(new).to_have_url(KIOSK)
    answer_by_keyboard(page)
    page.get_by_role("link", name="For the therapist").click()
    page.get_by_label("Your password").fill(PASSWORD)
    press(page, "Unlock")
    expect(page.get_by_text("in the draft")).to_have_count(2)
    page.goto(f"/visits/{visit}/edit")
    assert page.locator("[name='pains-0-before']:checked").get_attribute("value") == "6"
    assert page.locator("[name='pains-1-before']:checked").get_attribute("value") == "3"


def says(page: Page, title: re.Pattern[str]) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def answer_by_keyboard(page: Page) -> None:
    """Answer both questions, name no activity, and send; Back then changes nothing."""
    by_keyboard(page, "6")
    page.reload()
    by_keyboard(page, "3")
    press(page, "Next")
    press(page, "Yes, send my answers")
    says(page, re.compile("Thank you, Rosa"))
    page.go_back()
    says(page, re.compile("Thank you, Rosa"))


def by_keyboard(page: Page, number: str) -> None:
    """Choose a number with the keys, and go on with Enter."""
    choice = page.get_by_role("radio", name=number, exact=True)
    assert (choice.bounding_box() or {})["height"] >= 44
    choice.focus()
    page.keyboard.press("Space")
    with page.expect_navigation():
        page.keyboard.press("Enter")
