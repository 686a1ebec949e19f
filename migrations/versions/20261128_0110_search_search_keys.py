"""Patients are found by keys that were prepared, not by comparing every name.

Revision ID: search
Revises: indexes
"""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "search"
down_revision = "indexes"
branch_labels = None
depends_on = None

OURS = "clinic_id = nullif(current_setting('app.clinic_id', true), '')::int"
BATCH = 1000


OF_PATIENT = "fk_search_key_clinic_id_patient_id_patient"


def upgrade() -> None:
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    _create(is_postgresql)
    for clinic_id in op.get_bind().scalars(sa.text("SELECT id FROM clinic")).all():
        _fill(clinic_id, is_postgresql)
    for columns in (("kind", "key", "name", "patient_id"), ("patient_id",)):
        name = "_".join(("ix_search_key_clinic_id", *columns))
        op.create_index(name, "search_key", ["clinic_id", *columns])
    if not is_postgresql:
        op.drop_index("ix_patient_search", "patient")
        return
    # The key to patients comes last and is checked apart: until then nobody who registers waits.
    op.execute(
        f"ALTER TABLE search_key ADD CONSTRAINT {OF_PATIENT} "
        "FOREIGN KEY (clinic_id, patient_id) REFERENCES patient (clinic_id, id) NOT VALID"
    )
    with op.get_context().autocommit_block():
        op.execute(f"ALTER TABLE search_key VALIDATE CONSTRAINT {OF_PATIENT}")
        op.drop_index("ix_patient_search", "patient", if_exists=True, postgresql_concurrently=True)


def _create(is_postgresql: bool) -> None:
    op.create_table(
        "search_key",
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column(
            "key", sa.String(length=401, collation="C" if is_postgresql else None), nullable=False
        ),
        sa.Column("name", sa.String(length=401), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Integer(), nullable=False),
        *([] if is_postgresql else [_of_patient()]),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_search_key_clinic_id_clinic")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_key")),
    )
    if is_postgresql:
        op.execute("ALTER TABLE search_key ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE search_key FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own_clinic ON search_key USING ({OURS}) WITH CHECK ({OURS})")


def _of_patient() -> sa.ForeignKeyConstraint:
    patient = ["patient.clinic_id", "patient.id"]
    return sa.ForeignKeyConstraint(["clinic_id", "patient_id"], patient, name=op.f(OF_PATIENT))


def downgrade() -> None:
    op.create_index("ix_patient_search", "patient", ["clinic_id", "search_name"])
    op.drop_table("search_key")


def _fill(clinic_id: int, is_postgresql: bool) -> None:
    bind, last = op.get_bind(), 0
    if is_postgresql:
        # The rows of other clinics are not seen, by the owner of the tables neither.
        bind.execute(sa.text(f"SELECT set_config('app.clinic_id', '{clinic_id}', true)"))
    some = sa.text(
        "SELECT id, search_name, mrn FROM patient WHERE clinic_id = :clinic_id AND id > :last "
        "ORDER BY id LIMIT :batch"
    )
    written = sa.text(
        "INSERT INTO search_key (clinic_id, patient_id, name, kind, key) "
        "VALUES (:clinic_id, :patient_id, :name, :kind, :key)"
    )
    while rows := bind.execute(some, {"clinic_id": clinic_id, "last": last, "batch": BATCH}).all():
        last = rows[-1].id
        bind.execute(written, [key for row in rows for key in _keys(clinic_id, row)])


def _keys(clinic_id: int, patient: Any) -> Iterator[dict[str, Any]]:
    """Yield what the patient is found by: number, words of the name, each without a letter."""
    words = patient.search_name.split()
    left = {word[:n] + word[n + 1 :] for word in words for n in range(len(word))}
    found = {"clinic_id": clinic_id, "patient_id": patient.id, "name": patient.search_name}
    for kind, keys in (
        ("number", {patient.mrn.casefold()}),
        ("name", set(words)),
        ("misspelled", {*words, *left}),
    ):
        for key in sorted(keys):
            yield found | {"kind": kind, "key": key}
