"""What the rules say of the form as it stands is on the page at once, before anything is saved."""

import random
import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from clinic_notes.core import clock
from tests.browser.browsers import Visitors
from tests.browser.form_driver import enter, put
from tests.browser.patients import Case
from tests.cast import PASSWORD, Cast
from tests.stores import ON_ONE_STORE

pytestmark = [pytest.mark.browser, ON_ONE_STORE]

CLOT, THINNER, BRUISE = (
    f"answers-{item}-answer"
    for item in ("dvt_or_suspected", "anticoagulant", "ecchymosis_effusion")
)
PAUSE_MS = 50
"""What the page may wait after a choice before it asks, by its own clock."""
ROW = '[data-live="uses-0-id"]'
BRUISED = "answers-ecchymosis_effusion-places"
PRESSURE, STROKE, REGION = (f"uses-0-{name}" for name in ("pressure", "stroke", "region"))

CLASHES = {
    "a stop": ({}, CLOT, "no", "yes", "#safety", "No treatment today: blood clot"),
    "heavy on a blood thinner": (
        {PRESSURE: "heavy"}, THINNER, "no", "yes", ROW, "Pressure at most moderate today",
    ),
    "a bruised place": (
        {BRUISE: "yes", BRUISED: "calf:left"}, BRUISE, "no", "yes", ROW, "Left calf may not be",
    ),
    "a brush under heavy pressure": (
        {PRESSURE: "heavy"}, STROKE, "sweep", "brush", ROW, "with the stroke",
    ),
    "firm behind the knee": (
        {PRESSURE: "firm"}, REGION, "calf", "popliteal", ROW, "with at most moderate pressure",
    ),
}  # fmt: skip
"""What stands there; the field, a harmless choice, the clash; where the reason stands, its text."""


@pytest.fixture
def page(visitors: Visitors, cast: Cast, case: Case) -> Page:
    """Maya before the form of a new session."""
    page = visitors.signed_in(cast.maya)
    case.begin(page)
    return page


def settled(page: Page) -> None:
    """Wait until the server has answered what stands on the form now."""
    page.evaluate(
        "() => new Promise(done => {"
        "  const form = document.querySelector('form[data-findings]');"
        "  form.addEventListener('findings', done, { once: true });"
        "  form.dispatchEvent(new Event('change'));"
        "})"
    )


CHOOSE = """([name, value]) => {
  const fields = [...document.getElementsByName(name)];
  const field = fields.find(one => one.value === value) ?? fields[0];
  if (field.localName === 'select') {
    field.value = value;
    for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }));
  } else field.click();
}"""


@pytest.mark.parametrize("clash", CLASHES)
def test_a_clash_says_why_without_a_pause_after_the_choice(page: Page, clash: str) -> None:
    before, name, harmless, clashing, place, text = CLASHES[clash]
    enter(page, {"uses-0-minutes": "5", **before})
    put(page, name, harmless)
    settled(page)
    expect(page.locator(place)).not_to_contain_text(text)
    # From here the page's clock goes on by these milliseconds only, however slow the machine is.
    page.clock.install()
    page.clock.pause_at(clock.now() + timedelta(minutes=5))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate(CHOOSE, [name, clashing])
    page.clock.run_for(PAUSE_MS)
    expect(page.locator(place)).to_contain_text(text)
    # The rules were asked once, and nothing was saved: what was typed is kept aside.
    asked_of = [url.partition("?")[0].rpartition("/")[2] for url in asked]
    assert asked_of.count("findings") == 1
    assert {*asked_of} <= {"findings", "autosave", "still-here"}


PARTS = """() => Object.fromEntries(['rail', 'count', 'missing', 'note', 'map', 'verdict',
  'safety-notices', 'consent',
  ...[...document.querySelectorAll('#uses > [data-live]')].map(row => row.dataset.live)]
  .map(name => {
    const part = document.querySelector(`[data-live="${name}"]`).cloneNode(true);
    for (const own of part.querySelectorAll('[aria-current]')) own.removeAttribute('aria-current');
    for (const own of part.querySelectorAll('.body-map-message')) own.remove();
    const state = [...part.querySelectorAll('[data-state]')].map(e => e.dataset.state);
    const links = [...part.querySelectorAll('a')].map(e => e.getAttribute('href'));
    const out = [...part.querySelectorAll(':disabled')].map(e => `${e.name} ${e.value}`);
    const text = part.textContent.replace(/\\s+/g, ' ').trim();
    return [name, { text, state: state.sort(), links: links.sort(), out }];
  }))"""
FIELDS = """() => [...document.querySelectorAll('form [name]')].map(field => {
  const choice = /radio|checkbox|submit/.test(field.type) ? ` ${field.value}` : '';
  return { field, key: field.name + choice };
})"""
MARK = f"() => ({FIELDS})().map(({{ field, key }}) => {{ field.wasHere = true; return key; }})"
REPLACED = f"""before => ({FIELDS})()
  .filter(({{ field, key }}) => !field.wasHere && before.includes(key)).map(({{ key }}) => key)"""
EDITS = (
    ("uses-0-pressure", ("light", "moderate", "firm", "heavy")),
    ("uses-0-region", ("calf", "popliteal", "foot_plantar", "achilles")),
    ("uses-0-stroke", ("sweep", "brush", "fan")),
    ("uses-0-side", ("left", "right")),
    ("uses-0-minutes", ("5", "", "abc", "12")),
    ("uses-0-discomfort", ("3", "8")),
    ("pains-0-before", ("2", "7")),
    ("pains-0-after", ("9", "4")),
    ("skin_response", ("erythema", "none")),
    ("plan", ("Twice a week.", "")),
    ("assessment", ("Responded.",)),
    ("total_minutes", ("40", "20")),
    ("timed_minutes", ("24", "90")),
    (THINNER, ("yes", "no")),
    (CLOT, ("no", "yes", "no")),
    (BRUISE, ("yes", "no")),
    ("decision", ("treated", "not_treated", "treated")),
)


