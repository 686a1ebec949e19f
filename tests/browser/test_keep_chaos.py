"""Two people type about one patient while browsers, server and connection die under their hands.

Three runs in the suite; CLINIC_NOTES_CHAOS=200 (`make chaos`) makes as many, each with its seed.
"""

import os
import re
import shutil
import signal
import time
from asyncio import AbstractEventLoop
from collections import Counter
from collections.abc import Callable, Iterator
from random import Random

import pytest
from playwright.sync_api import Page, Playwright, expect

from clinic_notes.accounts.models import User
from tests.browser.chaos import FIELDS, Clinic, Screen, Typist, type_together
from tests.browser.conftest import ALONE, NAMES, at_work

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RUNS = int(os.environ.get("CLINIC_NOTES_CHAOS", "3"))
WAYS = ("browser", "server", "connection", "hang", "saving")
MOST_LOST = 10.0
MARK = re.compile(r"word\d+[ab]")


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    made = Clinic(tmp_path_factory.mktemp("chaos"))
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
    """One patient, two people at her form, one disaster."""

    def __init__(self, number: int, clinic: Clinic, screen: Screen) -> None:
        self.chance, self.way = Random(number), WAYS[number % len(WAYS)]  # noqa: S311
        self.clinic, self.screen = clinic, screen
        cast = clinic.cast
        self.people = self.chance.sample([cast.maya, cast.jonas, cast.sam], 2)
        self.patient_id = clinic.new_patient(cast.maya)
        self.new = f"/patients/{self.patient_id}/visits/new"
        self.typists = [
            Typist(person, self._open(person, self.new), f"word{number}{'ab'[nth]}", self.chance)
            for nth, person in enumerate(self.people)
        ]

    def happen(self) -> None:
        """Let them type, let it happen, and look at what is left."""
        is_long = self.chance.random() < 0.1
        seconds = self.chance.uniform(9, 13) if is_long else self.chance.uniform(0.5, 5)
        type_together(self.typists, seconds, restless=is_long)
        self.ended = time.monotonic()
        {"saving": self._saving, "browser": self.screen.kill}.get(self.way, self._broken)()
        self._look()

    def _broken(self) -> None:
        """Break what is between them and the store, mend it, and let them go on, or not."""
        contexts = [typist.page.context for typist in self.typists]
        process, alone = self.clinic.process, self.chance.uniform(0.2, 2.5)
        if self.way == "connection":
            for context in contexts:
                context.set_offline(True)
        else:
            process.signal(signal.SIGSTOP) if self.way == "hang" else process.kill()
        type_together(self.typists, alone, restless=True)
        if self.way == "connection":
            for context in contexts:
                context.set_offline(False)
        else:
            process.signal(signal.SIGCONT) if self.way == "hang" else self.clinic.start()
        self.ended = time.monotonic()
        if self.chance.random() < 0.5:
            type_together(self.typists, self.chance.uniform(0.2, 2), restless=False)
            self.ended = time.monotonic()
            self._wait_until_kept()
        self.screen.kill()

    def _wait_until_kept(self) -> None:
        for typist in self.typists:
            last = typist.typed[-1][2]
            until = time.monotonic() + 15
            while last not in "".join(self.clinic.left_open(typist.person, self.patient_id)):
                assert time.monotonic() < until, f"{self.way}: {last} was not kept within 15 s"
                time.sleep(0.1)

    def _saving(self) -> None:
        """Cut the power a moment after one of them presses Save."""
        self.typists[0].page.get_by_role("button", name="Save draft").last.click(no_wait_after=True)
        time.sleep(self.chance.uniform(0, 0.3))
        is_server = self.chance.random() < 0.5
        if is_server:
            self.clinic.process.kill()
        self.screen.kill()
        if is_server:
            self.clinic.start()

    def _look(self) -> None:
        self.lost, self.doubles, self.foreign = 0.0, 0, 0
        before = self.clinic.visits(self.patient_id)
        for typist in self.typists:
            mine = [number for number, author in before if author == typist.person.id]
            self.doubles += max(len(mine) - 1, 0)
            self.doubles += max(len(self.clinic.left_open(typist.person, self.patient_id)) - 1, 0)
            page = self._open(typist.person, f"/visits/{mine[0]}/edit" if mine else self.new)
            found = {into: page.locator(f"[name={into}]").input_value() for into in FIELDS}
            self.lost = max(self.lost, typist.lost_seconds(found, self.ended))
            self.foreign += _foreign(page.content(), typist)
            with page.expect_navigation():
                page.get_by_role("button", name="Save draft").last.click()
            expect(page.locator(".foot-status")).to_contain_text("Saved")
            self.doubles += len(self.clinic.left_open(typist.person, self.patient_id))
            page.context.close()
            anew, today = (self.clinic.page_of(typist.person, path) for path in (self.new, "/"))
            self.doubles += typist.mark in anew
            self.foreign += _foreign(anew + today, typist)
        self.doubles += abs(len(self.clinic.visits(self.patient_id)) - len(self.typists))

    def _open(self, person: User, path: str) -> Page:
        page = self.screen.open(self.clinic.address, self.clinic.cookie(person))
        page.goto(path)
        return page


def _foreign(page: str, typist: Typist) -> int:
    """Return how many words of others' stand on her page."""
    return sum(mark != typist.mark for mark in MARK.findall(page))


def test_whatever_dies_what_was_typed_comes_back_once_and_to_its_writer(
    clinic: Clinic, screen: Screen, record_property: Callable[[str, object], None]
) -> None:
    runs = []
    for number in range(RUNS):
        run = Run(number, clinic, screen)
        run.happen()
        told = f"run {number}, {run.way}: lost {run.lost:.1f} s"
        assert (run.doubles, run.foreign) == (0, 0), told
        assert run.lost <= MOST_LOST, told
        runs.append(run)
    ways = Counter(run.way for run in runs)
    worst = {way: max(run.lost for run in runs if run.way == way) for way in ways}
    told = ", ".join(f"{way} {ways[way]} (at most {worst[way]:.1f} s lost)" for way in ways)
    record_property("chaos", f"{RUNS} runs: {told}; 0 doubles, 0 words of others")
