"""Rows of readings come and go in both of their sections, and say what they are about at once."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.browsers import Visitors
from tests.browser.form_driver import press
from tests.browser.patients import Case
from tests.cast import Cast
from tests.stores import ON_ONE_STORE

pytestmark = [pytest.mark.browser, ON_ONE_STORE]

FIRST = {"pains": "context", "roms": "movement", "strengths": "movement", "measures": "measure"}
"""The lists of pairs, each with the control the hand goes on in."""
ALSO = {"uses": "instrument_id", "interventions": "kind", "effects": "effect"}
SAID = "field => document.getElementById(`${field.id}-error`)?.textContent ?? ''"
NAMES = "fields => fields.map(field => field.name)"


@pytest.fixture
def page(case: Case, visitors: Visitors, cast: Cast) -> Page:
    page = visitors.signed_in(cast.maya)
    case.begin(page)
    page.on("dialog", lambda dialog: dialog.accept())
    return page


def add(page: Page, rows: str) -> str:
    """Add a row and return its name; the page stays."""
    before = page.evaluate("window.stays = true")
    assert before
    page.locator(f"button[name=add][value={rows}]").click()
    name = str(page.evaluate("document.activeElement.name"))
    assert page.evaluate("window.stays"), "the page was loaded anew"
    return name.rpartition("-")[0]


def half(page: Page, section: str, row: str) -> Locator:
    return page.locator(f"#{section} [data-row-name='{row}']")


@pytest.mark.parametrize("rows", FIRST)
def test_a_pair_comes_and_goes_in_both_sections_without_a_reload(page: Page, rows: str) -> None:
    carried_forward = page.locator(f"#before [data-row-name^={rows}-]").count()
    row = add(page, rows)
    assert row == f"{rows}-{carried_forward}"
    expect(page.locator(f"[name='{row}-{FIRST[rows]}']")).to_be_focused()
    for section, end in (("before", "before"), ("after", "after")):
        expect(half(page, section, row)).to_be_visible()
        assert f"{row}-{end}" in half(page, section, row).locator("[name]").evaluate_all(NAMES)
    half(page, "before", row).get_by_role("button", name="Take this").click()
    assert page.locator(f"[name^='{row}-']").count() == 0
    page.get_by_role("button", name="Put it back").click()
    for section in ("before", "after"):
        expect(half(page, section, row)).to_be_visible()
    expect(page.locator(f"[name='{row}-{FIRST[rows]}']")).to_be_focused()


def test_a_new_movement_says_its_name_its_sign_and_its_limits_at_once(page: Page) -> None:
    row = add(page, "roms")
    page.locator(f"[name='{row}-movement']").select_option("elbow_extension")
    page.locator(f"[name='{row}-side']").select_option("left")
    page.locator(f"[name='{row}-mode']").select_option("active")
    # What a minus means stands beside the field, and no fold hides it.
    page.locator(f"#roms [data-row-name='{row}'] details > summary").click()
    for section in ("before", "after"):
        field = page.get_by_label(f"Elbow extension, left, {section}", exact=True)
        expect(field).to_have_attribute("name", f"{row}-{section}")
        minus = half(page, section, row).get_by_text("Negative: cannot reach straight").first
        expect(minus).to_be_visible()
        assert minus.get_attribute("id") in (field.get_attribute("aria-describedby") or "")
        sign = half(page, section, row).locator(".plus-minus-button")
        assert (
            sign.get_attribute("aria-label") == f"Plus or minus, Elbow extension, left, {section}"
        )
        field.fill("-91")
        field.blur()
        expect(field).to_have_attribute("aria-invalid", "true")
    expect(half(page, "before", row).locator("[data-hint=norm]")).to_have_text("0° AAOS")
    said = [page.locator(f"[name='{row}-{end}']").evaluate(SAID) for end in ("before", "after")]
    press(page, "Save draft")
    by_server = [page.locator(f"[name='{row}-{e}']").evaluate(SAID) for e in ("before", "after")]
    assert said == by_server
    assert all(said)


def test_a_row_that_is_chosen_anew_forgets_what_it_was_told(page: Page) -> None:
    row = add(page, "roms")
    movement = page.locator(f"[name='{row}-movement']")
    movement.select_option("elbow_extension")
    field = page.locator(f"[name='{row}-before']")
    field.fill("-20")
    field.blur()
    assert field.evaluate(SAID) == ""
    movement.select_option("elbow_flexion")
    assert "Elbow flexion: 0°" in field.evaluate(SAID)
    expect(half(page, "before", row).locator(".plus-minus-button")).to_have_count(0)
    expect(half(page, "before", row).get_by_text("Negative:")).to_have_count(0)


def test_the_other_kinds_are_named_and_measured_as_chosen(page: Page) -> None:
    pain, strength, test = (add(page, rows) for rows in ("pains", "strengths", "measures"))
    page.locator(f"[name='{pain}-context']").select_option("movement")
    page.locator(f"[name='{pain}-detail']").fill("stairs")
    page.locator(f"[name='{pain}-detail']").blur()
    for end in ("before", "after"):
        expect(
            page.get_by_role("radiogroup", name=f"Pain with movement, stairs {end}")
        ).to_be_visible()
    page.locator(f"[name='{strength}-movement']").select_option("elbow_flexion")
    page.locator(f"[name='{strength}-side']").select_option("right")
    expect(page.get_by_role("group", name="Strength of elbow flexion, right")).to_have_count(2)
    newtons = page.locator(f"[name='{strength}-after']")
    newtons.fill("2000")
    newtons.blur()
    assert newtons.evaluate(SAID) == "Strength of elbow flexion: 0 N to 1000 N."
    page.locator(f"[name='{test}-measure']").select_option("sit_reach_cm")
    expect(page.locator(f"[id='{test}-after-unit']")).to_have_text("cm")
    expect(half(page, "after", test).get_by_text("Negative: short of it")).to_be_visible()
    page.locator(f"[name='{test}-measure']").select_option("girth_cm")
    expect(half(page, "before", test).get_by_text("Negative: short of it")).to_have_count(0)
    assert page.locator(f"[id='{test}-detail-hint']").inner_text() != ""
    for end in ("before", "after"):
        page.locator(f"[name='{test}-{end}']").fill("36")
        page.locator(f"[name='{test}-{end}']").blur()
    page.locator(f"[name='{test}-before']").fill("37.5")
    page.locator(f"[name='{test}-before']").blur()
    expect(half(page, "after", test).locator("output")).to_have_text("37.5 to 36, 1.5 cm less")


def test_both_halves_of_a_row_are_saved_together(page: Page) -> None:
    row = add(page, "roms")
    for field, value in (("movement", "elbow_extension"), ("side", "left"), ("mode", "active")):
        page.locator(f"[name='{row}-{field}']").select_option(value)
    page.locator(f"[name='{row}-before']").fill("-12.5")
    page.locator(f"[name='{row}-after']").fill("-4")
    press(page, "Save draft")
    assert page.locator("#errors").count() == 0
    for end, value in (("before", "-12.5"), ("after", "-4")):
        expect(page.get_by_label(f"Elbow extension, left, {end}", exact=True)).to_have_value(value)


@pytest.mark.parametrize("rows", FIRST | ALSO)
def test_without_scripts_the_hand_goes_on_in_the_row_that_came(
    rows: str, case: Case, visitors: Visitors, cast: Cast
) -> None:
    page = visitors.signed_in(cast.maya, java_script_enabled=False)
    case.begin(page)
    first = (FIRST | ALSO)[rows]
    carried_forward = page.locator(f"main [name^={rows}-][name$='-{first}']").count()
    with page.expect_navigation():
        page.locator(f"button[name=add][value={rows}]").click()
    expect(page.locator(f"[name='{rows}-{carried_forward}-{first}']")).to_be_focused()
