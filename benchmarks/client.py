"""Our side: the real application, a browser signed in, a patient for every session."""

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from flask import Flask

from benchmarks import body
from benchmarks.wsgi import Answer, Ask, ask
from clinic_notes.accounts import actions as accounts
from clinic_notes.accounts.models import User
from clinic_notes.core import tenancy
from clinic_notes.core.db import db
from clinic_notes.core.transaction import one_transaction
from tests.cast import PASSWORD, Cast, assemble
from tests.drafts import treated_draft, yesterday
from tests.factories import (
    make_episode,
    make_instrument,
    make_lubricant,
    make_patient,
    record_visit,
)

EARLIER_VISITS = 2
"""A patient in treatment for a while: the earlier answers are evaluated again."""


@dataclass(frozen=True)
class Supplies:
    """What the sessions are done with, and by whom."""

    person: User
    instrument_id: int
    lubricant_id: int


class Browser:
    """A therapist's browser: signed in, with the tokens of its forms."""

    def __init__(self, app: Flask, supplies: Supplies, some_patient: int) -> None:
        self.ask: Ask = partial(ask, app)
        self.cookie = _signed_in(app, supplies.person)
        token = self._csrf_token(f"/patients/{some_patient}/visits/new")
        draft = body.visit_draft(
            served_on=yesterday(),
            person_id=supplies.person.id,
            instrument_id=supplies.instrument_id,
            lubricant_id=supplies.lubricant_id,
        )
        self.visit_body = body.visit_body(draft, csrf_token=token)
        self.sign_body = body.sign_body(password=PASSWORD, csrf_token=token)

    def save(self, patient_id: int) -> int:
        """Save the session of a patient as a draft; return the visit's id."""
        form = body.with_token(self.visit_body, secrets.token_urlsafe(24))
        answer = self.ask(f"/patients/{patient_id}/visits/new", form=form, cookie=self.cookie)
        return int(_led(answer).split("/")[2])

    def sign(self, visit_id: int) -> None:
        """Sign the note."""
        answer = self.ask(f"/visits/{visit_id}/sign", form=self.sign_body, cookie=self.cookie)
        assert _led(answer).partition("?")[0] == f"/visits/{visit_id}"

    def save_and_sign(self, patient_id: int) -> int:
        """Do both, as a therapist does at the end of a session."""
        visit_id = self.save(patient_id)
        self.sign(visit_id)
        return visit_id

    def look(self, path: str) -> Answer:
        """Open a page."""
        answer = self.ask(path, cookie=self.cookie)
        assert answer.status == 200, path
        return answer

    def _csrf_token(self, path: str) -> str:
        page = self.ask(path, cookie=self.cookie)
        # Its cookie holds the token's other half.
        self.cookie = page.headers["Set-Cookie"].split(";")[0]
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.body.decode())
        assert found is not None
        return found[1]


def clinic(app: Flask) -> Supplies:
    """Make the clinic, its people and its tools."""
    with app.app_context():
        cast: Cast = assemble()
        with one_transaction():
            tenancy.set_clinic(cast.maya.clinic_id)
            tool, product = make_instrument(cast.maya), make_lubricant(cast.maya)
            db.session.flush()
            return Supplies(cast.maya, tool.id, product.id)


def patient(app: Flask, supplies: Supplies, *, visits: int = EARLIER_VISITS, every: int = 3) -> int:
    """Make a patient with that many signed visits, one in ``every`` days; return the id."""
    with app.app_context(), one_transaction():
        tenancy.set_clinic(supplies.person.clinic_id)
        someone = make_patient(supplies.person)
        begun = yesterday() - timedelta(days=every * (visits + 1))
        episode = make_episode(someone, supplies.person, opened_on=begun)
        db.session.flush()
        patient_id = someone.id
        for served_on in _days(begun, visits, every):
            draft = treated_draft(
                supplies.instrument_id, supplies.lubricant_id, served_on=served_on
            )
            record_visit(patient_id, episode.id, draft, by=supplies.person)
    return patient_id


def _days(begun: date, visits: int, every: int) -> Iterator[date]:
    for nth in range(1, visits + 1):
        yield begun + timedelta(days=every * nth)


def _signed_in(app: Flask, person: User) -> str:
    with app.app_context(), one_transaction():
        token = accounts.start_browser_session(person)
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
        cookie["_fresh"] = True
    name = app.config["SESSION_COOKIE_NAME"]
    held = client.get_cookie(name)
    assert held is not None
    return f"{name}={held.value}"


def _led(answer: Answer) -> str:
    assert answer.status == 303, answer.body[:2000]
    return answer.headers["Location"]
