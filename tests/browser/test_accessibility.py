"""axe finds nothing on any page: light and dark, on a desk and in the hand."""

from asyncio import AbstractEventLoop
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page

from clinic_notes import create_app
from clinic_notes.accounts import actions as accounts
from clinic_notes.core import schema
from clinic_notes.core.db import db
from clinic_notes.core.doorway import one_transaction
from tests import making
from tests.browser.conftest import at_work, serving
from tests.browser.hands import enter, press, put
from tests.browser.patients import Entered
from tests.browser.visitors import Visitors
from tests.cast import PASSWORD, Cast
from tests.conftest import Store

pytestmark = pytest.mark.browser

SIZES = ({"width": 1280, "height": 800}, {"width": 820, "height": 1180})
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
NOT_PAGES = {"static", "bootstrap.static", "health.up", "health.ready"}
# A colour on its way from light to dark is neither: axe waits for the buttons to have changed.
# What is folded away is not drawn, so its change would never be done.
VIOLATIONS = """async () => {
  await new Promise(requestAnimationFrame);
  const drawn = change => change.effect.target.checkVisibility();
  await Promise.all(document.getAnimations().filter(drawn).map(change => change.finished));
  const found = await axe.run(document, {resultTypes: ["violations"]});
  return found.violations.flatMap(rule => rule.nodes.map(node =>
    `${rule.id}: ${node.target.join(" ")} (${rule.help}) ${node.any[0]?.message ?? ""}`));
}"""


@dataclass(frozen=True)
class Clinic:
    """A clinic with something on every page."""

    patient: int
    bare: int
    episode: int
    draft: int
    open: int
    signed: int
    instrument: int
    lubricant: int
    person: int
    invitation: str


@pytest.fixture
def store(sqlite_store: Store) -> Store:
    """One store is enough here: what a page looks like does not depend on it."""
    sqlite_store.refresh()
    return sqlite_store


@pytest.fixture
def clinic(entered: Entered, cast: Cast) -> Clinic:
    return furnish(entered, cast)


def furnish(entered: Entered, cast: Cast) -> Clinic:
    """Put something on every page."""
    maya = cast.maya
    with entered(maya):
        patient, bare = making.make_patient(maya), making.make_patient(maya)
        signed = making.open_visit(maya, patient=patient)
        making.sign(signed.id, maya)
        making.amend(signed.id, maya)
        draft = making.open_visit(maya, patient=patient)
        unfinished = making.open_visit(maya, patient=patient, plan="", answers=())
        tool, product = making.make_instrument(maya), making.make_lubricant(maya)
        facts = {
            "patient": patient.id, "bare": bare.id, "episode": signed.episode_id,
            "draft": draft.id, "open": unfinished.id, "signed": signed.id,
            "instrument": tool.id, "lubricant": product.id,
        }  # fmt: skip
    with entered(cast.root):
        link = accounts.invite(cast.sam, by=cast.root)
    return Clinic(**facts, person=cast.sam.id, invitation=link)


def at(path: str) -> Callable[[Page, Clinic], None]:
    """Go to an address."""
    return lambda page, clinic: (page.goto(path.format_map(vars(clinic))), None)[1]


def sent(path: str, button: str, **fields: str) -> Callable[[Page, Clinic], None]:
    """Go there, enter these fields, and press the button."""

    def go(page: Page, clinic: Clinic) -> None:
        page.goto(path.format_map(vars(clinic)))
        enter(page, fields)
        press(page, button)

    return go


def repeated(page: Page, clinic: Clinic) -> None:
    """Repeat a session, with the lists of past sessions and of what may have changed open."""
    page.goto(f"/patients/{clinic.patient}/visits/new?episode={clinic.episode}&repeat=last")
    page.locator("#safety .changed > summary").click()
    page.locator("#treatment .repeat summary").click()


def with_keys(page: Page, clinic: Clinic) -> None:
    """Look at the list of shortcuts, and leave a number that cannot be right behind."""
    page.goto(f"/visits/{clinic.draft}/edit")
    put(page, "total_minutes", "600")
    page.get_by_role("button", name="Keys").click()


