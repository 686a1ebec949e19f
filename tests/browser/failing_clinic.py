"""A clinic to be broken while people type: its server, its people's browsers, the line between.

Everything is a process of its own, as in a clinic, and dies as things die there: by kill -9, at
any moment. What is kept is read from the store, and by opening the form again.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import IO
from urllib.request import urlopen

from flask import Flask
from playwright.sync_api import Browser, Page, Playwright
from sqlalchemy import select

from clinic_notes import create_app
from clinic_notes.accounts import actions as accounts
from clinic_notes.accounts.models import User
from clinic_notes.charting import actions as charting
from clinic_notes.charting.autosave.form_instance import About, FormInstance
from clinic_notes.charting.models import AutosavedForm, Visit
from clinic_notes.core import schema, tenancy
from clinic_notes.core.db import db
from clinic_notes.core.transaction import one_transaction
from tests import factories
from tests.cast import Cast, assemble
from tests.stores import KEY, QUICK_HASH

SECRET = "chaos"
FIELDS = ("subjective", "assessment", "plan")


class Process:
    """Something that runs with all its children, and can be killed or stopped with them."""

    def __init__(self, log: Path) -> None:
        self.log = log
        self._out: IO[bytes] | None = None
        self._running: subprocess.Popen[bytes] | None = None

    def start(self, command: list[str], **environment: str) -> None:
        self._out = self.log.open("wb")
        self._running = subprocess.Popen(  # noqa: S603 - our own server, and the browser.
            command, stdout=self._out, stderr=self._out, start_new_session=True,
            env=os.environ | environment,
        )  # fmt: skip

    def send(self, number: signal.Signals) -> None:
        """Stop it, let it go on, or end it, with all its children."""
        if self._running is not None:
            os.killpg(self._running.pid, number)

    def kill(self) -> None:
        """End it and its children as a power cut would."""
        if self._running is not None and self._out is not None:
            self.send(signal.SIGKILL)
            self._running.wait()
            self._out.close()
            self._running = None

    def wait_for(self, words: str, patience: float = 30) -> str:
        """Wait for a line that holds these words, and return what follows them."""
        until = time.monotonic() + patience
        while time.monotonic() < until:
            for line in self.log.read_text(errors="replace").splitlines():
                if words in line:
                    return line.split(words)[1].strip()
            time.sleep(0.05)
        raise TimeoutError(self.log.read_text(errors="replace"))


class Clinic:
    """The server as `clinic-notes serve` runs it, on the encrypted embedded store."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.process = Process(folder / "server.log")
        self.app: Flask = create_app(
            {"INSTANCE": str(folder), "SECRET_KEY_VALUE": SECRET, "DATABASE_KEY": KEY,
             "DATABASE_URL": "", "PASSWORD_HASH": QUICK_HASH, "TESTING": True}
        )  # fmt: skip
        with self.app.app_context():
            schema.upgrade(db.engine)
            self.cast: Cast = assemble()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        serve = [sys.executable, "-m", "clinic_notes.cli", "serve", "--port", str(self.port)]
        self.process.start(
            serve, CLINIC_NOTES_INSTANCE=str(self.folder), CLINIC_NOTES_DATABASE_KEY=KEY,
            CLINIC_NOTES_SECRET_KEY=SECRET, CLINIC_NOTES_DATABASE_URL="",
        )  # fmt: skip
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                with urlopen(f"{self.address}/readyz", timeout=1):  # noqa: S310 - our own server.
                    return
            except OSError:
                time.sleep(0.05)
        raise TimeoutError(self.process.log.read_text())

    @contextmanager
    def acting_as(self, person: User) -> Iterator[None]:
        with self.app.app_context(), one_transaction():
            tenancy.set_clinic(person.clinic_id)
            yield

    def new_patient(self, by: User) -> About:
        """Register a patient with an episode; return what a form for a new session is about."""
        with self.acting_as(by):
            patient = factories.make_patient(by)
            episode = factories.make_episode(patient, by)
            return About(patient.id, episode.id, None)

    def keep(self, person: User, about: About, words: str) -> None:
        """Keep words of this person's, as if her page had sent them."""
        with self.acting_as(person):
            form_instance, fields = FormInstance.for_person(person.id, None), [(FIELDS[0], words)]
            charting.autosave(form_instance, fields, about=about, version=0, by=person)

    def cookie(self, person: User) -> str:
        """Sign a person in; return what her browser would hold."""
        with self.app.app_context(), one_transaction():
            token = accounts.start_browser_session(person)
        client = self.app.test_client()
        with client.session_transaction() as held:
            held["_user_id"] = token
        cookie = client.get_cookie("clinic_notes")
        assert cookie is not None
        return str(cookie.value)

    def visits(self, patient_id: int) -> list[int]:
        """Return the ids of the patient's visits."""
        with self.acting_as(self.cast.maya):
            return list(db.session.scalars(select(Visit.id).where(Visit.patient_id == patient_id)))

    def left_open(self, person: User, patient_id: int) -> list[str]:
        """Return what this person typed for a new session of the patient's, a text a form."""
        mine = select(AutosavedForm.fields).where(
            AutosavedForm.patient_id == patient_id,
            AutosavedForm.person_id == person.id,
            AutosavedForm.visit_id.is_(None),
            AutosavedForm.fields != "",
        )
        with self.acting_as(person):
            return list(db.session.scalars(mine))

    def page_of(self, person: User, path: str) -> str:
        """Return a page as that person would get it."""
        client = self.app.test_client()
        client.set_cookie("clinic_notes", self.cookie(person))
        return client.get(path, follow_redirects=True).text

    def close(self) -> None:
        self.process.kill()
        with self.app.app_context():
            db.engine.dispose()


