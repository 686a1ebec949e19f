"""Building the demo clinic: whole or not at all, and the same again from the same seed."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from flask import Flask

from clinic_notes.core import audit, clock
from clinic_notes.core.transaction import one_transaction
from clinic_notes.demo import equipment, staff
from clinic_notes.demo.caseload import caseload
from clinic_notes.demo.replay import Life
from clinic_notes.demo.timeline import Happening, happenings

PATIENTS = 24
Told = Callable[[int, int], None]


def build(
    app: Flask,
    *,
    password: str,
    patients: int = PATIENTS,
    visits: int | None = None,
    seed: int = 1,
    today: date | None = None,
    told: Told = lambda done, of: None,
) -> None:
    """Fill an empty store with two clinics and their past, up to the day before ``today``.

    ``visits`` are those of all patients together; three to nine each where it is not given.
    The same seed and day give the same records. ``told`` hears how much is done, of how much.
    """
    last = today or clock.today(staff.TIME_ZONE)
    past = _past(seed, patients, visits, last)
    elsewhere = _past(seed + 1, 1, 2, last)
    with app.app_context(), one_transaction():
        with clock.at(past[0].at - timedelta(days=1)):
            people = staff.open_riverside(password)
            life = Life(people, equipment.fill(by=people["maya"]))
            audit.write()
        for done, happening in enumerate(past, start=1):
            life.live(happening)
            told(done, len(past))
        _live_at_hilltop(elsewhere, password)


def _past(seed: int, patients: int, visits: int | None, last: date) -> list[Happening]:
    rng = Random(seed)  # noqa: S311 - drawn by lot, not kept secret.
    return happenings(caseload(rng, patients, visits, last))


def _live_at_hilltop(past: list[Happening], password: str) -> None:
    with clock.at(past[0].at - timedelta(days=1)):
        stranger = staff.open_hilltop(password)["stranger"]
        life = Life(dict.fromkeys(staff.HANDS, stranger), equipment.fill(by=stranger))
        audit.write()
    for happening in past:
        life.live(happening)
