"""While the password of a signature is checked, slowly on purpose, others go on writing."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from clinic_notes.accounts import passwords
from clinic_notes.charting.models import Signature
from clinic_notes.core.db import db
from tests.cast import PASSWORD
from tests.charting.form_payloads import sent
from tests.html_page import Page


@pytest.fixture
def meanwhile(monkeypatch):
    """Do something in another worker each time a password is checked; its answers are gathered."""
    check = passwords.is_password

    def doing(act):
        answers = []

        def slow(*asked):
            with ThreadPoolExecutor(1) as other:
                answers.append(other.submit(act).result().status_code)
            return check(*asked)

        monkeypatch.setattr(passwords, "is_password", slow)
        return answers

    return doing


@pytest.fixture
def visits(save_visit, patient_with_episode, draft):
    """Two drafts of Maya's, ready to be signed."""
    return [save_visit(patient_with_episode.new_session_url, sent(draft)) for _ in range(2)]


@pytest.fixture
def signed(acting_as, cast):
    """Return the ids of the visits that are signed."""

    def ids() -> list[int]:
        with acting_as(cast.maya):
            return list(db.session.scalars(select(Signature.visit_id)))

    return ids


def edited_by(client, visit):
    """Return what saves a change of the visit that was opened now."""
    address = f"/visits/{visit}/edit"
    form = Page(client.get(address)).filled(plan="Rest for a week.")
    return lambda: client.post(address, data=form)


def sign(client, visit) -> int:
    address = f"/visits/{visit}/sign"
    return client.post(
        address, data=Page(client.get(address)).filled(password=PASSWORD)
    ).status_code


def test_another_note_is_saved_meanwhile(maya, client_for, cast, visits, meanwhile, signed):
    answers = meanwhile(edited_by(client_for(cast.jonas), visits[1]))
    assert sign(maya, visits[0]) == 303
    assert answers == [303]
    assert signed() == visits[:1]


def test_a_note_that_is_changed_meanwhile_is_not_signed(
    maya, client_for, cast, visits, meanwhile, signed
):
    answers = meanwhile(edited_by(client_for(cast.jonas), visits[0]))
    assert sign(maya, visits[0]) == 409
    assert answers == [303]
    assert signed() == []
