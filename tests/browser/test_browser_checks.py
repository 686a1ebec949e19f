"""The stage of these tests does notice what a page does wrong."""

import pytest

from tests.browser.browsers import Visitors
from tests.browser.waiting import wait_for
from tests.cast import Cast

pytestmark = pytest.mark.browser


def test_a_therapist_signs_in_and_sees_today(visitors: Visitors, cast: Cast) -> None:
    page = visitors.sign_in(cast.maya)
    assert page.get_by_role("heading", level=1).inner_text() == "Today"


def test_a_page_that_misbehaves_is_noticed(visitors: Visitors) -> None:
    page = visitors.anybody(bypass_csp=True)
    page.goto("/sign-in")
    page.evaluate("console.error('a word'); setTimeout(() => missing(), 0)")
    page.evaluate("fetch('/static/none.css')")
    page.evaluate("fetch('http://127.0.0.1:9/').catch(() => 0)")
    expected = {"console error", "script failed", "answered 404", "asked of another server"}
    wait_for(page, lambda: {fault.split(":")[0] for fault in visitors.faults}, expected)
    visitors.recorded.clear()
