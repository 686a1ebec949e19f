"""Entering quickly: judged as the hand leaves a field, changes in words, keys, every width."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsers import Visitors
from tests.browser.form_driver import press, put
from tests.browser.patients import Case
from tests.cast import Cast
from tests.factories import make_snippet
from tests.fixture_types import ActingAs
from tests.stores import ON_ONE_STORE

pytestmark = [pytest.mark.browser, ON_ONE_STORE]

# One value of each kind that cannot be right, and one that is only rare.
WRONG = {
    "roms-0-before": "99",
    "roms-1-before": "3,5",
    "roms-1-after": "-170",
    "uses-0-minutes": "0",
    "uses-0-angle_degrees": "12.5",
    "timed_minutes": "600",
}
SAID = "field => document.getElementById(`${field.id}-error`)?.textContent ?? ''"
TOO_WIDE = """() =>
  [...document.querySelectorAll("body, main, main .panel, main .table-scroll, .save-bar")]
  .filter(part => part.scrollWidth > part.clientWidth + 1).map(part => part.className)"""


def begun(case: Case, visitors: Visitors, cast: Cast, **settings: object) -> Page:
    page = visitors.signed_in(cast.maya, **settings)
    case.begin(page)
    page.on("dialog", lambda dialog: dialog.accept())
    return page


def messages(page: Page) -> dict[str, str]:
    return {name: page.locator(f"[name='{name}']").evaluate(SAID) for name in WRONG}


def test_the_page_says_what_the_server_says_and_takes_it_back(
    case: Case, visitors: Visitors, cast: Cast
) -> None:
    page = begun(case, visitors, cast)
    put(page, "uses-0-instrument_id", case.tool)
    for name, typed in WRONG.items():
        field = page.locator(f"[name='{name}']")
        field.fill(typed)
        expect(field).not_to_have_attribute("aria-invalid", "true")
        field.blur()
        expect(field).to_have_attribute("aria-invalid", "true")
        assert f"{name}-error" in (field.get_attribute("aria-describedby") or "")
    on_leaving = messages(page)
    assert all(on_leaving.values())
    expect(page.locator("main > [role=status]").last).to_have_text(on_leaving["timed_minutes"])
    press(page, "Save draft")
    by_server = messages(page)
    # What is no number and what no rule allows are refused in one round.
    assert by_server == on_leaving
    for name in ("roms-1-before", "uses-0-angle_degrees"):
        put(page, name, "12")
        page.locator(f"[name='{name}']").blur()
        expect(page.locator(f"[name='{name}']")).not_to_have_attribute("aria-invalid", "true")
    press(page, "Save draft")
    shown = {name: words for name, words in messages(page).items() if words}
    assert shown == {name: on_leaving[name] for name in shown}
    assert set(shown) == {"roms-0-before", "roms-1-after", "uses-0-minutes", "timed_minutes"}


def test_a_rare_figure_is_asked_about_and_kept(case: Case, visitors: Visitors, cast: Cast) -> None:
    page = begun(case, visitors, cast)
    field = page.locator("[name='roms-0-before']")
    field.fill("33")
    field.blur()
    assert "Is it right?" in field.evaluate(SAID)
    expect(field).not_to_have_attribute("aria-invalid", "true")
    press(page, "Save draft")
    expect(page.locator("#errors")).to_have_count(0)


def test_a_change_reads_in_words(case: Case, visitors: Visitors, cast: Cast) -> None:
    page = begun(case, visitors, cast)
    for name, value in (
        ("pains-0-before", "7"), ("pains-0-after", "4"),
        ("roms-0-before", "-4"), ("roms-0-after", "9.5"),
        ("pains-1-before", "2"), ("pains-1-after", "2"),
    ):  # fmt: skip
        put(page, name, value)
    page.locator("[name='roms-0-after']").blur()
    words = [text for text in page.locator("output.change-text").all_inner_texts() if text]
    assert words == [
        "7 to 4, 3 less pain",
        "2 to 2, no change",
        "\N{MINUS SIGN}4° to 9.5°, 13.5° more motion",
    ]


def test_the_keys_do_what_the_list_says(case: Case, visitors: Visitors, cast: Cast) -> None:
    page = begun(case, visitors, cast)
    keys = page.keyboard
    keys.press("?")
    shown = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(shown).to_be_visible()
    keys.press("Escape")
    for pressed, card in (("g 2", "before"), ("Alt+PageDown", "treatment"), ("g 5", "note")):
        for key in pressed.split():
            keys.press(key)
        expect(page.locator(f"#{card}-title")).to_be_focused()
    keys.press("Alt+PageUp")
    expect(page.locator("#after-title")).to_be_focused()
    page.locator("[name='pains-0-after']").first.focus()
    keys.press("6")
    expect(page.locator("[name='pains-0-after'][value='6']")).to_be_checked()
    page.locator("[name='plan']").focus()
    keys.type("g2?")
    expect(page.locator("[name='plan']")).to_have_value("g2?")
    page.get_by_role("button", name="Keyboard shortcuts").click()
    shown.get_by_role("checkbox").uncheck()
    shown.get_by_role("button", name="Close").click()
    keys.press("?")
    expect(shown).not_to_be_visible()
    with page.expect_navigation():
        keys.press("Control+s")
    expect(page.locator("[name='plan']")).to_have_value("g2?")


def test_a_finger_gets_a_minus_where_the_pad_has_none(
    case: Case, visitors: Visitors, cast: Cast
) -> None:
    page = begun(case, visitors, cast, has_touch=True, viewport={"width": 820, "height": 1180})
    field = page.locator("[name='roms-0-before']")
    assert field.get_attribute("inputmode") == "decimal"
    field.fill("4")
    sign = page.locator("#roms .plus-minus-button").first
    box = sign.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 44
    sign.tap()
    expect(field).to_have_value("-4")
    sign.tap()
    expect(field).to_have_value("4")


def test_nothing_scrolls_in_two_directions(case: Case, visitors: Visitors, cast: Cast) -> None:
    page = begun(case, visitors, cast)
    # Enlarged fourfold and twice on a desk; a tablet upright and on its side.
    for width, height in ((320, 640), (640, 400), (820, 1180), (1180, 820)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(TOO_WIDE) == [], f"{width} px wide"


def test_a_snippet_is_inserted_by_its_name_and_from_the_list(
    case: Case, visitors: Visitors, cast: Cast, acting_as: ActingAs
) -> None:
    with acting_as(cast.maya):
        make_snippet(cast.maya, name="hep", text="Heel drops.\nTwice <b>a day</b>. .hep")
    page = begun(case, visitors, cast)
    plan, list_of_all = page.locator("[name=plan]"), page.get_by_role("dialog")
    # By its name and a space, in the middle of a text; what it expands to is not expanded again.
    plan.focus()
    page.keyboard.type("Home: .hep then rest .none ")
    expect(plan).to_have_value("Home: Heel drops.\nTwice <b>a day</b>. .hep then rest .none ")
    # By the tab key, which moves on everywhere else.
    page.keyboard.type(".HEP")
    page.keyboard.press("Tab")
    expect(plan).to_be_focused()
    expect(plan).to_have_value(re.compile(r"\.none Heel drops\.\nTwice .*\.hep$"))
    # From the list, at the caret of its own text.
    page.get_by_role("link", name="Text snippets for Assessment").click()
    choice = list_of_all.get_by_role("button", name=".hep")
    expect(choice).to_be_focused()
    assert (choice.bounding_box() or {})["height"] >= 44
    choice.click()
    expect(page.locator("[name=assessment]")).to_have_value(re.compile("^Heel drops"))
    page.keyboard.press("Control+z")
    expect(page.locator("[name=assessment]")).to_have_value("")
