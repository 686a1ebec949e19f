"""A session from sign-in to signature with the keyboard alone: no mouse, no script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsers import Visitors
from tests.browser.patients import Case
from tests.cast import PASSWORD, Cast
from tests.stores import ON_ONE_STORE

pytestmark = [pytest.mark.browser, ON_ONE_STORE]

STOPS = 900
"""Tab stops after which a thing counts as out of reach; the form has about 150."""
# What has the focus: its name or id, what it says, what stands in it, whether it is chosen.
FOCUS = """() => {
  const here = document.activeElement, type = here.type ?? "";
  const isChoice = ["radio", "checkbox"].includes(type);
  return {
    name: here.name || here.id || "", text: (here.innerText ?? "").trim(), tag: here.localName,
    value: here.localName == "select" ? here.selectedOptions[0].text : here.value ?? "",
    chosen: isChoice && here.checked, type, card: here.closest("section[id]")?.id ?? "",
    label: isChoice ? here.closest("label").innerText.trim() : "",
  };
}"""


class Hands:
    """Ten fingers on a keyboard."""

    def __init__(self, page: Page) -> None:
        self.page, self.keys = page, page.keyboard

    def focus(self) -> dict[str, str]:
        """Return what has the focus."""
        found: dict[str, str] = self.page.evaluate(FOCUS)
        return found

    def tab_to(self, is_there: Callable[[dict[str, str]], bool], *, key: str = "Tab") -> None:
        """Press Tab until the focus is there."""
        for _ in range(STOPS):
            if is_there(self.focus()):
                return
            self.keys.press(key)
        pytest.fail("no Tab leads there")

    def tab_to_field(self, name: str) -> None:
        self.tab_to(lambda here: here["name"] == name)

    def follow(self, text: str) -> None:
        """Tab to a link or button by what it says, and press Enter."""
        self.tab_to(lambda here: here["tag"] in ("a", "button") and here["text"].startswith(text))
        with self.page.expect_navigation():
            self.keys.press("Enter")

    def type_into(self, name: str, text: str) -> None:
        self.tab_to_field(name)
        self.keys.press("Control+A")
        self.keys.type(text)

    def pick(self, name: str, text: str) -> None:
        """Tab to a list or a strip of choices, and walk with the arrow to the one that says so."""
        self.tab_to_field(name)
        for _ in range(80):
            here = self.focus()
            if here["value"] if here["tag"] == "select" else here["chosen"] and text:
                said = here["value"] if here["tag"] == "select" else here["label"]
                if said.startswith(text):
                    return
            self.keys.press("ArrowDown")
        pytest.fail(f"{name} does not offer {text}")


@pytest.fixture
def hands(visitors: Visitors) -> Hands:
    page = visitors.anybody()
    page.goto("/sign-in")
    return Hands(page)


def sign_in(hands: Hands, email: str) -> None:
    hands.type_into("email", email)
    hands.type_into("password", PASSWORD)
    hands.keys.press("Enter")
    hands.page.wait_for_url("**/")


def to_the_form(hands: Hands, case: Case) -> None:
    hands.follow("Find a patient")
    hands.follow(case.name)
    hands.follow("Record session")


def test_a_whole_session_is_recorded_and_signed_by_keyboard(
    hands: Hands, case: Case, cast: Cast
) -> None:
    sign_in(hands, cast.maya.email)
    to_the_form(hands, case)
    hands.pick("pains-0-before", "7")
    hands.pick("uses-0-instrument_id", case.tool)
    hands.pick("uses-0-region", "Calf")
    hands.pick("uses-0-side", "Left")
    hands.pick("uses-0-stroke", "Sweep")
    hands.pick("uses-0-pressure", "Light")
    hands.type_into("uses-0-minutes", "5")
    hands.pick("pains-0-after", "4")
    hands.pick("skin_response", "Redness")
    hands.type_into("assessment", "Responded.")
    hands.type_into("plan", "Repeat in two days.")
    hands.type_into("timed_minutes", "24")
    hands.type_into("total_minutes", "40")
    hands.follow("All asked")
    # The blood thinner on her record is confirmed by itself.
    hands.follow("No change")
    hands.type_into("answers-anticoagulant-reason", "skin sound, dose unchanged")
    hands.pick("answers-anticoagulant-mitigation", "Reduce pressure")
    hands.follow("Sign session")
    hands.type_into("password", PASSWORD)
    hands.follow("Sign")
    expect(hands.page.get_by_text("Signed", exact=True).first).to_be_visible()
    expect(hands.page.locator("#note-readings")).to_contain_text("7 → 4")


def test_the_first_tab_skips_to_the_page(hands: Hands) -> None:
    hands.keys.press("Tab")
    skip = hands.page.get_by_text("Skip to the page")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    hands.keys.press("Enter")
    expect(hands.page.locator("#content")).to_be_focused()
    hands.keys.press("Tab")
    assert hands.focus()["name"] == "email"


def test_tab_goes_through_the_session_in_the_order_of_the_work_and_back(
    hands: Hands, case: Case, cast: Cast
) -> None:
    sign_in(hands, cast.maya.email)
    to_the_form(hands, case)
    walked = []
    for _ in range(STOPS):
        hands.keys.press("Tab")
        here = hands.focus()
        walked.append(here["card"])
        if here["text"].startswith("Sign session"):
            break
    order = [card for card in dict.fromkeys(walked) if card]
    steps = ["date-and-clinician", "safety", "before", "treatment", "after", "note"]
    assert [card for card in order if card in steps] == steps
    hands.tab_to(lambda here: here["card"] == "safety", key="Shift+Tab")


def test_a_refused_form_takes_the_focus_to_what_must_be_mended(
    hands: Hands, case: Case, cast: Cast
) -> None:
    sign_in(hands, cast.maya.email)
    to_the_form(hands, case)
    hands.type_into("total_minutes", "3,5")
    hands.follow("Save draft")
    expect(hands.page.locator("#errors")).to_be_focused()
    hands.keys.press("Tab")
    assert "3,5" in hands.focus()["text"]
    hands.keys.press("Enter")
    expect(hands.page.locator("#total_minutes")).to_be_focused()
    hands.keys.press("Control+A")
    hands.keys.type("40")
    hands.follow("Save draft")
    expect(hands.page.locator("#errors")).to_have_count(0)