class Screen:
    """A person's Chromium, begun anew whenever it was killed."""

    def __init__(self, driver: Playwright, path: str, flags: tuple[str, ...], folder: Path) -> None:
        self._driver, self._path, self._flags, self._folder = driver, path, flags, folder
        self._process = Process(folder / "browser.log")
        self._browser: Browser | None = None
        self._begun = 0

    def open(self, address: str, cookie: str) -> Page:
        """Return a fresh window in which this cookie's person is signed in."""
        if self._browser is None:
            self._begin()
        assert self._browser is not None
        context = self._browser.new_context(base_url=address)
        context.set_default_timeout(20_000)
        context.add_cookies([{"name": "clinic_notes", "value": cookie, "url": address}])
        return context.new_page()

    def kill(self) -> None:
        self._process.kill()
        if self._browser is not None:
            self._browser.close()
        self._browser = None

    def _begin(self) -> None:
        self._begun += 1
        self._process.start(
            [self._path, *self._flags, "--headless=new", "--remote-debugging-port=0",
             f"--user-data-dir={self._folder / f'profile-{self._begun}'}", "about:blank"]
        )  # fmt: skip
        where = self._process.wait_for("DevTools listening on ")
        self._browser = self._driver.chromium.connect_over_cdp(where)


@dataclass
class Typist:
    """Somebody who types words that nobody else types, and when she typed each."""

    person: User
    page: Page
    mark: str
    chance: Random
    typed: list[tuple[float, str, str]] = field(default_factory=list)

    def word(self) -> None:
        """Type the next word into one of the form's texts."""
        into = self.chance.choice(FIELDS)
        word = f"{self.mark}{len(self.typed):03}"
        self.page.locator(f"[name={into}]").focus()
        self.page.keyboard.press("Control+End")
        self.page.keyboard.insert_text(f" {word}")
        self.typed.append((time.monotonic(), into, word))

    def type_for(self, seconds: float, *, restless: bool) -> None:
        """Type word after word; with pauses to think, unless she is restless."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.word()
            rest = self.chance.uniform(0.05, 0.3)
            if not restless and self.chance.random() < 0.1:
                rest = self.chance.uniform(1.6, 2.6)
            time.sleep(max(min(rest, end - time.monotonic()), 0))

    def lost_seconds(self, found: Mapping[str, str], ended: float) -> float:
        """Return how long before the end the first word was typed that did not come back."""
        gone = [at for at, into, word in self.typed if word not in found[into]]
        return ended - min(gone) if gone else 0.0
