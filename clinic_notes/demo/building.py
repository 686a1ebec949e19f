"""Builds the demo clinic; the same seed gives the same records."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from flask import Flask

from clinic_notes.accounts.models import User
from clinic_notes.accounts.queries import today_at_clinic
from clinic_notes.charting import actions as charting
from clinic_notes.charting.plan.due_items import due_of
from clinic_notes.charting.report.facts import episode_facts
from clinic_notes.charting.report.queries import known_report
from clinic_notes.clinical.due import DueKind
from clinic_notes.clinical.reports import ReportKind, draft_report
from clinic_notes.core import audit, clock
from clinic_notes.core.db import db
from clinic_notes.core.transaction import one_transaction
from clinic_notes.demo import equipment, staff
from clinic_notes.demo.caseload import caseload
from clinic_notes.demo.replay import Replay
from clinic_notes.demo.timeline import Event, timeline
from clinic_notes.patients.models import Episode

PATIENTS = 300
SKILLED_NEED = (
    "Pressure, angle and time are chosen anew in each session by the skin's response and by what "
    "the readings before it show; the load at home is advanced by the same."
)
LICENCE = "PT 40123"
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
        with clock.at(past[-1].at + timedelta(hours=1)):
            _sign_report(people["maya"])
            audit.write()
        _replay_at_hilltop(elsewhere, password)


def _sign_report(by: User) -> None:
    """Write and sign the progress report of this user's that is due first, if one is."""
    today = today_at_clinic()
    due = [line for line in due_of(by, today) if line.kind is DueKind.PROGRESS_REPORT]
    if not due:
        return
    episode, kind = db.session.get_one(Episode, due[0].episode_id), ReportKind.PROGRESS_REPORT
    drafted = draft_report(kind, episode_facts(episode), today)
    draft = replace(drafted, skilled_need=SKILLED_NEED)
    begun = charting.begin_report(episode, kind, draft, by=by)
    report = known_report(begun.id)
    charting.sign_report(report, licence=LICENCE, version=report.version, by=by)


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
