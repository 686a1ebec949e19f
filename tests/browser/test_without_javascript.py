"""Scripts only make it quicker: a session is recorded and signed the same way without them."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsers import Visitors
from tests.browser.form_driver import Row, fill_in, press, put, row_name, sign
from tests.browser.notes import note_on
from tests.browser.patients import CALF, Case, make_case, past_treatment
from tests.cast import Cast
from tests.fixture_types import ActingAs
from tests.stores import ON_ONE_STORE

pytestmark = [pytest.mark.browser, ON_ONE_STORE]

STRETCH = Row.of("interventions", kind="stretch")
GIRTH = Row.of("measures", measure="girth_cm", side="left")
CLOCK = re.compile(r"\b\d\d:\d\d\b")
# What stands in every field, the tokens left out: they are new on every page.
FIELDS = """() => [...document.querySelectorAll("main [name]")]
  .filter(field => !["csrf_token", "once", "refused", "form_instance", "restored_from"]
    .includes(field.name))
  .filter(field => field.type != "submit")
  .filter(field => !["radio", "checkbox"].includes(field.type) || field.checked)
  .filter(field => field.type != "hidden" || field.value)
  .map(field => `${field.name}=${field.value}`)"""


def record(page: Page, case: Case) -> dict[str, str]:
    """Record a session with rows added, sign it, and return its note."""
    case.begin(page)
    added = [
        ((STRETCH, "detail"), "3 x 30 s"),
        ((GIRTH, "detail"), "calf"),
        ((GIRTH, "before"), "36.8"),
    ]
    fill_in(page, [*past_treatment(case), *added], save="Save draft")
    press(page, "All asked", exact=False)
    # The blood thinner on her record is confirmed by itself.
    press(page, "No change:", exact=False)
    put(page, "answers-anticoagulant-reason", "skin sound, dose unchanged")
    put(page, "answers-anticoagulant-mitigation", "reduce_pressure")
    press(page, "Save draft")
    sign(page)
    return note_on(page)


def without_minutes(note: dict[str, str]) -> dict[str, str]:
    """Return the note with every clock reading as 00:00: the two are made a moment apart."""
    return {name: CLOCK.sub("00:00", value) for name, value in note.items()}


def test_the_same_session_makes_the_same_note_with_and_without_scripts(
    visitors: Visitors, acting_as: ActingAs, cast: Cast
) -> None:
    case = make_case(acting_as, cast.maya)
    other = replace(case, patient_id=make_case(acting_as, cast.maya).patient_id)
    assert not visitors.anybody(java_script_enabled=False).evaluate("() => false")
    without = record(visitors.sign_in(cast.maya, java_script_enabled=False), case)
    with_scripts = record(visitors.sign_in(cast.maya), other)
    assert without["badge"] == "Signed"
    assert without["Pain now, after"] == "4"
    assert without["Girth, left, before"] == "36.8 cm"
    without, with_scripts = without_minutes(without), without_minutes(with_scripts)
    assert without["signed by"].startswith("Maya Reyes, PT, DPT, author, signed ")
    assert without == with_scripts


def test_a_refused_form_gives_back_every_word(
    visitors: Visitors, acting_as: ActingAs, cast: Cast
) -> None:
    case = make_case(acting_as, cast.maya)
    page = visitors.sign_in(cast.maya, java_script_enabled=False)
    case.begin(page)
    for field, value in past_treatment(case):
        put(
            page,
            field if isinstance(field, str) else f"{row_name(page, field[0])}-{field[1]}",
            value,
        )
    put(page, "total_minutes", "3,5")
    typed = page.evaluate(FIELDS)
    press(page, "Save draft")
    assert "3,5" in page.locator("#errors").inner_text()
    assert page.evaluate(FIELDS) == typed


def test_a_row_is_taken_away_without_losing_the_others(
    visitors: Visitors, acting_as: ActingAs, cast: Cast
) -> None:
    case = make_case(acting_as, cast.maya)
    page = visitors.sign_in(cast.maya, java_script_enabled=False)
    case.begin(page)
    put(page, f"{row_name(page, CALF)}-minutes", "5")
    second = row_name(page, Row.of("uses", region="foot_plantar", side="left"))
    put(page, f"{second}-minutes", "7")
    first = row_name(page, CALF)
    with page.expect_navigation():
        page.locator(f'button[name="drop"][value="{first}"]').click()
    minutes = page.locator('[name^="uses-"][name$="-minutes"]')
    expect(minutes).to_have_count(1)
    expect(minutes).to_have_value("7")
