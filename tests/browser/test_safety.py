"""What the safety check says holds on the page: stop, this region not, only with a reason."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsers import Visitors
from tests.browser.form_driver import Row, enter, fill_in, follow, press, put, row_name, sign
from tests.browser.patients import CALF, Case, past_treatment
from tests.cast import Cast
from tests.stores import ON_ONE_STORE

pytestmark = [pytest.mark.browser, ON_ONE_STORE]

CLOT = "answers-dvt_or_suspected"
BRUISE = "answers-ecchymosis_effusion"
THINNER = "answers-anticoagulant"
SIGNS = "New swelling and warmth of the left calf since yesterday."
FOOT = Row.of("uses", region="foot_plantar", side="left")


@pytest.fixture
def page(visitors: Visitors, cast: Cast, case: Case) -> Page:
    """Maya before the form of a new session."""
    page = visitors.signed_in(cast.maya)
    case.begin(page)
    return page


def outstanding(page: Page) -> str:
    """Return what the form says stands between it and a signature."""
    return page.locator("#missing").inner_text()


def test_signs_of_a_clot_are_saved_and_never_signed_as_treated(page: Page, case: Case) -> None:
    for field, value in past_treatment(case):
        put(
            page,
            field if isinstance(field, str) else f"{row_name(page, field[0])}-{field[1]}",
            value,
        )
    enter(page, {f"{CLOT}-answer": "yes", f"{CLOT}-detail": SIGNS})
    press(page, "Save draft")
    assert "No treatment today: blood clot (DVT)" in outstanding(page)
    assert "Record this session as screened, not treated." in outstanding(page)
    expect(page.locator(f'[name="{CLOT}-detail"]')).to_have_value(SIGNS)
    expect(page.locator('[name="plan"]')).to_have_value("Repeat in two days.")
    expect(page.locator('[name="pains-0-before"][value="7"]')).to_be_checked()


def test_a_stop_is_saved_as_not_treated_with_reason_and_referral(page: Page) -> None:
    enter(page, {f"{CLOT}-answer": "yes", f"{CLOT}-detail": SIGNS, "decision": "not_treated"})
    press(page, "Save draft")
    assert "Write who the patient was referred to." in outstanding(page)
    enter(page, {
        "not_treated_reason": "Signs of a clot in the left calf.",
        "referral": "Dr. Ferreira, by telephone at 14:20",
        "patient_informed": "y",
    })  # fmt: skip
    press(page, "Save draft")
    assert page.locator("#errors").count() == 0
    sign(page)
    expect(page.get_by_text("Screened, not treated", exact=True).first).to_be_visible()
    expect(page.get_by_text("Dr. Ferreira, by telephone at 14:20").first).to_be_visible()


def test_a_bruised_foot_may_not_be_treated_but_the_calf_may(page: Page, case: Case) -> None:
    enter(page, {f"{BRUISE}-answer": "yes"})
    page.locator(f'input.other-site[name="{BRUISE}-places"]').first.fill("Plantar foot, left")
    put(page, f"{row_name(page, FOOT)}-instrument_id", case.tool)
    press(page, "Save draft")
    assert "Left plantar foot may not be treated today" in outstanding(page)
    put(page, f"{row_name(page, FOOT)}-region", "calf")
    press(page, "Save draft")
    assert "may not be treated today" not in outstanding(page)


def test_a_blood_thinner_needs_a_reason_and_what_is_done_about_it(page: Page, case: Case) -> None:
    fill_in(page, [(f"{THINNER}-answer", "yes"), *past_treatment(case)], save="Save draft")
    press(page, "All asked", exact=False)
    press(page, "Sign session")
    missing = page.locator("main").inner_text()
    assert "Write why you go on" in missing
    assert "Choose what you do about it" in missing
    assert page.get_by_role("button", name="Sign", exact=True).count() == 0
    follow(page, "Write why you go on")
    enter(page, {
        f"{THINNER}-reason": "INR not used for apixaban, skin sound, patient informed",
        f"{THINNER}-mitigation": "reduce_pressure",
    })  # fmt: skip
    sign(page)
    expect(page.get_by_text("Signed", exact=True).first).to_be_visible()


def test_what_is_out_of_reach_is_not_to_be_chosen_and_says_why(page: Page, case: Case) -> None:
    enter(page, {f"{THINNER}-answer": "yes"})
    use = row_name(page, CALF)
    for pressure, is_out in (("moderate", False), ("firm", True), ("heavy", True)):
        grade = page.locator(f'[name="{use}-pressure"][value="{pressure}"]')
        expect(grade).to_be_disabled() if is_out else expect(grade).to_be_enabled()
    expect(page.locator(f"#{use}-pressure-hint")).to_contain_text("Pressure at most moderate")
    products = page.locator(f'[name="{use}-lubricant_id"] option')
    expect(products.nth(1)).to_have_text(case.product)
    expect(products.nth(2)).to_contain_text(f"{case.balm}: contains bee products")
    expect(products.nth(2)).to_be_disabled()


def test_what_was_chosen_before_it_clashed_stays_and_says_so(page: Page, case: Case) -> None:
    use = row_name(page, CALF)
    enter(page, {f"{use}-instrument_id": case.tool, f"{use}-pressure": "heavy"})
    enter(page, {f"{THINNER}-answer": "yes"})
    row = page.locator(f'[data-live="{use}-id"]')
    expect(row).to_contain_text("Pressure at most moderate today")
    expect(row.locator('[value="heavy"]')).to_be_checked()
    press(page, "Save draft")
    assert "Pressure at most moderate today" in outstanding(page)
