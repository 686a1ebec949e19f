"""The demo clinic: whole, believable, and the same again from the same seed."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from hashlib import sha256
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from clinic_notes.accounts.models import User
from clinic_notes.accounts.passwords import is_password
from clinic_notes.charting.models import (
    Addendum,
    Effect,
    InstrumentUse,
    Reading,
    Report,
    ScreeningAnswer,
    Signature,
    Visit,
)
from clinic_notes.clinical import sealed_note
from clinic_notes.clinical.change import Verdict
from clinic_notes.clinical.lifecycle import AWAITING
from clinic_notes.core import audit, tenancy
from clinic_notes.core.audit import AuditEntry
from clinic_notes.core.db import db
from clinic_notes.core.transaction import one_transaction
from clinic_notes.demo import build, building
from clinic_notes.demo.caseload import caseload
from clinic_notes.demo.staff import CLINICIANS, HILLTOP, RIVERSIDE
from clinic_notes.equipment.models import Instrument, Lubricant
from clinic_notes.outcomes.facts.models import EpisodeFact, MeasureFact
from clinic_notes.patients.models import Allergy, Condition, Episode, Patient
from clinic_notes.plan_of_care.models import DueRecord
from clinic_notes.reference.terms import Decision
from tests.repo_files import files, place
from tests.stores import ON_ONE_STORE

TODAY = date(2026, 11, 23)
PASSWORD = "try the demo clinic"
CLINICAL: tuple[type[Any], ...] = (
    Patient, Allergy, Condition, Episode, Visit, ScreeningAnswer, Reading, InstrumentUse, Effect,
    Addendum, Instrument, Lubricant,
)  # fmt: skip
FreeEmails = Callable[[], None]


@contextmanager
def inside(app: Flask, email: str = "maya@demo.clinic") -> Iterator[None]:
    """Look into the clinic of a demo sign-in."""
    with app.app_context(), one_transaction(for_writing=False):
        found = select(User.clinic_id).where(User.email == email)
        tenancy.set_clinic(db.session.scalars(found.execution_options(every_clinic=True)).one())
        yield


def count(table: type[Any], *conditions: Any) -> int:
    return db.session.scalar(select(func.count(table.id)).where(*conditions)) or 0


def digest_of_records() -> str:
    """Return a fingerprint of everything clinical, without the numbers a store gives out."""
    records = [
        [
            str(getattr(row, column.key))
            for column in table.__mapper__.columns
            if not re.search(r"(^|_)id$", column.key)
        ]
        for table in CLINICAL
        for row in db.session.scalars(select(table).order_by(table.id))
    ]
    return sha256(repr(records).encode()).hexdigest()


def test_the_demo_has_enough_for_a_manager_to_look_at() -> None:
    rng = Random(1)  # noqa: S311 - invented data, not a secret.
    cases = list(caseload(rng, building.PATIENTS, None, TODAY))
    closed = [course for case in cases for course in case.courses if course.closed_on]
    assert len(closed) >= 300
    ends = [course.closed_on for course in closed if course.closed_on]
    assert max(ends) - min(ends) > timedelta(days=2 * 365)
    assert sum(course.closing_reason == "did_not_return" for course in closed) >= 20
    treated = [session for course in closed for session in course.sessions]
    assert len({session.by for session in treated}) == len(CLINICIANS)
    two_years = (date(2024, 10, 1), date(2026, 9, 30))
    by_month = Counter(s.on.month for s in treated if two_years[0] <= s.on <= two_years[1])
    assert sum(by_month[month] for month in (1, 2, 3)) > sum(by_month[m] for m in (7, 8, 12))


@ON_ONE_STORE
@pytest.mark.slow
def test_the_whole_clinic_is_there(app: Flask, free_emails: FreeEmails) -> None:
    free_emails()
    build(app, password=PASSWORD, patients=40, seed=1, today=TODAY)
    with inside(app):
        assert count(Patient) == 40
        assert count(Visit) >= 3 * 38
        assert len({*db.session.scalars(select(Episode.region))}) >= 8
        assert count(Visit, Visit.signed_at.is_(None)) == 4
        assert count(Visit, Visit.decision == Decision.NOT_TREATED) == 1
        assert count(Signature, Signature.meaning.in_(AWAITING)) >= 2
        assert count(Addendum) >= 1
        assert count(Effect) >= 1
        assert count(Report) == count(Report, Report.signed_at.is_not(None)) == count(DueRecord)
        assert count(Report) == 1
        assert count(Patient, Patient.allergies_asked_on.is_(None)) >= 1
        assert count(Instrument, Instrument.retired_at.is_not(None)) == 1
        closed = count(Episode, Episode.closed_on.is_not(None))
        assert closed == count(EpisodeFact, EpisodeFact.closed_on.is_not(None)) >= 12
        assert count(MeasureFact, MeasureFact.verdict == Verdict.WORSE) >= 1
        assert count(Patient, Patient.id.not_in(select(Episode.patient_id))) == 1
        served = select(func.max(Visit.served_on))
        assert db.session.scalar(served) == date(2026, 11, 20)


@pytest.mark.slow
def test_what_was_signed_is_sealed_on_its_day_and_the_trail_is_whole(
    app: Flask, free_emails: FreeEmails
) -> None:
    free_emails()
    build(app, password=PASSWORD, patients=9, seed=2, today=TODAY)
    with inside(app):
        signatures = db.session.execute(
            select(Signature, Visit.served_on).join(Visit, Visit.id == Signature.visit_id)
        ).all()
        assert signatures
        for signature, served_on in signatures:
            assert sealed_note.digest(signature.document) == signature.digest
            assert signature.signed_at.date() == served_on
        assert audit.find_tampering() is None
        moments = db.session.scalars(select(AuditEntry.at).order_by(AuditEntry.number)).all()
        assert all(one <= other for one, other in pairwise(moments))


def test_the_same_seed_and_day_give_the_same_records(app: Flask, free_emails: FreeEmails) -> None:
    digests = []
    for seed in (3, 3, 4):
        free_emails()
        build(app, password=PASSWORD, patients=3, visits=6, seed=seed, today=TODAY)
        with inside(app):
            digests.append(digest_of_records())
    assert digests[0] == digests[1] != digests[2]


@ON_ONE_STORE
def test_the_clinic_has_the_size_asked_for(app: Flask, free_emails: FreeEmails) -> None:
    free_emails()
    heard: list[tuple[int, int]] = []
    build(
        app,
        password=PASSWORD,
        patients=2,
        visits=7,
        today=TODAY,
        progress=lambda done, of: heard.append((done, of)),
    )
    with inside(app):
        assert (count(Patient), count(Visit)) == (2, 7)
    assert heard[-1] == (len(heard), len(heard))


def test_the_stranger_has_a_patient_of_her_own_and_everybody_the_one_password(
    app: Flask, free_emails: FreeEmails
) -> None:
    free_emails()
    build(app, password=PASSWORD, patients=1, visits=1, today=TODAY)
    with inside(app, "stranger@other.clinic"):
        assert count(Patient) == 1
        assert count(Visit, Visit.signed_at.is_not(None)) == 2
    with app.app_context():
        people = db.session.scalars(select(User).execution_options(every_clinic=True)).all()
        by_email = {person.email: person for person in people}
        for account in (*RIVERSIDE, *HILLTOP):
            assert is_password(by_email[account.email], PASSWORD)


def test_a_demo_that_fails_leaves_nothing_behind(
    app: Flask, free_emails: FreeEmails, monkeypatch: pytest.MonkeyPatch
) -> None:
    free_emails()

    def stop(done: int, of: int) -> None:
        if done == of:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(app, password=PASSWORD, patients=1, visits=1, today=TODAY, progress=stop)
    with app.app_context():
        hers = select(User.id).where(User.email == "maya@demo.clinic")
        assert db.session.scalar(hers.execution_options(every_clinic=True)) is None


def test_only_the_demo_lives_in_the_past() -> None:
    tellers = {
        place(path)
        for path in files("clinic_notes", suffix=".py")
        if "clock.at(" in path.read_text()
    }
    assert tellers == {"clinic_notes/demo/building.py", "clinic_notes/demo/replay.py"}