def conflict(page: Page, clinic: Clinic) -> None:
    """Save a session that was saved in another window meanwhile."""
    page.goto(f"/visits/{clinic.draft}/edit")
    other = page.context.new_page()
    sent("/visits/{draft}/edit", "Save draft", plan="Rest.")(other, clinic)
    other.close()
    put(page, "plan", "Taping.")
    press(page, "Save draft")


def nothing_chosen(page: Page, clinic: Clinic) -> None:
    """Send the choices of two versions unmade: what this page opened is not known."""
    page.goto(f"/visits/{clinic.draft}/edit")
    page.locator("[name=opened], [name=version]").evaluate_all(
        "fields => fields.forEach(field => { field.value = '' })"
    )
    put(page, "plan", "Taping.")
    press(page, "Save draft")
    press(page, "Save with these choices")


def signed_meanwhile(page: Page, clinic: Clinic) -> None:
    """Send words for a note that was signed in another window meanwhile."""
    page.goto(f"/visits/{clinic.draft}/edit")
    other = page.context.new_page()
    other.goto(f"/visits/{clinic.draft}/sign")
    other.get_by_label("Your password").fill(PASSWORD)
    press(other, "Sign")
    other.close()
    put(page, "plan", "Taping.")
    press(page, "Save draft")


def typed_before(page: Page, clinic: Clinic) -> None:
    """Open a form that was typed in and not saved, and think of throwing it away."""
    for _ in range(2):
        page.goto(f"/patients/{clinic.patient}/visits/new")
        put(page, "plan", "Taping.")
        page.locator("[data-saved]", has_text="Saved").wait_for()
    page.get_by_text("Throw it away").click()


def signed_out(page: Page, clinic: Clinic) -> None:
    """Be asked for the password over an open form."""
    page.goto(f"/visits/{clinic.draft}/edit")
    page.locator("[data-again]").evaluate("button => { button.hidden = false; button.click(); }")


def on_the_map(page: Page, clinic: Clinic) -> None:
    """Treat two regions of the body map, one said how hard, and unfold its list."""
    page.goto(f"/visits/{clinic.open}/edit")
    for summary in ("All regions as a list", "Lower leg and foot"):
        page.get_by_text(summary).click()
    for ankle in ("Ankle, left", "Ankle, right"):
        page.get_by_role("button", name=ankle).click()
    put(page, "uses-1-pressure", "firm")


