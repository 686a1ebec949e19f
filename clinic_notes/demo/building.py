"""Builds the demo clinic; the same seed gives the same records."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from flask import Flask

from clinic_notes.core import audit, clock
from clinic_notes.core.transaction import one_transaction
from clinic_notes.demo import equipment, staff
from clinic_notes.demo.caseload import caseload
from clinic_notes.demo.replay import Replay
from clinic_notes.demo.timeline import Event, timeline

PATIENTS = 300
Progress = Callable[[int, int], None]


def build(
    app: Flask,
    *,
    password: str,
    patients: int = PATIENTS,
    visits: int | None = None,
    seed: int = 1,
    today: date | None = None,
    progress: Progress = lambda done, total: None,
) -> None:
    """Fill an empty store with two clinics and their past, up to the day before ``today``.

    ``visits`` are those of all patients together; two to eleven an episode where it is not given.
    The same seed and day give the same records. ``progress`` is called with (done, total).
    """
    last = today or clock.today(staff.TIME_ZONE)
    past = _past(seed, patients, visits, last)
    elsewhere = _past(seed + 1, 1, 2, last)
    with app.app_context(), one_transaction():
        with clock.at(past[0].at - timedelta(days=1)):
            people = staff.open_riverside(password)
            replay = Replay(people, equipment.fill(by=people["maya"]))
            audit.write()
        for done, event in enumerate(past, start=1):
            replay.play(event)
            progress(done, len(past))
        replay.finish()
        _replay_at_hilltop(elsewhere, password)


def _past(seed: int, patients: int, visits: int | None, last: date) -> list[Event]:
    rng = Random(seed)  # noqa: S311 - invented data, not a secret.
    return timeline(caseload(rng, patients, visits, last))


def _replay_at_hilltop(past: list[Event], password: str) -> None:
    with clock.at(past[0].at - timedelta(days=1)):
        stranger = staff.open_hilltop(password)["stranger"]
        replay = Replay(dict.fromkeys(staff.CLINICIANS, stranger), equipment.fill(by=stranger))
        audit.write()
    for event in past:
        replay.play(event)
    replay.finish()
