"""One store measured: our side and its floor, both ready to be asked in turn."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import text

from benchmarks.baselines import Floor
from benchmarks.client import Browser, Supplies, clinic, patient
from benchmarks.recorded import record
from benchmarks.serving import served
from benchmarks.stores import Store
from clinic_notes.core.db import db


@dataclass(frozen=True)
class Sides:
    """Our browser and shelf, and the floor that was recorded from them."""

    store: Store
    supplies: Supplies
    browser: Browser
    floor: Floor

    @contextmanager
    def over_http(self) -> Iterator[None]:
        """Serve both sides as the house is served, and ask them as a browser does."""
        with self.store.app.app_context():
            db.engine.dispose()
        with served(self.store.app) as ours, served(self.floor.app) as theirs:
            in_process = self.browser.ask, self.floor.ask
            self.browser.ask, self.floor.ask = ours, theirs
            yield
            self.browser.ask, self.floor.ask = in_process

    def patients(self, number: int) -> Iterator[int]:
        """Make that many patients in the midst of treatment, one for each session to come."""
        made = [patient(self.store.app, self.supplies) for _ in range(number)]
        self._count()
        return iter(made)

    def long_course(self, visits: int) -> int:
        """Make a patient with that many signed visits; return the id."""
        number = patient(self.store.app, self.supplies, visits=visits, every=4)
        self._count()
        return number

    def _count(self) -> None:
        # PostgreSQL counts its rows by itself, a minute after they came: sooner than a clinic
        # has recorded so many, and later than these are measured.
        if self.store.name == "PostgreSQL":
            with self.store.app.app_context(), db.engine.begin() as connection:
                connection.execute(text("ANALYZE"))


@contextmanager
def both(store: Store) -> Iterator[Sides]:
    """Make the clinic, record one session, and build the floor of what it wrote."""
    supplies = clinic(store.app)
    someone = patient(store.app, supplies)
    browser = Browser(store.app, supplies, someone)
    recorded, engine = record(store, browser, supplies, someone)
    yield Sides(
        store, supplies, browser, Floor(engine, recorded, browser.visit_body, browser.sign_body)
    )
    engine.dispose()