def test_after_thirty_edits_the_page_says_what_a_reload_says(page: Page, case: Case) -> None:
    chance = random.Random(20261128)  # noqa: S311 - it need not be secret.
    put(page, "uses-0-instrument_id", case.tool)
    before = page.evaluate(MARK)
    for number in range(30):
        name, values = chance.choice(EDITS)
        _change(page, name, chance.choice(values))
        if number % 5 != 4:
            continue
        settled(page)
        now = page.evaluate(PARTS)
        assert page.evaluate(REPLACED, before) == [], (number, name)
        with page.expect_response(lambda answer: answer.url.endswith("/autosave")):
            page.locator("h1").dispatch_event("pointerdown")
        page.goto(page.url)
        assert page.evaluate(PARTS) == now, (number, name)
        before = page.evaluate(MARK)


def _change(page: Page, name: str, value: str) -> None:
    page.evaluate(
        "([name, value]) => {"
        "  const fields = [...document.getElementsByName(name)];"
        "  const field = fields.find(one => one.value === value) ?? fields[0];"
        "  if (field.disabled) return;"
        "  if (field.type === 'radio') field.checked = field.value === value;"
        "  else field.value = value;"
        "  for (const type of ['input', 'change'])"
        "    field.dispatchEvent(new Event(type, { bubbles: true }));"
        "}",
        [name, value],
    )


def test_a_row_gets_what_its_new_region_has_and_keeps_what_is_typed(page: Page) -> None:
    enter(page, {"uses-0-minutes": "5", "uses-0-region": "thoracic"})
    row = page.locator(ROW)
    expect(row.locator('[name="uses-0-side"][value="midline"]')).to_be_attached()
    expect(row.locator("#uses-0-region-hint")).to_contain_text("Mid-back")
    row.locator('[name="uses-0-region"]').focus()
    put(page, "uses-0-region", "foot_plantar")
    expect(row.locator("#uses-0-tissues")).to_contain_text("Plantar fascia")
    expect(row.locator('[name="uses-0-side"][value="midline"]')).to_have_count(0)
    expect(row.locator('[name="uses-0-region"]')).to_be_focused()
    expect(row.locator('[name="uses-0-minutes"]')).to_have_value("5")


def test_a_new_row_has_the_cap_of_its_place_and_the_tool_of_the_row_above(
    page: Page, case: Case
) -> None:
    enter(page, {THINNER: "yes", "uses-0-instrument_id": case.tool})
    put(page, "uses-0-lubricant_id", case.product)
    above = page.locator('[name="uses-0-instrument_id"]').input_value()
    page.locator('button[name="add"][value="uses"]').click()
    settled(page)
    fields = page.evaluate(MARK)
    enter(page, {"uses-1-region": "popliteal", "uses-1-side": "left"})
    expect(page.locator('[name="uses-1-instrument_id"]')).to_have_value(above)
    for pressure in ("firm", "heavy"):
        expect(page.locator(f'[name="uses-1-pressure"][value="{pressure}"]')).to_be_disabled()
    expect(page.locator("#uses-1-pressure-hint")).to_contain_text("Pressure at most moderate")
    # Whoever types in a field that another takes the place of, types into nothing.
    assert page.evaluate(REPLACED, fields) == []


def test_the_missing_count_leads_to_the_next_gap(page: Page) -> None:
    count = page.locator(".open-count a")
    expect(count).to_contain_text("things missing")
    count.click()
    assert page.evaluate("document.querySelector(location.hash).offsetParent !== null")


class Hands:
    """Work a form by taps or keys, and count."""

    def __init__(self, page: Page, *, by_keys: bool) -> None:
        self.page, self.by_keys, self.interactions = page, by_keys, 0

    def act(self, selector: str, key: str = " ") -> None:
        """Press a button or choose a chip."""
        target = self.page.locator(selector).first
        if self.by_keys:
            target.focus()
            self.page.keyboard.press(key)
        else:
            target.click(force=True)
        self.interactions += 1

    def type(self, selector: str, text: str) -> None:
        """Fill a field."""
        self.page.locator(selector).fill(text)
        self.interactions += 1


@pytest.mark.parametrize("way", ["taps", "keys", "no javascript"])
def test_a_stop_is_signed_as_not_treated_in_at_most_eight_interactions(
    visitors: Visitors, cast: Cast, case: Case, way: str
) -> None:
    page = visitors.signed_in(cast.maya, java_script_enabled=way != "no javascript")
    case.begin(page)
    hands = Hands(page, by_keys=way == "keys")
    hands.act(f'[name="{CLOT}"][value="yes"]')
    if way == "no javascript":
        with page.expect_navigation():
            hands.act('button[name="then"][value="save"]:not(.visually-hidden)')
    hands.act("button[name=not_treated]", "Enter")
    expect(page.locator('[name="not_treated_reason"]')).to_have_value(re.compile("clot"))
    hands.type('[name="referral"]', "Dr. Ferreira, telephoned at 14:20")
    hands.act('[name="patient_informed"]')
    with page.expect_navigation():
        hands.act('button[name="then"][value="sign"]', "Enter")
    hands.type('[name="password"]', PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_text("Screened, not treated", exact=True).first).to_be_visible()
    # The last key, Enter.
    assert hands.interactions + 1 <= 8
