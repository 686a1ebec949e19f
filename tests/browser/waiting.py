"""Waiting for what no page shows by itself, as what the store holds."""

import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from tests.browser.browsers import PATIENCE_MS

LOOK_AGAIN_MS = 50


def wait_for(page: Page, look: Callable[[], Any], expected: Any) -> None:
    """Look again and again until this is so. The browser goes on meanwhile.

    A page that is shown already does not change by itself: look at the store first, and then at
    a page that is opened after it.
    """
    until = time.monotonic() + PATIENCE_MS / 1000
    found = look()
    while found != expected and time.monotonic() < until:
        page.wait_for_timeout(LOOK_AGAIN_MS)
        found = look()
    assert found == expected
