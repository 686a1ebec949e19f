"""What keeping a form costs while twenty people type: the real server, every core, paced users.

Each sends the whole form every two to ten seconds, as the page's script does, and opens a page
now and then. The floor is a bare Flask application under the same server and the same users: the
form is parsed and one row upserted by the raw driver; its pages are fixed bytes.
"""

import json
import os
import time
from dataclasses import dataclass, field
from itertools import count
from random import Random
from statistics import median, quantiles
from threading import Thread

from flask import Flask, request
from sqlalchemy import Engine

from benchmarks import body
from benchmarks.client import Browser, Supplies
from benchmarks.comparison import Sides
from benchmarks.rounds import Milliseconds
from benchmarks.serving import served
from benchmarks.wsgi import Ask
from clinic_notes.accounts import actions as accounts
from clinic_notes.charting.autosave.form_instance import FormInstance
from clinic_notes.core import tenancy
from clinic_notes.core.db import db
from clinic_notes.core.forms.technical_fields import INSTANCE, entered_fields
from clinic_notes.core.permissions import Role
from clinic_notes.core.transaction import one_transaction
from tests.cast import PASSWORD

USERS, SECONDS = 20, 60
PAUSE = (2.0, 10.0)
"""Seconds between two sends of one person."""
LOOKS = 0.25
"""How often a send is followed by a page that is opened."""
LIMIT = 100.0
UPSERT = (
    "INSERT INTO autosaved_form (clinic_id, person_id, patient_id, episode_id, form_instance,"
    " revision, version, fields, saved_at) VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?)"
    " ON CONFLICT (person_id, form_instance) DO UPDATE"
    " SET revision = excluded.revision, fields = excluded.fields,"
    " saved_at = excluded.saved_at WHERE excluded.revision > autosaved_form.revision"
)


@dataclass
class Typist:
    """One of the twenty: the address and content of the form, and the time of each send."""

    ask: Ask
    cookie: str
    form: bytes
    keep_at: str
    pages: tuple[str, ...]
    chance: Random
    saves: list[Milliseconds] = field(default_factory=list)
    looks: list[Milliseconds] = field(default_factory=list)

    def type_until(self, end: float) -> None:
        """Send and look until the time is up."""
        for revision in count(1):
            time.sleep(self.chance.uniform(*PAUSE) if revision > 1 else self.chance.uniform(0, 6))
            if time.monotonic() >= end:
                return
            sent = b"%s&revision=%d" % (self.form, revision)
            self.saves.append(self._timed(self.keep_at, sent))
            if self.chance.random() < LOOKS:
                self.looks.append(self._timed(self.chance.choice(self.pages)))

    def _timed(self, path: str, form: bytes | None = None) -> Milliseconds:
        begun = time.perf_counter()
        answer = self.ask(path, form=form, cookie=self.cookie)
        assert answer.status == 200, (path, answer.status, answer.body[:500])
        return (time.perf_counter() - begun) * 1000


def measure(sides: Sides) -> bool:
    """Print how long keeping takes on our side and on the floor, with all at their forms."""
    typists = [_typist(sides, nth) for nth in range(USERS)]
    app, engine = sides.store.app, sides.store.floor()
    names = ((name, "") for name in _names(typists[0].form))
    fields = len(entered_fields(names, INSTANCE))
    size = len(typists[0].form) / 1024
    size_text = f"{fields} fields, {size:.0f} KB"
    print(f"{sides.store.name}, a form autosaved: {size_text}, {USERS} people typing")
    ours = _under_load(app, typists, "ours ")
    for typist in typists:
        typist.pages = ("/",)
    _under_load(_floor(engine), typists, "floor")
    engine.dispose()
    verdict = "within" if ours < LIMIT else "ABOVE"
    print(f"  p95 of keeping {ours:.1f} ms, {verdict} {LIMIT:g} ms\n")
    return ours < LIMIT


def _under_load(app: Flask, typists: list[Typist], name: str) -> Milliseconds:
    with served(app, workers=os.cpu_count() or 1) as ask:
        end = time.monotonic() + SECONDS
        threads = []
        for typist in typists:
            typist.ask, typist.saves, typist.looks = ask, [], []
            threads.append(Thread(target=typist.type_until, args=(end,)))
            threads[-1].start()
        for thread in threads:
            thread.join()
    saves = [each for typist in typists for each in typist.saves]
    looks = [each for typist in typists for each in typist.looks]
    assert len(saves) > USERS, "somebody's sends went wrong"
    print(f"  {name} {_figures(saves)}; pages {_figures(looks)}")
    return quantiles(saves, n=20)[-1]


def _figures(times: list[Milliseconds]) -> str:
    return f"p50 {median(times):6.2f}  p95 {quantiles(times, n=20)[-1]:6.2f}  n {len(times)}"


def _typist(sides: Sides, nth: int) -> Typist:
    """Add a therapist with a patient of their own, and open the form."""
    app, patient_id = sides.store.app, next(sides.patients(1))
    with app.app_context(), one_transaction():
        tenancy.set_clinic(sides.supplies.person.clinic_id)
        person = accounts.add_user(
            email=f"typist{nth}@demo.clinic", name=f"Typist {nth}", credentials="PT",
            role=Role.THERAPIST, password=PASSWORD, by=None,
        )  # fmt: skip
        db.session.flush()
        supplies = Supplies(person, sides.supplies.instrument_id, sides.supplies.lubricant_id)
    new = f"/patients/{patient_id}/visits/new"
    browser = Browser(app, supplies, patient_id)
    page = browser.look(new).body.decode()
    keep_at = page.split('data-autosave="')[1].split('"')[0]
    form = body.with_field(
        browser.visit_body, "form_instance", FormInstance.for_person(person.id).token
    )
    pages = (new, "/", f"/patients/{patient_id}")
    return Typist(browser.ask, browser.cookie, form, keep_at, pages, Random(nth))  # noqa: S311


def _names(form: bytes) -> list[str]:
    return [pair.split("=")[0] for pair in form.decode().split("&")]


def _floor(engine: Engine) -> Flask:
    app, page = Flask("floor of keeping"), "x" * 200_000

    @app.post("/<path:where>")
    def keep(where: str) -> dict[str, str]:
        form = request.form
        fields = json.dumps(list(form.items(multi=True)))
        person_id = int(form["form_instance"].split("-")[0])
        row = (
            1,
            person_id,
            1,
            1,
            form["form_instance"],
            int(form["revision"]),
            fields,
            time.strftime("%F"),
        )
        _written(engine, row)
        return {"saved_at": "14:02"}

    @app.get("/")
    def look() -> str:
        return page

    return app


def _written(engine: Engine, row: tuple[object, ...]) -> None:
    connection = engine.raw_connection()
    cursor = connection.cursor()
    cursor.execute("BEGIN IMMEDIATE")
    cursor.execute(UPSERT, row)
    cursor.execute("COMMIT")
    connection.close()
