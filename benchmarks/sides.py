"""One store measured: our side and its floor, both ready to be asked in turn."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from benchmarks.floors import Floor
from benchmarks.ours import Browser, Shelf, clinic, patient
from benchmarks.recorded import record
from benchmarks.serving import served
from benchmarks.stores import Store
from clinic_notes.core.db import db


@dataclass(frozen=True)
class Sides:
    """Our browser and shelf, and the floor that was recorded from them."""

    store: Store
    shelf: Shelf
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
        return iter([patient(self.store.app, self.shelf) for _ in range(number)])


@contextmanager
def both(store: Store) -> Iterator[Sides]:
    """Make the clinic, record one session, and build the floor of what it wrote."""
    shelf = clinic(store.app)
    someone = patient(store.app, shelf)
    browser = Browser(store.app, shelf, someone)
    recorded, engine = record(store, browser, shelf, someone)
    yield Sides(
        store, shelf, browser, Floor(engine, recorded, browser.visit_body, browser.sign_body)
    )
    engine.dispose()
