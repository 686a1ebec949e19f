"""People at their screens, and what their pages did wrong behind their backs."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

from clinic_notes.accounts.models import User
from tests.cast import PASSWORD

# Chromium writes a line for every refusal; the answers themselves are looked at below.
ANSWERED = "Failed to load resource: the server responded with a status of"


PATIENCE_MS = 20_000
"""What a page may take on a machine with more to do; how quick it is, is measured elsewhere."""


class Visitors:
    """Opens browsers for people, and keeps what no page may do."""

    def __init__(
        self, chromium: Browser, address: str, cookie_of: Callable[[User], str] | None = None
    ) -> None:
        self._chromium, self.address, self._cookie_of = chromium, address, cookie_of
        self._contexts: list[BrowserContext] = []
        self.recorded: list[str] = []
        self._forgiven: list[str] = []

    def anybody(self, **settings: Any) -> Page:
        """Return a page of a fresh browser in which nobody is signed in."""
        # Each frame of a fading colour draws the page again, and no test looks at one.
        context = self._chromium.new_context(
            base_url=self.address, reduced_motion="reduce", **settings
        )
        context.set_default_timeout(PATIENCE_MS)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.recorded.append(f"script failed: {error.error}"))
        context.on("request", self._request)
        context.on("response", self._response)
        self._contexts.append(context)
        return context.new_page()

    def sign_in(self, person: User, **settings: Any) -> Page:
        """Return a page in which this person has signed in as people do."""
        page = self.anybody(**settings)
        page.goto("/sign-in")
        page.get_by_label("E-mail").fill(person.email)
        page.get_by_label("Password").fill(PASSWORD)
        with page.expect_navigation():
            page.get_by_role("button", name="Sign in").click()
        return page

    def signed_in(self, person: User, **settings: Any) -> Page:
        """Return a page in which this person has been at work: the sign-in is tested elsewhere."""
        assert self._cookie_of is not None
        page = self.anybody(**settings)
        cookie = {"name": "clinic_notes", "value": self._cookie_of(person), "url": self.address}
        page.context.add_cookies([cookie])  # type: ignore[list-item]
        return page

    @property
    def faults(self) -> list[str]:
        """What was noticed and is not what a test asked for."""
        return [it for it in self.recorded if not any(what in it for what in self._forgiven)]

    def forgive(self, what: str) -> None:
        """Let this be what the test asked for: it has come, and may come again until the end."""
        assert any(what in fault for fault in self.recorded)
        self._forgiven.append(what)

    def leave(self) -> None:
        """Close every browser window."""
        for context in self._contexts:
            context.close()

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(ANSWERED):
            self.recorded.append(f"console {message.type}: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:")):
            self.recorded.append(f"asked of another server: {request.url}")

    def _response(self, response: Response) -> None:
        is_part_of_a_page = not response.request.is_navigation_request()
        if response.status >= 500 or (is_part_of_a_page and response.status >= 400):
            self.recorded.append(f"answered {response.status}: {response.url}")
