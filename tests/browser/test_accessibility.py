"""axe finds nothing on any page: light and dark, on a desk and in the hand."""

import re
from asyncio import AbstractEventLoop
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask, template_rendered
from jinja2 import Template
from playwright.sync_api import Browser, Page, ViewportSize

from clinic_notes import create_app
from clinic_notes.accounts import actions as accounts
from clinic_notes.core import schema
from clinic_notes.core.db import db
from clinic_notes.core.transaction import one_transaction
from clinic_notes.paths import PACKAGE, shipped
from tests.browser.browsers import Visitors
from tests.browser.conftest import at_work, serving
from tests.browser.form_driver import press
from tests.browser.layout import layout_faults
from tests.browser.page_catalogue import PAGES, SET_UP, SHOWN
from tests.browser.populated_clinic import Clinic, furnish, furnished
from tests.cast import Cast
from tests.fixture_types import ActingAs
from tests.stores import ON_ONE_STORE, EmbeddedStore

pytestmark = pytest.mark.browser

TEMPLATES = shipped("templates")
STYLES = PACKAGE / "static" / "css"

SIZES: tuple[ViewportSize, ...] = ({"width": 1280, "height": 800}, {"width": 820, "height": 1180})
SMALLER = SIZES[1:]
EVERY_SIZE = {"session, filled", "session, its keys"}
"""The pages that are looked at at every size: a full session form, and its keys.

Between the two sizes the styles hide the keys and colour the ground of the form's steps, nothing
else (a test below; docs/adr/0020). The others are looked at at the smaller one, where more scrolls.
"""
SCHEMES: tuple[tuple[Literal["light", "dark"], list[str]], ...] = (
    ("light", []),
    ("dark", ["color-contrast", "link-in-text-block"]),
)
"""The rules that axe tries in each: in the dark those of colours, for nothing else differs
there (tests/test_styles.py). None named is all of them."""
PRINTED = {"documents.note", "documents.for_patient", "documents.report"}
"""Their structure is tried in tests/documents."""
NOT_PAGES = PRINTED | {
    "assets.asset", "outcomes.export_csv", "outcomes.export_xlsx", "trail.export", "static",
    "bootstrap.static", "health.up", "health.ready", "charting.reopen",
    "snippets.listed", "accounts.still_here",
}  # fmt: skip
FINDINGS = "charting/session_form/findings.html"
"""Parts of the session form, which its own page asks for while it is filled in."""
# A colour on its way from light to dark is neither: axe waits for the buttons to have changed.
# What is folded away is not drawn, so its change would never be done.
VIOLATIONS = """async (rules) => {
  await new Promise(requestAnimationFrame);
  const drawn = change => change.effect.target.checkVisibility();
  await Promise.all(document.getAnimations().filter(drawn).map(change => change.finished));
  const some = rules.length ? {runOnly: rules} : {};
  const found = await axe.run(document, {resultTypes: ["violations"], ...some});
  return found.violations.flatMap(rule => rule.nodes.map(node =>
    `${rule.id}: ${node.target.join(" ")} (${rule.help}) ${node.any[0]?.message ?? ""}`));
}"""


@pytest.fixture
def clinic(sqlite_store: EmbeddedStore, acting_as: ActingAs, cast: Cast, app: Flask) -> Clinic:
    """A furnished clinic: every test's own copy of one."""
    facts = sqlite_store.furnished("clinic", lambda: furnish(acting_as, cast))
    return furnished(facts, acting_as, cast, app)


@pytest.fixture
def shown() -> Iterator[list[str]]:
    """Return the templates of the pages that were shown during this test."""
    names: list[str] = []

    def note(sender: Flask, *, template: Template, **_: object) -> None:
        if template.name != FINDINGS:
            names.append(template.name or "")

    with template_rendered.connected_to(note):
        yield names


def shows(page: str) -> set[str]:
    """Return the templates that are looked at on the page of this name."""
    return {template for template, name in SHOWN.items() if name == page}


@ON_ONE_STORE
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(
    name: str, visitors: Visitors, cast: Cast, clinic: Clinic, shown: list[str]
) -> None:
    _, who, go = PAGES[name]
    person = cast.everyone().get(who)
    page = visitors.signed_in(person) if person else visitors.anybody()
    go(page, clinic)
    assert shows(name) <= {*shown[-1:]}
    assert violations(page, SIZES if name in EVERY_SIZE else SMALLER) == []
    assert "\n".join(layout_faults(page)) == ""


def test_axe_finds_nothing_where_a_clinic_is_set_up(
    chromium: Browser, loop: AbstractEventLoop, tmp_path: Path, shown: list[str]
) -> None:
    app = create_app({"INSTANCE": str(tmp_path)})
    with app.app_context(), one_transaction():
        schema.upgrade(db.engine)
        link = accounts.offer_setup()
    with serving(app) as address, at_work(loop):
        visitors = Visitors(chromium, address)
        page = visitors.anybody()
        page.goto(f"/setup/{link}")
        assert shows(SET_UP) == {*shown}
        assert violations(page) == []
        press(page, "Open the clinic")
        assert violations(page) == []
        visitors.leave()
    assert visitors.faults == []


def violations(page: Page, sizes: Sequence[ViewportSize] = SMALLER) -> list[str]:
    """Return what axe finds on the page as it is: light and dark, at each of these sizes."""
    found = []
    page.evaluate(Axe().axe_script)
    for scheme, rules in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        for size in sizes:
            page.set_viewport_size(size)
            lines = page.evaluate(VIOLATIONS, rules)
            found += [f"{scheme}, {size['width']} px wide: {line}" for line in lines]
    return found


def test_between_the_sizes_styles_hide_and_colour_only_what_is_looked_at_at_both() -> None:
    small, large = sorted(size["width"] for size in SIZES)
    styles = "".join(file.read_text() for file in STYLES.glob("*.css"))
    between = [
        block
        for query, block in re.findall(r"@media([^{]*width[^{]*)\{(.*?)\n\}", styles, re.S)
        if any(small < int(width) <= large for width in re.findall(r"(\d+)px", query))
    ]
    assert len(between) > 4
    changed = r"^ +((?:display: none|visibility|opacity|color|background|content).*)"
    found = [line for block in between for line in re.findall(changed, block, re.MULTILINE)]
    # The ground behind the steps of the form, and its keys.
    assert sorted(found) == ["background: var(--sunk);", "display: none;"]


@ON_ONE_STORE
def test_no_page_is_left_out(app: Flask) -> None:
    views = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    looked_at = {endpoint for endpoint, _, _ in PAGES.values() if endpoint}
    assert views - NOT_PAGES == looked_at | {"accounts.setup"}


def test_no_template_is_left_out() -> None:
    names = {str(file.relative_to(TEMPLATES)) for file in TEMPLATES.rglob("*.html")}
    pages = {name for name in names if not re.search(r"^base\.html|^macros/|(^|/)_", name)}
    assert pages - {FINDINGS} == SHOWN.keys()
    assert set(SHOWN.values()) <= {*PAGES, SET_UP}
