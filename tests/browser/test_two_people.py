"""Two people at one session, and an impatient thumb: by keyboard, and without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from clinic_notes.charting.models import Visit
from clinic_notes.core.db import db
from tests import factories
from tests.browser.browsers import Visitors
from tests.browser.form_driver import press, put
from tests.browser.patients import make_case
from tests.cast import Cast
from tests.fixture_types import ActingAs

pytestmark = pytest.mark.browser


def save(page: Page, address: str, **fields: str) -> None:
    page.goto(address)
    for name, value in fields.items():
        put(page, name, value)
    press(page, "Save draft")


def test_two_versions_are_settled_by_keyboard_without_scripts(
    visitors: Visitors, acting_as: ActingAs, cast: Cast
) -> None:
    with acting_as(cast.maya):
        visit = factories.open_visit(cast.maya).id
    address = f"/visits/{visit}/edit"
    hers = visitors.signed_in(cast.maya, java_script_enabled=False)
    hers.goto(address)
    his = {"plan": "Rest until Friday.", "assessment": "His words."}
    save(visitors.signed_in(cast.jonas), address, **his)
    put(hers, "plan", "Rest until Monday.")
    press(hers, "Save draft")
    expect(hers.get_by_role("alert")).to_be_focused()
    assert hers.locator("mark").all_inner_texts() == ["Friday.", "Monday."]
    stored, typed = (hers.locator(f'[name="pick-plan"][value="{v}"]') for v in ("stored", "typed"))
    hers.keyboard.press("Tab")
    # Both changed it, so neither stands chosen.
    expect(stored).to_be_focused()
    assert not stored.is_checked()
    assert not typed.is_checked()
    hers.keyboard.press("Space")
    expect(stored).to_be_checked()
    hers.keyboard.press("Tab")
    expect(hers.locator('[name="pick-assessment"][value="stored"]')).to_be_focused()
    with hers.expect_navigation():
        hers.keyboard.press("Enter")
    expect(hers.locator(".flash-messages")).to_contain_text("Saved.")
    expect(hers.locator("#plan")).to_have_value("Rest until Friday.")
    expect(hers.locator("#assessment")).to_have_value("His words.")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_double_click_makes_one_visit(
    scripts: bool, visitors: Visitors, acting_as: ActingAs, cast: Cast
) -> None:
    case = make_case(acting_as, cast.maya)
    page = visitors.signed_in(cast.maya, java_script_enabled=scripts)
    case.begin(page)
    put(page, "plan", "Once.")
    # The second click breaks off the page that comes of the first: where it ends is what counts.
    page.get_by_role("button", name="Save draft", exact=True).dblclick()
    # "Saved." may have stood on the page that was broken off, and is told once.
    expect(page).to_have_url(re.compile(r"/visits/\d+/edit"))
    expect(page.locator("#plan")).to_have_value("Once.")
    with acting_as(cast.maya):
        assert db.session.scalar(select(func.count()).select_from(Visit)) == 1
