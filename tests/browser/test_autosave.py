"""Nothing typed is lost, by closing, without a network, signed out; and none of it stays here."""

import re
from datetime import timedelta
from functools import partial

import pytest
from playwright.sync_api import BrowserContext, Dialog, Page, expect
from sqlalchemy import select, update

from clinic_notes.accounts.models import BrowserSession
from clinic_notes.charting.models import AutosavedForm
from clinic_notes.core import clock
from clinic_notes.core.db import db
from tests import drafts, factories
from tests.browser.browsers import Visitors
from tests.browser.form_driver import press
from tests.browser.patients import Case
from tests.browser.waiting import wait_for
from tests.cast import PASSWORD, Cast
from tests.fixture_types import ActingAs

pytestmark = pytest.mark.browser

SAVED, UNSAVED = re.compile(r"Saved \d\d:\d\d"), re.compile(r"Not saved since \d\d:\d\d")
STORED = """async () => ({
  local: localStorage.length, session: sessionStorage.length, caches: (await caches.keys()).length,
  databases: (await indexedDB.databases()).length, cookies: document.cookie.length,
})"""


@pytest.fixture
def page(visitors: Visitors, case: Case, cast: Cast) -> Page:
    page = visitors.signed_in(cast.maya)
    case.begin(page)
    return page


def write(page: Page, words: str) -> None:
    page.get_by_label("Subjective").fill(words)


def status(page: Page) -> str:
    return page.locator(".save-status").inner_text()


def autosaved(acting_as: ActingAs, cast: Cast) -> list[str]:
    with acting_as(cast.maya):
        forms = db.session.scalars(select(AutosavedForm).where(AutosavedForm.fields != ""))
        return [dict(form.typed)["subjective"] for form in forms]


def is_autosaved(acting_as: ActingAs, cast: Cast, words: str) -> bool:
    return any(words in text for text in autosaved(acting_as, cast))


def sign_in_again(page: Page) -> None:
    """Give the password over the open form, wrong and then right."""
    page.get_by_role("button", name="sign in again").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Password").fill("not it")
    dialog.get_by_role("button", name="Sign in").click()
    expect(dialog.get_by_role("alert")).to_have_text("The password is not right.")
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in").click()


def test_what_was_typed_is_saved_in_a_pause_and_back_after_closing(
    page: Page, case: Case, acting_as: ActingAs, cast: Cast
) -> None:
    asked: list[Dialog] = []
    page.on("dialog", lambda dialog: asked.append(dialog) or dialog.accept())
    assert status(page) == "Not saved yet"
    write(page, "Tight on stairs")
    expect(page.locator(".save-status")).to_have_text(SAVED)
    assert page.evaluate(STORED) == dict.fromkeys(
        ("local", "session", "caches", "databases", "cookies"), 0
    )
    context = page.context
    page.close(run_before_unload=True)
    again = context.new_page()
    case.begin(again)
    # All of it was autosaved, so nobody was asked whether to leave.
    assert asked == []
    expect(again.get_by_label("Subjective")).to_have_value("Tight on stairs")
    expect(again.locator(".autosave-restored")).to_contain_text(
        re.compile(r"Unsaved changes from \d\d:\d\d restored")
    )
    write(again, "Tight on stairs, and more")
    expect(again.locator(".autosave-restored")).to_be_visible()
    again.goto("/")
    wait_for(again, lambda: autosaved(acting_as, cast), ["Tight on stairs, and more"])
    again.get_by_role("link", name=case.name).first.click()
    again.get_by_text("Discard").first.click()
    press(again, "Discard what I typed")
    expect(again.get_by_label("Subjective")).to_have_value("")
    assert autosaved(acting_as, cast) == []


def test_who_types_without_a_pause_for_ten_seconds_has_autosaved_what_came_before(
    visitors: Visitors, case: Case, acting_as: ActingAs, cast: Cast
) -> None:
    page = visitors.signed_in(cast.maya)
    page.clock.install()
    case.begin(page)
    # The page's clock goes on only as she types, a word each second: a pause is never seen.
    page.clock.pause_at(clock.now() + timedelta(minutes=5))
    page.get_by_label("Subjective").focus()
    for first in ("word00", "word10"):
        for number in range(int(first[-2:]), int(first[-2:]) + 10):
            page.keyboard.insert_text(f"word{number:02} ")
            page.clock.run_for(1000)
        # Its clock stands still again, so only what was sent by now can arrive.
        wait_for(page, partial(is_autosaved, acting_as, cast, first), True)


def test_a_form_too_large_to_be_sent_on_leaving_is_sent_after_a_shorter_pause(
    visitors: Visitors, case: Case, acting_as: ActingAs, cast: Cast
) -> None:
    page = visitors.signed_in(cast.maya)
    page.clock.install()
    case.begin(page)
    page.clock.pause_at(clock.now() + timedelta(minutes=5))
    # Each of these letters is sent as six: 60 KB, all that may be under way as a page is left.
    page.get_by_label("Assessment").fill("ж" * 10_000)
    page.clock.run_for(2000)
    expect(page.locator(".save-status")).to_have_text(SAVED)
    write(page, "Last words")
    page.clock.run_for(500)
    wait_for(page, lambda: autosaved(acting_as, cast), ["Last words"])


