"""The body map under a finger and under the keys: a region becomes a treatment row, or opens it."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.browsers import Visitors
from tests.browser.form_driver import press
from tests.browser.patients import Case
from tests.cast import Cast
from tests.stores import ON_ONE_STORE

pytestmark = [pytest.mark.browser, ON_ONE_STORE]

REGIONS = '#uses > [data-row] [name$="-region"]'


@pytest.fixture
def page(visitors: Visitors, case: Case, cast: Cast) -> Page:
    page = visitors.signed_in(cast.maya)
    case.begin(page)
    return page


def shapes(page: Page, place: str) -> Locator:
    """Return a region's outline in each view that shows it, the front first."""
    return page.locator(f'.body-map-drawing a[href="#body-map-{place}"]')


def tap(page: Page, place: str, *, view: str = "Back", beside: float = 0) -> None:
    """Put a finger on a region of the figure, or so many pixels beside its right edge."""
    # The map is drawn anew with what the rules say of the last tap.
    expect(page.locator("form[data-asking]")).to_have_count(0)
    found = shapes(page, place)
    shape = found.last if view == "Back" else found.first
    shape.scroll_into_view_if_needed()
    box = shape.locator("path, use").bounding_box()
    assert box is not None
    x = box["x"] + (box["width"] + beside if beside else box["width"] / 2)
    page.mouse.click(x, box["y"] + box["height"] / 2)


def expect_state(page: Page, place: str, state: str) -> None:
    """Wait for how a region is shaded, "" for not at all."""
    shape = shapes(page, place).last
    if state:
        expect(shape).to_have_attribute("data-state", state)
    else:
        expect(shape).not_to_have_attribute("data-state", re.compile(""))


def test_a_tap_adds_a_row_and_the_next_opens_it(page: Page) -> None:
    tap(page, "hamstring-right")
    # The form begins with a row where the complaint is; this is the second.
    expect(page.locator(REGIONS)).to_have_count(2)
    expect(page.locator('[name="uses-1-region"]')).to_have_value("hamstring")
    expect(page.locator('[name="uses-1-side"][value="right"]')).to_be_checked()
    expect(page.locator('[name="uses-1-instrument_id"]')).to_be_focused()
    for place, row in (("calf-left", 0), ("hamstring-right", 1)):
        tap(page, place)
        expect(page.locator(REGIONS)).to_have_count(2)
        expect(page.locator(f'[name="uses-{row}-instrument_id"]')).to_be_focused()


def test_the_figure_follows_the_rows(page: Page) -> None:
    key = page.get_by_role("list", name="Treated on the map")
    expect(key).to_be_hidden()
    page.locator('[name="uses-0-pressure"][value="moderate"]').locator("xpath=..").click()
    page.locator('[name="uses-0-minutes"]').fill("6")
    expect_state(page, "calf-left", "moderate")
    expect_state(page, "calf-right", "")
    expect(key).to_have_text("Calf, left moderate, 6 min")
    expect(page.locator(".body-map-numbers text")).to_have_text(["1"])
    tap(page, "wrist-right")
    expect_state(page, "wrist-right", "unsaid")
    expect(key.get_by_role("listitem").last).to_have_text("Wrist, right pressure not chosen")
    for _ in range(2):
        page.locator("#uses [data-drop-row]").first.click()
    expect_state(page, "calf-left", "waiting")
    expect_state(page, "wrist-right", "")
    expect(key).to_be_hidden()


def test_a_fingertip_just_beside_a_region_means_it(page: Page) -> None:
    tap(page, "shin_ant-left", beside=5)
    expect(page.locator('[name="uses-1-region"]')).to_have_value("shin_ant")


def test_the_list_does_the_same_by_keyboard(page: Page) -> None:
    page.get_by_text("All regions as a list").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Lower leg and foot").focus()
    page.keyboard.press("Enter")
    button = page.get_by_role("button", name="Ankle, right")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator('[name="uses-1-region"]')).to_have_value("ankle")
    expect(page.locator('[name="uses-1-instrument_id"]')).to_be_focused()
    expect(page.get_by_role("button", name="Ankle, right: pressure not chosen")).to_be_visible()


def test_a_blocked_region_says_why_and_takes_no_row(page: Page) -> None:
    page.locator('[name="answers-fracture_unstable-answer"][value="yes"]').evaluate(
        "choice => choice.click()"
    )
    elsewhere = page.locator('[name="answers-fracture_unstable-places"]').last
    elsewhere.evaluate("(field) => { field.value = 'Plantar foot, left'; }")
    press(page, "Save draft")
    expect_state(page, "foot_plantar-left", "blocked")
    tap(page, "foot_plantar-left")
    expect(page.locator(".body-map-message")).to_contain_text("may not be treated today: unstable")
    expect(page.locator(REGIONS)).to_have_count(1)


def test_without_scripts_a_region_is_a_button_that_sends_the_form(
    visitors: Visitors, case: Case, cast: Cast
) -> None:
    page = visitors.signed_in(cast.maya, java_script_enabled=False)
    case.begin(page)
    tap(page, "shin_ant-left", view="Front")
    button = page.get_by_role("button", name="Anterior and medial shin, left")
    expect(button).to_be_visible()
    with page.expect_navigation():
        button.click()
    expect(page.locator('[name="uses-1-region"]')).to_have_value("shin_ant")
    expect(page.locator("#at-shin_ant-left")).to_be_in_viewport()
    expect_state(page, "shin_ant-left", "unsaid")
