"""Gives the tablet to a patient, keeps the answers, takes them into the draft, takes it back."""

from collections.abc import Sequence
from dataclasses import astuple

from sqlalchemy import select

from clinic_notes.accounts import actions as accounts
from clinic_notes.accounts.models import User
from clinic_notes.charting.models import Visit
from clinic_notes.charting.models.kiosk import Kiosk, as_json
from clinic_notes.charting.visit.actions import record_visit
from clinic_notes.charting.visit.load import load_visit
from clinic_notes.charting.visit.queries import WHO
from clinic_notes.clinical.findings import Refused
from clinic_notes.clinical.readings.self_report import Became, KioskQuestion, next_step, taken_into
from clinic_notes.clinical.signing import may_edit
from clinic_notes.core import audit, clock
from clinic_notes.core.db import db


def start_kiosk(visit: Visit, asked: Sequence[KioskQuestion], *, token: str, by: User) -> Kiosk:
    """Lock the browser session of this token to the questions for the visit's patient."""
    now = clock.now()
    kiosk = Kiosk(
        patient_id=visit.patient_id,
        visit_id=visit.id,
        started_by_id=by.id,
        started_at=now,
        seen_at=now,
        step=0,
        questions=as_json([astuple(one) for one in asked]),
        answers=as_json({}),
        became=as_json({}),
    )
    db.session.add(kiosk)
    db.session.flush()
    accounts.lock_browser_session(token, kiosk_id=kiosk.id)
    audit.record("kiosk.started", kiosk, by=by, questions=len(asked))
    return kiosk


def answer(kiosk: Kiosk, at: int, text: str, *, direction: int, by: User) -> None:
    """Keep the answer to a question, as often as it is sent, and go on or back; "" takes it back.

    ``by`` is whose browser session it is: the patient has none.
    """
    answers = kiosk.given
    answers.pop(at, None)
    if text:
        answers[at] = text
    kiosk.answers = as_json(answers)
    _go(kiosk, at, direction, by)


def go_back(kiosk: Kiosk, *, by: User) -> None:
    """Show the last question again."""
    _go(kiosk, len(kiosk.asked), -1, by)


def _go(kiosk: Kiosk, at: int, direction: int, by: User) -> None:
    kiosk.step = next_step(kiosk.asked, kiosk.given, at, direction)
    kiosk.seen_at = clock.now()
    audit.record("kiosk.answered", kiosk, by=by, question=at)


def finish(kiosk: Kiosk, *, by: User) -> None:
    """End the questions: the answers go into the draft, and cannot be changed here any more."""
    if kiosk.finished_at is None:
        kiosk.finished_at = clock.now()
        audit.record("kiosk.finished", kiosk, by=by, answers=len(kiosk.given))
        take_answers(kiosk, by=by)


def take_answers(kiosk: Kiosk, *, by: User) -> None:
    """Take the answers into the draft, once; what has no place in it is kept here."""
    if kiosk.taken_at is not None:
        return
    kiosk.taken_at = clock.now()
    statement = select(Visit).options(*WHO).where(Visit.id == kiosk.visit_id)
    visit = db.session.scalars(statement.with_for_update(of=Visit)).unique().one()
    loaded = load_visit(visit)
    draft, became = taken_into(loaded.draft, kiosk.asked, kiosk.given)
    if not may_edit(visit.is_signed, visit.void is not None):
        became = dict.fromkeys(became, Became.CLOSED)
    elif Became.TAKEN in became.values():
        try:
            record_visit(visit, draft, stored=loaded.draft, version=visit.version, by=by)
        except Refused:
            became = dict.fromkeys(became, Became.REFUSED)
    kiosk.became = as_json(became)
    audit.record("kiosk.taken", kiosk, by=by, answers=len(became))


def resume(kiosk: Kiosk, *, by: User) -> None:
    """Let the patient go on after the idle time."""
    kiosk.seen_at = clock.now()
    audit.record("kiosk.resumed", kiosk, by=by)


def leave(kiosk: Kiosk, *, token: str, by: User) -> None:
    """Unlock the browser session; answers that are not in the draft yet go there."""
    take_answers(kiosk, by=by)
    kiosk.ended_at = clock.now()
    accounts.unlock_browser_session(token)
    audit.record("kiosk.left", kiosk, by=by)
