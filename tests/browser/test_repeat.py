"""A repeated session in a browser: one tap of safety in place, and nothing comes back by itself."""

import re

import pytest
from playwright.sync_api import Page, expect

from clinic_notes.charting.visit.load import load_visit
from clinic_notes.clinical.drafts import AnswerDraft
from clinic_notes.reference.terms import Answer, HowAsked
from tests import drafts, factories
from tests.browser.browsers import Visitors
from tests.browser.form_driver import enter, follow, press, sign
from tests.browser.patients import Case, make_case
from tests.cast import Cast
from tests.charting.session_form.allowed_defaults import ALLOWED_DEFAULTS, OF_THE_PAGE
from tests.fixture_types import ActingAs

pytestmark = pytest.mark.browser

NO = drafts.ALL_NO
STANDS = """() => [...document.forms.visit.elements].filter(field =>
  field.name && field.value && (!/radio|checkbox/.test(field.type) || field.checked) &&
  !/button|submit/.test(field.type)
).map(field => [field.name, field.value])"""


def stands(page: Page) -> list[tuple[str, str]]:
    """Return what stands in the form's fields, but for the tokens of the page."""
    found = [(name, value) for name, value in page.evaluate(STANDS)]
    return [pair for pair in found if not re.fullmatch(OF_THE_PAGE, pair[0])]


def past_treatment(page: Page) -> list[tuple[str, str]]:
    """Return what stands there, whichever session it was copied from."""
    return [(name, value) for name, value in stands(page) if not name.endswith("_from_id")]


def filled(page: Page) -> list[str]:
    """Return the fields in which something stands that no form may bring along."""
    return [name for name, _ in stands(page) if not ALLOWED_DEFAULTS.fullmatch(name)]


@pytest.fixture
def page(visitors: Visitors, case: Case, cast: Cast) -> Page:
    page = visitors.signed_in(cast.maya)
    page.goto(f"/patients/{case.patient_id}")
    follow(page, "Repeat last session")
    return page


@pytest.fixture
def answers() -> tuple[AnswerDraft, ...]:
    """A blood thinner and a bruised foot, otherwise no."""
    return drafts.ANSWERS


@pytest.fixture
def case(acting_as: ActingAs, cast: Cast, answers: tuple[AnswerDraft, ...]) -> Case:
    """A patient with a signed session, and its answers."""
    case = make_case(acting_as, cast.maya)
    with acting_as(cast.maya):
        draft = drafts.treated_draft(case.instrument_id, answers=answers)
        factories.record_visit(case.patient_id, case.episode_id, draft, by=cast.maya)
    return case


def test_nothing_new_is_answered_in_place_and_dated(
    page: Page, acting_as: ActingAs, cast: Cast
) -> None:
    address = page.url
    assert filled(page) == []
    page.get_by_role("button", name="Nothing new since").click()
    expect(page.locator("#safety .reconfirm-changes > summary")).to_contain_text("asked, all no")
    expect(page.locator("#safety .reconfirm-changes > summary")).to_be_focused()
    assert page.url == address
    answered = [name for name in filled(page) if name.endswith("-answer")]
    assert len(answered) > 20
    assert "answers-anticoagulant-answer" not in answered
    press(page, "No change: Blood thinner", exact=False)
    expect(page.locator("[name=answers-anticoagulant-answer][value=yes]")).to_be_checked()
    assert set(answered) < set(filled(page))
    for by_hand in ("yes", "no"):
        page.locator(f"[name=answers-sunburn-answer][value={by_hand}]").evaluate(
            "box => box.click()"
        )
    press(page, "Save draft")
    with acting_as(cast.maya):
        visit = factories.loaded(2)
        held, saved_at = load_visit(visit).draft.answers, visit.changed_at
    # Changed and changed back by hand: then it was asked, and by itself.
    (sunburn,) = (a for a in held if a.item == "sunburn")
    assert sunburn.how_asked is HowAsked.ONE_BY_ONE
    others = [a for a in held if a is not sunburn]
    assert {a.how_asked for a in others} == {HowAsked.UNCHANGED}
    moments = {a.answered_at for a in others if a.answer is Answer.NO}
    # And the blood thinner. The bruise of last time was not confirmed, so it has no answer.
    assert len(held) == len(answered) + 1
    assert len(moments) == 1
    assert moments.pop() < saved_at


HERS = {
    "pains-0-before": "6", "pains-0-after": "3", "roms-0-before_state": "not_tested",
    "strengths-0-before_grade": "4", "uses-0-discomfort": "2", "uses-0-note": "Hers.",
    "skin_response": "none", "position_detail": "Hers.", "subjective": "Hers.",
    "assessment": "Hers.", "plan": "Hers.", "timed_minutes": "26", "total_minutes": "30",
}  # fmt: skip


@pytest.mark.parametrize("answers", [NO], ids=["all no"])
def test_going_back_brings_nothing_back(page: Page) -> None:
    copied = past_treatment(page)
    page.get_by_role("button", name="Nothing new since").click()
    # What is on her record is answered by itself, and a no to it wants a reason.
    page.locator("main [name=answers-anticoagulant-answer][value=no]").click()
    page.locator("[name=answers-anticoagulant-reason]").fill("apixaban was stopped in May")
    enter(page, HERS)
    assert set(filled(page)) > HERS.keys()
    sign(page)
    expect(page.get_by_text("Signed", exact=True).first).to_be_visible()
    while "/visits/new" not in page.url:
        assert page.go_back()
    assert filled(page) == []
    assert past_treatment(page) == copied


@pytest.mark.parametrize("answers", [NO], ids=["all no"])
def test_the_minutes_of_last_time_are_entered_in_place(page: Page) -> None:
    page.evaluate("window.stays = true")
    page.locator("[name=total_minutes]").fill("45")
    page.get_by_role("button", name="As on").click()
    assert page.evaluate("window.stays")
    expect(page.locator("[name=timed_minutes]")).to_have_value("24")
    expect(page.locator("[name=total_minutes]")).to_have_value("45")
    line = page.get_by_text(re.compile("^As on .*: timed 24, total 40 min$")).first
    expect(line).to_be_focused()
    expect(page.get_by_role("button", name="As on")).to_have_count(0)