# By name: the view it belongs to, who looks, and how one gets there.
PAGES: dict[str, tuple[str, str, Callable[[Page, Clinic], None]]] = {
    "sign in": ("accounts.enter", "", at("/sign-in")),
    "sign in, refused": ("accounts.enter", "", sent("/sign-in", "Sign in", email="x")),
    "invitation": ("accounts.invitation", "", at("/invitations/{invitation}")),
    "today": ("charting.today", "maya", at("/")),
    "today, empty": ("charting.today", "jonas", at("/")),
    "patients": ("patients.index", "maya", at("/patients")),
    "patients, none yet": ("patients.index", "stranger", at("/patients")),
    "patients, none found": ("patients.index", "maya", sent("/patients", "Find", text="zzzzzz")),
    "register": ("patients.new", "maya", at("/patients/new")),
    "register, refused": ("patients.new", "maya", sent("/patients/new", "Register", mrn="")),
    "edit a patient": ("patients.edit", "maya", at("/patients/{patient}/edit")),
    "open an episode": ("patients.new_episode", "maya", at("/patients/{patient}/episodes/new")),
    "episode, refused": (
        "patients.new_episode", "maya",
        sent("/patients/{bare}/episodes/new", "Open episode", planned_visits="x"),
    ),
    "edit an episode": ("patients.edit_episode", "maya", at("/episodes/{episode}/edit")),
    "patient": ("progress.patient", "maya", at("/patients/{patient}")),
    "patient, nothing yet": ("progress.patient", "maya", at("/patients/{bare}")),
    "new session": ("charting.new", "maya", at("/patients/{patient}/visits/new")),
    "session, repeated": ("charting.new", "maya", repeated),
    "session, filled": ("charting.edit", "maya", at("/visits/{draft}/edit")),
    "session, its keys": ("charting.edit", "maya", with_keys),
    "session, refused": (
        "charting.edit", "maya", sent("/visits/{draft}/edit", "Save draft", total_minutes="3,5"),
    ),
    "session, changed meanwhile": ("charting.edit", "maya", conflict),
    "session, nothing chosen": ("charting.edit", "maya", nothing_chosen),
    "session, signed meanwhile": ("charting.edit", "maya", signed_meanwhile),
    "session, typed before": ("charting.new", "maya", typed_before),
    "session, signed out": ("charting.edit", "maya", signed_out),
    "session, on the body map": ("charting.edit", "maya", on_the_map),
    "sign": ("charting.sign", "maya", at("/visits/{draft}/sign")),
    "sign, things missing": ("charting.sign", "maya", at("/visits/{open}/sign")),
    "note, draft": ("charting.show", "maya", at("/visits/{draft}")),
    "note, signed": ("charting.show", "maya", at("/visits/{signed}")),
    "add to a note": ("charting.amend", "maya", at("/visits/{signed}/addenda")),
    "add to a note, refused": (
        "charting.amend", "maya", sent("/visits/{signed}/addenda", "Add to the note", text=""),
    ),
    "pace": ("charting.pace", "maya", at("/pace")),
    "pace, nothing signed": ("charting.pace", "jonas", at("/pace")),
    "the clinic's pace": ("charting.clinic_pace", "lena", at("/pace/clinic")),
    "instruments": ("equipment.instruments", "maya", at("/equipment/instruments")),
    "instruments, none yet": (
        "equipment.instruments", "stranger", at("/equipment/instruments"),
    ),
    "lubricants, none yet": ("equipment.lubricants", "stranger", at("/equipment/lubricants")),
    "add an instrument": ("equipment.new_instrument", "maya", at("/equipment/instruments/new")),
    "instrument, refused": (
        "equipment.new_instrument", "maya", sent("/equipment/instruments/new", "Add", name=""),
    ),
    "an instrument": (
        "equipment.edit_instrument", "maya", at("/equipment/instruments/{instrument}/edit"),
    ),
    "lubricants": ("equipment.lubricants", "maya", at("/equipment/lubricants")),
    "add a lubricant": ("equipment.new_lubricant", "maya", at("/equipment/lubricants/new")),
    "a lubricant": (
        "equipment.edit_lubricant", "maya", at("/equipment/lubricants/{lubricant}/edit"),
    ),
    "people": ("accounts.people", "root", at("/people")),
    "admit a person": ("accounts.admit", "root", at("/people/new")),
    "admit, refused": ("accounts.admit", "root", sent("/people/new", "Admit", name="")),
    "a link for a person": ("accounts.invite", "root", at("/people/{person}/invite")),
    "not here (404)": ("", "maya", at("/patients/999999")),
    "not open to her (403)": ("", "sam", at("/people")),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(name: str, visitors: Visitors, cast: Cast, clinic: Clinic) -> None:
    _, who, go = PAGES[name]
    person = cast.everyone().get(who)
    page = visitors.sign_in(person) if person else visitors.anybody()
    go(page, clinic)
    assert violations(page) == []


def test_axe_finds_nothing_where_a_clinic_is_set_up(
    chromium: Browser, loop: AbstractEventLoop, tmp_path: Path
) -> None:
    app = create_app({"INSTANCE": str(tmp_path)})
    with app.app_context(), one_transaction():
        schema.upgrade(db.engine)
        link = accounts.offer_setup()
    with serving(app) as address, at_work(loop):
        visitors = Visitors(chromium, address)
        page = visitors.anybody()
        page.goto(f"/setup/{link}")
        assert violations(page) == []
        press(page, "Open the clinic")
        assert violations(page) == []
        visitors.leave()
    assert visitors.faults == []


def violations(page: Page) -> list[str]:
    """Return what axe finds on the page as it is: light and dark, at each size."""
    found = []
    page.evaluate(Axe().axe_script)
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for size in SIZES:
            page.set_viewport_size(size)
            lines = page.evaluate(VIOLATIONS)
            found += [f"{scheme}, {size['width']} px wide: {line}" for line in lines]
    return found


def test_no_page_is_left_out(app: Flask) -> None:
    views = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    looked_at = {endpoint for endpoint, _, _ in PAGES.values() if endpoint}
    assert views - NOT_PAGES == looked_at | {"accounts.setup"}
