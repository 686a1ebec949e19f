"""A page whose user has gone away: warned of, covered, and uncovered without losing a word."""

import pytest
from playwright.sync_api import Page, expect

from tests import factories
from tests.browser.browsers import Visitors
from tests.cast import PASSWORD, Cast
from tests.fixture_types import ActingAs
from tests.stores import ON_ONE_STORE

pytestmark = [pytest.mark.browser, ON_ONE_STORE]


def answer(page: Page, password: str) -> None:
    dialog = page.locator("#reauthenticate")
    dialog.get_by_label("Password").fill(password)
    dialog.get_by_role("button", name="Sign in and continue").click()


def test_who_has_gone_away_is_warned_and_the_page_covered_with_its_words_kept(
    visitors: Visitors, acting_as: ActingAs, cast: Cast
) -> None:
    with acting_as(cast.maya):
        visit = factories.open_visit(cast.maya).id
    page = visitors.sign_in(cast.maya)
    page.clock.install()
    page.goto(f"/visits/{visit}/edit")
    warning, dialog = page.locator("#idle-warning"), page.locator("#reauthenticate")
    page.locator("[name=plan]").fill("Rest until Monday.")
    page.clock.run_for("13:01")
    expect(warning).to_be_visible()
    # Whoever is still there has only to touch something.
    page.mouse.wheel(0, 40)
    expect(warning).to_be_hidden()
    page.clock.run_for("15:01")
    expect(dialog).to_be_visible()
    expect(page.locator("main")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(dialog).to_be_visible()
    answer(page, "a guess")
    expect(dialog).to_contain_text("The password is not right.")
    visitors.forgive("/sign-in/again")
    answer(page, PASSWORD)
    expect(dialog).to_be_hidden()
    expect(page.locator("[name=plan]")).to_have_value("Rest until Monday.")
    with page.expect_navigation():
        page.get_by_role("button", name="Save draft").click()
    expect(page.locator("[name=plan]")).to_have_value("Rest until Monday.")
