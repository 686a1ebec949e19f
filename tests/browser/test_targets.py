"""Big enough for an oily thumb: what a session's form offers is 44 by 44 px, desk or tablet."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.browsers import Visitors
from tests.browser.form_driver import press
from tests.browser.patients import Case
from tests.browser.test_reading_rows import ALSO, FIRST
from tests.cast import Cast
from tests.stores import ON_ONE_STORE

pytestmark = [pytest.mark.browser, ON_ONE_STORE]

LEAST = 44
# What is pressed is the label around a choice. Left out: what nobody can press, and the regions of
# the figure, for which the list beside it has buttons (WCAG 2.5.8, "equivalent").
TOO_SMALL = """least => {
  for (const fold of document.querySelectorAll("#visit details")) fold.open = true;
  const targets = [...document.querySelectorAll(
    "#visit :is(a[href], button, summary, input, select, textarea), .patient-bar a," +
    ".save-bar button"
  )].filter(one => one.checkVisibility() && !one.closest("svg, .visually-hidden, [type=hidden]"));
  const small = targets
    .map(one => one.matches("[type=radio], [type=checkbox]") ? one.closest("label") : one)
    .map(one => [one, one.getBoundingClientRect()])
    .filter(([, box]) => Math.min(box.width, box.height) < least - 0.01)
    .map(([one, box]) => `${one.outerHTML.slice(0, 120)} ${box.width} x ${box.height}`);
  return [targets.length, small];
}"""


@pytest.mark.parametrize(
    "screen",
    [
        {"viewport": {"width": 1280, "height": 800}},
        {"viewport": {"width": 1265, "height": 800}},
        {"viewport": {"width": 820, "height": 1180}, "has_touch": True},
        {"viewport": {"width": 1180, "height": 820}, "has_touch": True},
    ],
    ids=["desk", "desk with a scroll bar", "tablet upright", "tablet on its side"],
)
def test_whatever_can_be_pressed_is_big_enough(
    screen: dict[str, Any], case: Case, visitors: Visitors, cast: Cast
) -> None:
    page = visitors.signed_in(cast.maya, **screen)
    case.begin(page)
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("[name=total_minutes]").fill("3,5")
    press(page, "Save draft")
    expect(page.locator("#errors")).to_be_visible()
    for rows in FIRST | ALSO:
        page.locator(f"button[name=add][value={rows}]").click()
    page.locator("[name^=roms-][name$=-movement]:visible").last.select_option("elbow_extension")
    page.locator("#interventions").get_by_role("button", name="Take this").click()
    count, small = page.evaluate(TOO_SMALL, LEAST)
    assert count > 200
    assert small == []
