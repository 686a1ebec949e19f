"""The names of the patients on a list."""

from collections.abc import Collection

from sqlalchemy import select

from clinic_notes.core.db import db
from clinic_notes.patients.models import Patient
from clinic_notes.patients.spelling import full_name


def patient_names(ids: Collection[int]) -> dict[int, str]:
    """Return the full names of these patients, in one statement."""
    named = select(Patient.id, Patient.given_name, Patient.family_name).where(Patient.id.in_(ids))
    return {row.id: full_name(row.given_name, row.family_name) for row in db.session.execute(named)}
