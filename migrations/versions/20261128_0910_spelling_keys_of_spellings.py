"""Patients are found by one normal form of their names and numbers, from whatever spelling.

The keys are made by the application's own rule: they must be what its search looks for.

Revision ID: spelling
Revises: effects
"""

from collections.abc import Callable, Iterable
from typing import Any

import sqlalchemy as sa
from alembic import op

from clinic_notes.patients.spelling import full_name, search_keys, searchable

revision = "spelling"
down_revision = "effects"
branch_labels = None
depends_on = None

BATCH = 1000
Keys = Iterable[tuple[str, str]]


def upgrade() -> None:
    _fill(search_keys)


def downgrade() -> None:
    _fill(_keys_before)


def _keys_before(name: str, mrn: str) -> Keys:
    words = name.split()
    left = {word[:n] + word[n + 1 :] for word in words for n in range(len(word))}
    return {
        ("number", mrn.casefold()),
        *(("name", word) for word in words),
        *(("misspelled", key) for key in {*words, *left}),
    }


def _fill(keys_of: Callable[[str, str], Keys]) -> None:
    bind = op.get_bind()
    for clinic_id in bind.scalars(sa.text("SELECT id FROM clinic")).all():
        if bind.dialect.name == "postgresql":
            # The rows of other clinics are not seen, by the owner of the tables neither.
            bind.execute(sa.text(f"SELECT set_config('app.clinic_id', '{clinic_id}', true)"))
        of_clinic = {"clinic_id": clinic_id}
        bind.execute(sa.text("DELETE FROM search_key WHERE clinic_id = :clinic_id"), of_clinic)
        _fill_clinic(bind, clinic_id, keys_of)


def _fill_clinic(bind: Any, clinic_id: int, keys_of: Callable[[str, str], Keys]) -> None:
    some = sa.text(
        "SELECT id, given_name, family_name, mrn FROM patient "
        "WHERE clinic_id = :clinic_id AND id > :last ORDER BY id LIMIT :batch"
    )
    named = sa.text("UPDATE patient SET search_name = :name WHERE id = :patient_id")
    written = sa.text(
        "INSERT INTO search_key (clinic_id, patient_id, name, kind, key) "
        "VALUES (:clinic_id, :patient_id, :name, :kind, :key)"
    )
    last = 0
    while rows := bind.execute(some, {"clinic_id": clinic_id, "last": last, "batch": BATCH}).all():
        last = rows[-1].id
        patients = [_of_patient(clinic_id, row) for row in rows]
        bind.execute(named, [{k: p[k] for k in ("name", "patient_id")} for p in patients])
        bind.execute(
            written,
            [
                {**patient, "kind": kind, "key": key}
                for patient, row in zip(patients, rows, strict=True)
                for kind, key in sorted(keys_of(patient["name"], row.mrn))
            ],
        )


def _of_patient(clinic_id: int, row: Any) -> dict[str, Any]:
    name = searchable(full_name(row.given_name, row.family_name))[:401]
    return {"clinic_id": clinic_id, "patient_id": row.id, "name": name}
