"""What slow clients cost the others: twenty therapists save, alone and beside slow connections.

Two hundred connections send nothing, fifty send forms of 18 KB at 2 KB a second, over and over.
Quiet and busy rounds take turns on one server, so what slows the machine slows both.
Exits with 1 where the p95 of saving is above twice the quiet one's, or where a request fails.
"""

import os
import socket
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random
from statistics import median, quantiles
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qsl, urlencode

from benchmarks import stores
from benchmarks.client import Browser, Supplies, clinic, patient
from benchmarks.rounds import Milliseconds
from benchmarks.serving import FORM, served
from benchmarks.stores import Store
from clinic_notes.accounts import actions as accounts
from clinic_notes.core import tenancy
from clinic_notes.core.db import db
from clinic_notes.core.permissions import Role
from clinic_notes.core.transaction import one_transaction
from tests.cast import PASSWORD
from tests.ports import HOST

USERS, IDLE, SLOW = 20, 200, 50
ROUNDS, SECONDS = 3, 20
PAUSE = (2.0, 8.0)
"""Seconds between two saves of one therapist."""
BYTES_A_SECOND, TYPED = 2048, 18_000
LIMIT = 2.0


@dataclass
class Therapist:
    """One of the twenty: their browser, their patient, and the time of each save."""

    browser: Browser
    person_id: int
    patient_id: int
    chance: Random
    times: list[Milliseconds] = field(default_factory=list)
    failed: int = 0

    def save_until(self, end: float) -> None:
        time.sleep(self.chance.uniform(0, PAUSE[1]))
        while time.monotonic() < end:
            begun = time.perf_counter()
            try:
                self.browser.save(self.patient_id)
            except (AssertionError, OSError):
                self.failed += 1
            self.times.append((time.perf_counter() - begun) * 1000)
            time.sleep(self.chance.uniform(*PAUSE))


@dataclass
class SlowClients:
    """Connections that send nothing, and connections that send a form a little at a time."""

    port: int
    cookie: str
    path: str
    person_id: int
    csrf_token: str
    sent: int = 0
    failed: int = 0

    @contextmanager
    def there(self) -> Any:
        stop = Event()
        with ExitStack() as held:
            for _ in range(IDLE):
                held.enter_context(socket.create_connection((HOST, self.port)))
            threads = [Thread(target=self._drip, args=(nth, stop)) for nth in range(SLOW)]
            for thread in threads:
                thread.start()
            yield
            stop.set()
            for thread in threads:
                thread.join()

    def _drip(self, nth: int, stop: Event) -> None:
        for turn in count():
            if stop.is_set():
                return
            typed = {"form_instance": f"{self.person_id}-s{nth}-{turn}-{time.monotonic_ns()}"}
            form = urlencode(
                typed | {"csrf_token": self.csrf_token, "revision": "1", "plan": "x" * TYPED}
            ).encode()
            with socket.create_connection((HOST, self.port)) as connection:
                connection.sendall(self._head(form))
                for start in range(0, len(form), BYTES_A_SECOND // 2):
                    if stop.wait(0.5):
                        return
                    connection.sendall(form[start : start + BYTES_A_SECOND // 2])
                self.sent += 1
                self.failed += not connection.recv(64).startswith(b"HTTP/1.1 200")

    def _head(self, form: bytes) -> bytes:
        return (
            f"POST {self.path} HTTP/1.1\r\nHost: {HOST}\r\nCookie: {self.cookie}\r\n"
            f"Content-Type: {FORM}\r\nContent-Length: {len(form)}\r\n\r\n"
        ).encode()


def main() -> int:
    folder = Path(tempfile.mkdtemp(prefix="bench-slow-"))
    with stores.embedded(folder) as store:
        supplies = clinic(store.app)
        people = [_therapist(store, supplies, nth) for nth in range(USERS)]
        with store.app.app_context():
            db.engine.dispose()
        with served(store.app, workers=os.cpu_count() or 1) as ask:
            for one in people:
                one.browser.ask = ask
            visit_id = people[0].browser.save(people[0].patient_id)
            slow = SlowClients(
                ask.args[0],  # type: ignore[attr-defined]
                people[0].browser.cookie,
                f"/visits/{visit_id}/autosave",
                people[0].person_id,
                dict(parse_qsl(people[0].browser.sign_body.decode()))["csrf_token"],
            )
            return _measured(people, slow)


def _measured(people: list[Therapist], slow: SlowClients) -> int:
    quiet: list[Milliseconds] = []
    busy: list[Milliseconds] = []
    for _ in range(ROUNDS):
        quiet += _round(people)
        with slow.there():
            busy += _round(people)
    failed = sum(one.failed for one in people) + slow.failed
    ratio = _p95(busy) / _p95(quiet)
    print(f"{USERS} therapists save, {ROUNDS} rounds of {SECONDS} s in turn; ms")
    print(f"  alone                          {_figures(quiet)}")
    print(f"  beside {IDLE} idle and {SLOW} slow   {_figures(busy)}")
    print(f"  slow forms that arrived {slow.sent}; failed requests {failed}")
    is_within = ratio <= LIMIT and not failed
    print(f"  p95 {ratio:.2f} times the quiet one, {'within' if is_within else 'ABOVE'} {LIMIT:g}")
    return 0 if is_within else 1


def _round(people: list[Therapist]) -> list[Milliseconds]:
    end = time.monotonic() + SECONDS
    threads = []
    for one in people:
        one.times = []
        threads.append(Thread(target=one.save_until, args=(end,)))
        threads[-1].start()
    for thread in threads:
        thread.join()
    return [each for one in people for each in one.times]


def _figures(times: list[Milliseconds]) -> str:
    return f"p50 {median(times):6.1f}  p95 {_p95(times):6.1f}  n {len(times)}"


def _p95(times: list[Milliseconds]) -> Milliseconds:
    return quantiles(times, n=20)[-1]


def _therapist(store: Store, supplies: Supplies, nth: int) -> Therapist:
    """Add a therapist with a patient of their own, signed in."""
    app, patient_id = store.app, patient(store.app, supplies)
    with app.app_context(), one_transaction():
        tenancy.set_clinic(supplies.person.clinic_id)
        person = accounts.add_user(
            email=f"saver{nth}@demo.clinic", name=f"Saver {nth}", credentials="PT",
            role=Role.THERAPIST, password=PASSWORD, by=None,
        )  # fmt: skip
        db.session.flush()
        own = Supplies(person, supplies.instrument_id, supplies.lubricant_id)
    browser = Browser(app, own, patient_id)
    return Therapist(browser, person.id, patient_id, Random(nth))  # noqa: S311


if __name__ == "__main__":
    sys.exit(main())
