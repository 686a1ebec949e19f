"""What the safety check says holds on the page: stop, this region not, only with a reason."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from clinic_notes.charting.models import Visit
from clinic_notes.core.db import db
from tests.browser.browsers import Visitors
from tests.browser.form_driver import Row, enter, fill_in, follow, press, put, row_name, sign
from tests.browser.patients import CALF, Case, past_treatment
from tests.cast import Cast
from tests.fixture_types import ActingAs
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


def error_list(page: Page) -> str:
    """Return what the refused form says must be mended."""
    return page.locator("#errors").inner_text()


def visits(acting_as: ActingAs, cast: Cast) -> int:
    with acting_as(cast.maya):
        return db.session.scalar(select(func.count(Visit.id))) or 0


def test_signs_of_a_clot_cannot_be_saved_as_treated_and_nothing_typed_is_lost(
    page: Page, case: Case, acting_as: ActingAs, cast: Cast
) -> None:
    for field, value in past_treatment(case):
        put(
            page,
            field if isinstance(field, str) else f"{row_name(page, field[0])}-{field[1]}",
            value,
        )
    enter(page, {f"{CLOT}-answer": "yes", f"{CLOT}-detail": SIGNS})
    press(page, "Save draft")
    assert "No treatment today: blood clot (DVT)" in error_list(page)
    assert "Save this session as screened, not treated." in error_list(page)
    assert visits(acting_as, cast) == 0
    expect(page.locator(f'[name="{CLOT}-detail"]')).to_have_value(SIGNS)
    expect(page.locator('[name="plan"]')).to_have_value("Repeat in two days.")
    expect(page.locator('[name="pains-0-before"][value="7"]')).to_be_checked()


def test_a_stop_is_saved_as_not_treated_with_reason_and_referral(page: Page) -> None:
    enter(page, {f"{CLOT}-answer": "yes", f"{CLOT}-detail": SIGNS, "decision": "not_treated"})
    press(page, "Save draft")
    assert "Write who the patient was referred to." in error_list(page)
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


def test_a_bruised_foot_may_not_be_treated_but_the_calf_may(
    page: Page, case: Case, acting_as: ActingAs, cast: Cast
) -> None:
    enter(page, {f"{BRUISE}-answer": "yes"})
    page.locator(f'input.other-site[name="{BRUISE}-places"]').first.fill("Plantar foot, left")
    put(page, f"{row_name(page, FOOT)}-instrument_id", case.tool)
    press(page, "Save draft")
    assert "Left plantar foot may not be treated today" in error_list(page)
    assert visits(acting_as, cast) == 0
    put(page, f"{row_name(page, FOOT)}-region", "calf")
    press(page, "Save draft")
    assert page.locator("#errors").count() == 0
    assert visits(acting_as, cast) == 1


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


def test_with_reduced_pressure_nothing_harder_than_moderate_is_saved(
    page: Page, case: Case
) -> None:
    enter(page, {
        f"{THINNER}-answer": "yes",
        f"{THINNER}-reason": "INR not used for apixaban, skin sound",
        f"{THINNER}-mitigation": "reduce_pressure",
    })  # fmt: skip
    use = row_name(page, CALF)
    enter(page, {f"{use}-instrument_id": case.tool, f"{use}-pressure": "heavy"})
    press(page, "Save draft")
    assert "Pressure at most moderate today" in error_list(page)
    put(page, f"{use}-pressure", "moderate")
    press(page, "Save draft")
    assert page.locator("#errors").count() == 0


def test_a_balm_with_beeswax_is_refused_to_whom_it_gave_a_rash(page: Page, case: Case) -> None:
    use = row_name(page, CALF)
    enter(page, {f"{use}-instrument_id": case.tool, f"{use}-lubricant_id": case.balm})
    press(page, "Save draft")
    assert f"{case.balm} contains bee products" in error_list(page)
    put(page, f"{use}-lubricant_id", case.product)
    press(page, "Save draft")
    assert page.locator("#errors").count() == 0