def test_leaving_before_it_is_autosaved_is_warned_of_and_sent_all_the_same(
    page: Page, acting_as: ActingAs, cast: Cast
) -> None:
    asked: list[Dialog] = []
    page.on("dialog", lambda dialog: asked.append(dialog) or dialog.accept())
    write(page, "Last words")
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")
    assert [dialog.type for dialog in asked] == ["beforeunload"]
    # Today may have been answered before the words arrived, and does not change by itself.
    wait_for(page, lambda: autosaved(acting_as, cast), ["Last words"])
    page.reload()
    expect(page.locator("#drafts")).to_contain_text("typed")


def test_without_a_network_or_a_disk_it_says_so_and_goes_on_by_itself(
    page: Page, visitors: Visitors, acting_as: ActingAs, cast: Cast
) -> None:
    context: BrowserContext = page.context
    write(page, "Begun")
    expect(page.locator(".save-status")).to_have_text(SAVED)
    context.set_offline(True)
    write(page, "Begun, alone")
    expect(page.locator(".save-status")).to_have_text(UNSAVED)
    page.get_by_role("button", name="Save draft").last.click()
    said = page.get_by_role("status").filter(has_text="There is no connection.")
    expect(said).to_have_count(1)
    expect(page.get_by_label("Subjective")).to_have_value("Begun, alone")
    assert "/visits/new" in page.url
    context.set_offline(False)
    expect(page.locator(".save-status")).to_have_text(SAVED)
    assert autosaved(acting_as, cast) == ["Begun, alone"]
    visitors.forgive("ERR_INTERNET_DISCONNECTED")
    # The same where the server answers that its disk is full.
    page.route("**/autosave", lambda route: route.fulfill(status=503, body="full"))
    write(page, "Begun, and a full disk")
    expect(page.locator(".save-status")).to_have_text(UNSAVED)
    page.unroute("**/autosave")
    expect(page.locator(".save-status")).to_have_text(SAVED)
    assert autosaved(acting_as, cast) == ["Begun, and a full disk"]
    visitors.forgive("answered 503")


def test_who_was_signed_out_signs_in_in_place(
    page: Page, visitors: Visitors, case: Case, acting_as: ActingAs, cast: Cast
) -> None:
    other = page.context.new_page()
    case.begin(other)
    with acting_as(cast.maya):
        long_ago = clock.now().replace(year=2020)
        db.session.execute(
            update(BrowserSession)
            .values(seen_at=long_ago)
            .execution_options(synchronize_session=False)
        )
    write(page, "Idle, then typed")
    expect(page.locator(".save-status")).to_have_text(
        re.compile(r"Not saved since \d\d:\d\d:\s+sign in again")
    )
    sign_in_again(page)
    expect(page.locator(".save-status")).to_have_text(SAVED)
    expect(page.get_by_role("button", name="sign in again")).to_be_hidden()
    assert autosaved(acting_as, cast) == ["Idle, then typed"]
    press(page, "Save draft")
    expect(page.get_by_label("Subjective")).to_have_value("Idle, then typed")
    assert autosaved(acting_as, cast) == []
    # Her other window is hers again too, as it stands.
    write(other, "In the other window")
    expect(other.locator(".save-status")).to_have_text(SAVED)
    assert autosaved(acting_as, cast) == ["In the other window"]
    press(other, "Save draft")
    visitors.forgive("answered 401")
    visitors.forgive("answered 422")


def test_whoever_signs_in_in_another_window_neither_sees_nor_autosaves_it(
    page: Page, visitors: Visitors, case: Case, acting_as: ActingAs, cast: Cast
) -> None:
    other = page.context.new_page()
    other.goto("/")
    press(other, "Sign out")
    other.get_by_label("E-mail").fill(cast.jonas.email)
    other.get_by_label("Password").fill(PASSWORD)
    press(other, "Sign in")
    write(page, "Maya's words")
    expect(page.locator(".save-status")).to_have_text(
        re.compile("another person is signed in here")
    )
    case.begin(other)
    expect(other.get_by_label("Subjective")).to_have_value("")
    assert autosaved(acting_as, cast) == []
    expect(page.get_by_label("Subjective")).to_have_value("Maya's words")
    visitors.forgive("answered 40")


def test_an_addendum_is_autosaved_and_comes_back_as_a_sessions_form_does(
    case: Case, acting_as: ActingAs, cast: Cast, visitors: Visitors
) -> None:
    with acting_as(cast.maya):
        draft = drafts.treated_draft(case.instrument_id)
        number = factories.record_visit(case.patient_id, case.episode_id, draft, by=cast.maya)
    page = visitors.sign_in(cast.maya)
    page.goto(f"/visits/{number}/addenda")
    page.get_by_label("What you add").fill("The bruise was gone on Friday.")
    expect(page.locator(".save-status")).to_have_text(SAVED)
    assert not any(page.evaluate(STORED).values())
    context = page.context
    page.close(run_before_unload=True)
    page = context.new_page()
    page.goto(f"/visits/{number}/addenda")
    expect(page.get_by_label("What you add")).to_have_value("The bruise was gone on Friday.")
    press(page, "Add to the note")
    expect(page.get_by_text("The bruise was gone on Friday.")).to_be_visible()
    page.goto("/")
    expect(page.get_by_text("not saved yet")).to_have_count(0)
