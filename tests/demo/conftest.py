"""A store where the demo's people have no account yet."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select, update

from clinic_notes.accounts.models import Clinic, User
from clinic_notes.core import audit, tenancy
from clinic_notes.core.db import db
from clinic_notes.core.transaction import one_transaction


@pytest.fixture
def free_emails(app: Flask) -> Callable[[], None]:
    """Give everybody who is there another e-mail address, so that the demo may use its own."""

    def free() -> None:
        with app.app_context():
            with one_transaction(for_writing=False):
                clinics = db.session.scalars(select(Clinic.id).order_by(Clinic.id)).all()
            for clinic_id in clinics:
                with one_transaction():
                    tenancy.set_clinic(clinic_id)
                    db.session.execute(update(User).values(email="former." + User.email))
                    audit.record("user.renamed", "user", by=None)

    return free
