"""How much work a session is, counted by the page's own meter (issue 3, bar 1)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from clinic_notes.charting.models import DocumentationTime
from clinic_notes.clinical.documentation_time import FIRST, LATER
from clinic_notes.core.db import db
from tests.browser.browsers import Visitors
from tests.browser.form_driver import follow, press
from tests.browser.keystroke_model import Counted
from tests.browser.patients import Case, make_case
from tests.browser.waiting import wait_for
from tests.cast import PASSWORD, Cast
from tests.fixture_types import ActingAs
from tests.repo_files import ROOT
from tests.stores import ON_ONE_STORE

pytestmark = [pytest.mark.browser, ON_ONE_STORE]

README = ROOT / "README.md"
INTERACTIONS = ROOT / "docs" / "interactions.md"


@pytest.fixture
def case(acting_as: ActingAs, cast: Cast) -> Case:
    return make_case(acting_as, cast.maya, conditions=())


@pytest.fixture
def meter_agrees(acting_as: ActingAs, cast: Cast) -> Callable[[Page, int, Counted], None]:
    """See that the meter has counted the nth session as the hands did; signing is told last."""

    def compare(page: Page, nth: int, by_hand: Counted) -> None:
        def counted() -> tuple[int, int]:
            with acting_as(cast.maya):
                by_age = select(DocumentationTime).order_by(DocumentationTime.id)
                time = db.session.scalars(by_age).all()[nth]
                return time.interactions, time.keystrokes

        # What signing took is sent as its page is left, beside the page that comes.
        wait_for(page, counted, (by_hand.interactions, by_hand.keystrokes))

    return compare


class Therapist:
    """Hands on one session, keeping their own count beside the meter's."""

    def __init__(self, page: Page, opened_by: str) -> None:
        self.page, self.pages, self.keys = page, 1, 0
        self.interactions = 1
        follow(page, opened_by)

    def press(self, button: str) -> None:
        press(self.page, button, exact=False)
        self.interactions += 1
        self.pages += 1

    def tap(self, button: str) -> None:
        """Press a button that answers in place."""
        self.page.get_by_role("button", name=button).click()
        self.interactions += 1

    def choose(self, name: str, value: str) -> None:
        self.page.locator(f"main [name='{name}'][value='{value}']").click()
        self.interactions += 1

    def type(self, name: str, text: str) -> None:
        self.page.locator(f"main [name='{name}']").click()
        self._keys(text)

    def pick(self, name: str, text: str) -> None:
        """Go to a list and type as much as finds the line."""
        self.page.locator(f"main [name='{name}']").focus()
        self._keys(text)

    def _keys(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.keys += len(text)
        self.interactions += 1

    def sign(self, *, by_button: bool = False) -> Counted:
        """Sign with the password and Enter, a key more and no press more; or with the button."""
        self.press("Sign session")
        self.type("password", PASSWORD)
        if by_button:
            press(self.page, "Sign")
            self.interactions += 1
        else:
            with self.page.expect_navigation():
                self.page.keyboard.press("Enter")
            self.keys += 1
        self.pages += 1
        expect(self.page.get_by_text("Signed", exact=True).first).to_be_visible()
        return Counted(self.interactions, self.keys, self.pages)


def first_session(page: Page, case: Case) -> Counted:
    """Record and sign the first session, from the patient's page."""
    page.goto(f"/patients/{case.patient_id}")
    hands = Therapist(page, "Record session")
    hands.press("All asked")
    hands.choose("consent_by", "patient")
    hands.choose("pains-0-before", "7")
    hands.type("roms-0-before", "4")
    hands.type("roms-1-before", "45")
    hands.pick("uses-0-instrument_id", case.tool[:3])
    hands.choose("uses-0-stroke", "sweep")
    hands.choose("uses-0-pressure", "moderate")
    hands.type("uses-0-minutes", "8")
    hands.choose("pains-0-after", "4")
    hands.type("roms-0-after", "9")
    hands.type("roms-1-after", "48")
    hands.choose("skin_response", "erythema")
    hands.type("assessment", "Responded; load tolerance still low on stairs.")
    hands.type("plan", "Twice a week, heel raises daily at home.")
    hands.type("timed_minutes", "24")
    hands.type("total_minutes", "40")
    return hands.sign()


def repeat_session(page: Page, case: Case, *, by_button: bool = False) -> Counted:
    """Record and sign a session that repeats the last one, from Today: the patient's own link."""
    page.goto("/")
    hands = Therapist(page, f"Repeat last session of {case.name}")
    hands.tap("Nothing new since")
    hands.choose("pains-0-before", "5")
    hands.type("roms-0-before", "6")
    hands.type("roms-1-before", "46")
    hands.choose("pains-0-after", "3")
    hands.type("roms-0-after", "10")
    hands.type("roms-1-after", "49")
    hands.choose("skin_response", "erythema")
    hands.tap("As on")
    return hands.sign(by_button=by_button)


def promised(first: Counted, again: Counted, pressed: Counted) -> tuple[str, ...]:
    """Return what the documents say of these figures: the README the first, its page all."""
    return (
        f"signed in {again.interactions} interactions, about {again.seconds():.0f} s with a mouse "
        f"and {again.seconds(by_touch=True):.0f} s by touch; a first session in "
        f"{first.interactions}, about {first.seconds():.0f} s.",
        f"Signing with Enter is a key; with the button it is one press more, "
        f"{pressed.interactions} and about {pressed.seconds():.0f} s.",
    )


def test_a_session_is_as_little_work_as_was_promised(
    case: Case,
    visitors: Visitors,
    cast: Cast,
    meter_agrees: Callable[[Page, int, Counted], None],
    record_property: Callable[[str, object], None],
) -> None:
    page = visitors.signed_in(cast.maya)
    first = first_session(page, case)
    meter_agrees(page, 0, first)
    record_property("pace", f"first session: {first.line()}")
    again = repeat_session(page, case)
    meter_agrees(page, 1, again)
    record_property("pace", f"repeat session: {again.line()}")
    assert first.interactions <= FIRST.interactions
    assert first.seconds() <= FIRST.seconds
    assert again.interactions <= LATER.interactions
    assert again.seconds() <= LATER.seconds
    pressed = repeat_session(page, case, by_button=True)
    meter_agrees(page, 2, pressed)
    record_property("pace", f"the same, signed with the button: {pressed.line()}")
    assert pressed.interactions == again.interactions + 1
    readme, page_of_figures = (" ".join(p.read_text().split()) for p in (README, INTERACTIONS))
    lines = promised(first, again, pressed)
    assert [line for line in lines if line not in page_of_figures] == []
    assert lines[0] in readme
    page.goto("/documentation-time")
    expect(page.get_by_role("region", name="Later sessions")).to_contain_text(
        f"{again.interactions} presses and filled fields"
    )
