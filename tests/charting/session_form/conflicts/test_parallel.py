"""One form sent fifty times at the same moment, to the server a clinic runs: one visit."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection
from threading import Barrier
from urllib.parse import urlencode

import pytest

from tests.cast import PASSWORD, Cast
from tests.charting.form_payloads import Sent, sent
from tests.ports import reserved_port
from tests.stores import KEY, Store

SENDS = 50


@dataclass
class Browser:
    """Sends forms to a server, with the cookie it was given."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: Sent | None = None) -> tuple[int, str, str]:
        """Return status, where it leads, and the page."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, urlencode(body or {}, doseq=True), headers)
        answer = connection.getresponse()
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        page = answer.read().decode()
        connection.close()
        return answer.status, answer.headers.get("Location", ""), page

    def tokens(self, path: str) -> dict[str, str]:
        """Return the tokens a form's page sends along."""
        _, _, page = self.ask("GET", path)
        found = re.findall(r'name="(csrf_token|once)"\s+value="([^"]*)"', page)
        return dict(found)


@pytest.fixture
def port() -> Iterator[int]:
    with reserved_port() as port:
        yield port


@pytest.fixture
def browser(store: Store, port: int) -> Iterator[Browser]:
    """A browser before the real server, gunicorn with its workers, over this store."""
    settings = {
        "CLINIC_NOTES_INSTANCE": store.app.config["INSTANCE"],
        "CLINIC_NOTES_DATABASE_URL": store.app.config["DATABASE_URL"],
        "CLINIC_NOTES_DATABASE_KEY": KEY,
        "CLINIC_NOTES_SECRET_KEY": store.app.config["SECRET_KEY_VALUE"],
    }
    command = [sys.executable, "-m", "clinic_notes.cli", "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=os.environ | settings, stdout=subprocess.DEVNULL)  # noqa: S603 - our own.
    try:
        yield _answering(Browser(port), server)
    finally:
        server.terminate()
        server.wait()


def _answering(browser: Browser, server: "subprocess.Popen[bytes]") -> Browser:
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        try:
            browser.ask("GET", "/healthz")
        except OSError:
            time.sleep(0.05)
        else:
            return browser
    pytest.fail("the server does not answer")


def test_fifty_sends_of_one_form_make_one_visit(
    browser, cast: Cast, patient_with_episode, draft, visit_ids
):
    who = {"email": cast.maya.email, "password": PASSWORD}
    status, *_ = browser.ask("POST", "/sign-in", browser.tokens("/sign-in") | who)
    assert status == 303
    form = sent(draft) | browser.tokens(patient_with_episode.new_session_url)
    together = Barrier(SENDS)

    def send(_: int) -> tuple[int, str]:
        one = Browser(browser.port, dict(browser.cookies))
        together.wait()
        status, location, _ = one.ask("POST", patient_with_episode.new_session_url, form)
        return status, location

    with ThreadPoolExecutor(SENDS) as senders:
        answers = list(senders.map(send, range(SENDS)))
    (visit,) = visit_ids()
    assert set(answers) == {(303, f"/visits/{visit}/edit")}
