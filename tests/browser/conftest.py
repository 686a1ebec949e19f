"""A real browser before a real server, over both stores.

The server is the application as a clinic runs it, CSRF tokens and all. Whatever a page writes
to the console, breaks, or asks of another server makes the test fail that opened it.
"""

import asyncio
import os
import shutil
from asyncio import AbstractEventLoop
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Playwright, expect, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from clinic_notes import create_app
from clinic_notes.accounts.models import User
from clinic_notes.core.db import db
from tests.browser.browsers import PATIENCE_MS, Visitors
from tests.browser.chromium import ALONE, NAMES
from tests.browser.patients import Case, make_case
from tests.cast import Cast
from tests.fixture_types import ActingAs, ClientFor
from tests.stores import Store


class Handler(WSGIRequestHandler):
    """Answers without a word on the terminal."""

    # Chromium opens connections ahead of need; one at a time is served, so none may just wait.
    timeout = 0.5

    def log(self, type: str, message: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def at_work(loop: AbstractEventLoop | None) -> Iterator[None]:
    """Let this loop be the running one, or none: Playwright leaves its own running for good.

    Whatever else is asynchronous underneath, as closing database sessions is, would refuse to
    work beside it, in every test of this process that comes after.
    """
    before = asyncio._get_running_loop()
    asyncio._set_running_loop(loop)
    try:
        yield
    finally:
        asyncio._set_running_loop(before)


@pytest.fixture(scope="session")
def playwright() -> Iterator[tuple[Playwright, AbstractEventLoop]]:
    """The driver of browsers, and the loop it waits in between the tests."""
    with at_work(None):
        manager = sync_playwright()
        driver, loop = manager.start(), asyncio.get_running_loop()
    yield driver, loop
    with at_work(loop):
        driver.stop()


@pytest.fixture(scope="session")
def loop(playwright: tuple[Playwright, AbstractEventLoop]) -> AbstractEventLoop:
    return playwright[1]


@pytest.fixture(scope="session")
def chromium(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """One Chromium for all tests of this worker; without one they are skipped, but never in CI."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        reason = f"no browser here: none of {', '.join(NAMES)} is installed"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    driver, loop = request.getfixturevalue("playwright")
    expect.set_options(timeout=PATIENCE_MS)
    with at_work(loop):
        browser = driver.chromium.launch(executable_path=path, args=[*ALONE])
    yield browser
    with at_work(loop):
        browser.close()


def whole(app: Flask) -> Callable[..., list[bytes]]:
    """Answer in one piece. A browser that goes on drops its connection, and the little server
    would leave the style sheet it was sending open, to be warned of in some later test.
    """

    def answered(environ: Any, start: Any) -> list[bytes]:
        answer = app(environ, start)
        try:
            return [b"".join(answer)]
        finally:
            getattr(answer, "close", lambda: None)()

    return answered


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Serve this application on a free port of this machine while the block runs."""
    server = make_server("127.0.0.1", 0, whole(app), threaded=False, request_handler=Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def served_app() -> Callable[[Store], Flask]:
    """Return the application that is served over this store, made once: it keeps nothing."""

    @cache
    def made(store: Store) -> Flask:
        # Style sheets are fetched once a browser, not once a page: it is the pages that are tested.
        return create_app(store.settings(WTF_CSRF_ENABLED=True, SEND_FILE_MAX_AGE_DEFAULT=600))

    return made


@pytest.fixture
def address(store: Store, served_app: Callable[[Store], Flask]) -> Iterator[str]:
    """Where the clinic is served during this test."""
    with serving(served_app(store)) as where:
        yield where


@pytest.fixture
def visitors(
    chromium: Browser,
    loop: AbstractEventLoop,
    address: str,
    client_for: ClientFor,
) -> Iterator[Visitors]:
    """The people at their screens; at the end none of their pages may have misbehaved."""

    def cookie_of(person: User) -> str:
        with at_work(None):
            cookie = client_for(person).get_cookie("clinic_notes")
        assert cookie is not None
        return str(cookie.value)

    coming = Visitors(chromium, address, cookie_of)
    with at_work(loop):
        yield coming
        coming.leave()
    assert coming.faults == []


@pytest.fixture
def acting_as(acting_as: ActingAs) -> ActingAs:
    """Work as this person without a request, the browser's loop standing still."""

    @contextmanager
    def inside(person: User) -> Iterator[None]:
        with at_work(None), acting_as(person):
            yield

    return inside


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many values of the paper charts came back, and what a session takes to record."""
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            for name, line in report.user_properties:
                if name in ("charts", "pace", "chaos"):
                    about = report.nodeid.partition("[")[2].removesuffix("]")
                    terminalreporter.write_line(f"{about or name}: {line}")


@pytest.fixture
def case(acting_as: ActingAs, cast: Cast) -> Case:
    """A patient in the midst of her treatment, whose next session can begin."""
    return make_case(acting_as, cast.maya)
