import pytest
from sqlalchemy import func, select

from clinic_notes.core.db import db
from clinic_notes.patients import actions
from clinic_notes.patients.models import Patient
from tests.patients.people import ROSA


@pytest.fixture
def rosa(acting_as, cast):
    with acting_as(cast.maya):
        return actions.register_patient(ROSA, by=cast.maya)


@pytest.fixture
def patients(acting_as, cast):
    """Count the patients on record."""

    def count():
        with acting_as(cast.maya):
            return db.session.scalar(select(func.count(Patient.id)))

    return count
