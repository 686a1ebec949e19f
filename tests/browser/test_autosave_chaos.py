"""What a user types survives when the browser, the server or the network fails.

The suite makes one run, in which the server dies; CLINIC_NOTES_CHAOS=200 (`make chaos`) makes as
many, of each way in turn, each with its seed; CLINIC_NOTES_CHAOS_FIRST names the first of them, to
see one again.
"""

import os
import shutil
import time
from asyncio import AbstractEventLoop
from collections import Counter
from collections.abc import Callable, Iterator
from random import Random
from signal import SIGCONT, SIGSTOP

import pytest
from playwright.sync_api import Page, Playwright

from tests.browser.chromium import ALONE, NAMES
from tests.browser.conftest import at_work
from tests.browser.failing_clinic import FIELDS, Clinic, Screen, Typist
from tests.ports import reserved_port

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WAYS = ("server", "browser", "connection", "hang", "saving")
RUNS = int(os.environ.get("CLINIC_NOTES_CHAOS", "1"))
FIRST = int(os.environ.get("CLINIC_NOTES_CHAOS_FIRST", "0"))
MOST_LOST = 10.0


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    with reserved_port() as port:
        made = Clinic(tmp_path_factory.mktemp("chaos"), port)
        made.start()
        yield made
        made.close()


@pytest.fixture(scope="module")
def screen(clinic: Clinic, playwright: tuple[Playwright, AbstractEventLoop]) -> Iterator[Screen]:
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("no browser here")
    driver, loop = playwright
    with at_work(loop):
        made = Screen(driver, path, ALONE, clinic.folder)
        yield made
        made.kill()


class Run:
    """A patient, a person typing in her form, a colleague who has typed too, and a disaster."""

    def __init__(self, number: int, clinic: Clinic, screen: Screen) -> None:
        self.chance, self.way = Random(number), WAYS[number % len(WAYS)]  # noqa: S311
        # Now and then somebody types on and on: then it is not a pause that saves her words.
        self.is_long = number % 9 == 8
        self.clinic, self.screen = clinic, screen
        cast = clinic.cast
        self.person, self.colleague = self.chance.sample([cast.maya, cast.jonas, cast.sam], 2)
        self.about = clinic.new_patient(cast.maya)
        self.new = f"/patients/{self.about.patient_id}/visits/new"
        self.hers, self.colleagues = f"word{number}a", f"word{number}b"
        clinic.keep(self.colleague, self.about, self.colleagues)
        self.typist = Typist(self.person, self._open(self.new), self.hers, self.chance)
        self.lost, self.doubles, self.foreign = 0.0, 0, 0

    def happen(self) -> None:
        """Let her type, let it happen, and look at what is left."""
        seconds = self.chance.uniform(9, 13) if self.is_long else self.chance.uniform(0.5, 5)
        self.typist.type_for(seconds, restless=self.is_long)
        self.ended = time.monotonic()
        {"saving": self._saving, "browser": self.screen.kill}.get(self.way, self._broken)()
        self._look()

    def _broken(self) -> None:
        """Break what is between her and the store, mend it, and let her go on, or not."""
        context, process = self.typist.page.context, self.clinic.process
        breaks, mends = {
            "connection": (lambda: context.set_offline(True), lambda: context.set_offline(False)),
            "server": (process.kill, self.clinic.start),
            "hang": (lambda: process.send(SIGSTOP), lambda: process.send(SIGCONT)),
        }[self.way]
        breaks()
        self.typist.type_for(self.chance.uniform(0.2, 2.5), restless=True)
        self.ended = time.monotonic()
        mends()
        if self.chance.random() < 0.5:
            self.typist.type_for(self.chance.uniform(0.2, 2), restless=False)
            self.ended = time.monotonic()
            self._wait_until_kept()
        context.close()

    def _wait_until_kept(self) -> None:
        last, until = self.typist.typed[-1][2], time.monotonic() + 15
        while last not in "".join(self._left_open()):
            assert time.monotonic() < until, f"{self.way}: {last} was not kept within 15 s"
            time.sleep(0.1)

    def _saving(self) -> None:
        """Cut the power a moment after she presses Save."""
        self.typist.page.get_by_role("button", name="Save draft").last.click(no_wait_after=True)
        time.sleep(self.chance.uniform(0, 0.3))
        is_server = self.chance.random() < 0.5
        if is_server:
            self.clinic.process.kill()
        self.screen.kill()
        if is_server:
            self.clinic.start()

    def _look(self) -> None:
        """Open the form again and save it: what is lost, what is there twice, whose is it?"""
        visits = self.clinic.visits(self.about.patient_id)
        self.doubles += max(len(visits) - 1, 0) + max(len(self._left_open()) - 1, 0)
        page = self._open(f"/visits/{visits[0]}/edit" if visits else self.new)
        found = {into: page.locator(f"[name={into}]").input_value() for into in FIELDS}
        self.lost = self.typist.lost_seconds(found, self.ended)
        self.foreign += page.content().count(self.colleagues)
        with page.expect_navigation():
            page.get_by_role("button", name="Save draft").last.click()
        page.context.close()
        self.doubles += len(self.clinic.visits(self.about.patient_id)) - 1
        self.doubles += len(self._left_open())
        anew, today = (self.clinic.page_of(self.person, path) for path in (self.new, "/"))
        self.doubles += self.hers in anew
        self.foreign += (anew + today).count(self.colleagues)
        others = self.clinic.page_of(self.colleague, self.new)
        self.foreign += others.count(self.hers)
        assert self.colleagues in others, "the colleague's own words are gone"

    def _left_open(self) -> list[str]:
        return self.clinic.left_open(self.person, self.about.patient_id)

    def _open(self, path: str) -> Page:
        page = self.screen.open(self.clinic.address, self.clinic.cookie(self.person))
        page.goto(path)
        return page


def test_whatever_dies_what_was_typed_comes_back_once_and_to_its_writer(
    clinic: Clinic, screen: Screen, record_property: Callable[[str, object], None]
) -> None:
    runs = []
    for number in range(FIRST, FIRST + RUNS):
        run = Run(number, clinic, screen)
        run.happen()
        told = f"run {number}, {run.way}: lost {run.lost:.1f} s"
        assert (run.doubles, run.foreign) == (0, 0), told
        assert run.lost <= MOST_LOST, told
        runs.append(run)
    ways = Counter(run.way for run in runs)
    assert len(ways) == min(RUNS, len(WAYS)), f"only {', '.join(ways)}"
    worst = {way: max(run.lost for run in runs if run.way == way) for way in ways}
    told = ", ".join(f"{way} {ways[way]} (at most {worst[way]:.1f} s lost)" for way in ways)
    record_property("chaos", f"{RUNS} runs: {told}; 0 doubles, 0 words of others")
