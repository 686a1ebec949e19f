"""Patients with allergies, standing conditions and episodes; the clinic's shelf.

Revision ID: patients
Revises: people
"""

import sqlalchemy as sa
from alembic import op

revision = "patients"
down_revision = "people"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "patient",
        sa.Column("given_name", sa.String(length=200), nullable=False),
        sa.Column("family_name", sa.String(length=200), nullable=False),
        sa.Column("search_name", sa.String(length=401), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=False),
        sa.Column("sex", sa.String(length=20), nullable=False),
        sa.Column("mrn", sa.String(length=40), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("background", sa.Text(), nullable=False),
        sa.Column("allergies_asked_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_patient_clinic_id_clinic")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patient")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_patient_clinic_id_id")),
        sa.UniqueConstraint("clinic_id", "mrn", name=op.f("uq_patient_clinic_id_mrn")),
    )
    with op.batch_alter_table("patient", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_patient_clinic_id"), ["clinic_id"], unique=False)
        batch_op.create_index("ix_patient_search", ["clinic_id", "search_name"], unique=False)

    op.create_table(
        "allergy",
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("allergen", sa.String(length=60), nullable=False),
        sa.Column("substance", sa.String(length=200), nullable=False),
        sa.Column("reaction", sa.String(length=200), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patient.clinic_id", "patient.id"],
            name=op.f("fk_allergy_clinic_id_patient_id_patient"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_allergy_clinic_id_clinic")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allergy")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_allergy_clinic_id_id")),
    )
    with op.batch_alter_table("allergy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_allergy_clinic_id"), ["clinic_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_allergy_patient_id"), ["patient_id"], unique=False)

    op.create_table(
        "condition",
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("item", sa.String(length=60), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patient.clinic_id", "patient.id"],
            name=op.f("fk_condition_clinic_id_patient_id_patient"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_condition_clinic_id_clinic")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_condition")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_condition_clinic_id_id")),
    )
    with op.batch_alter_table("condition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_condition_clinic_id"), ["clinic_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_condition_patient_id"), ["patient_id"], unique=False)

    op.create_table(
        "episode",
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("complaint", sa.String(length=200), nullable=False),
        sa.Column("region", sa.String(length=60), nullable=False),
        sa.Column("side", sa.String(length=20), nullable=False),
        sa.Column("onset", sa.String(length=200), nullable=False),
        sa.Column("onset_on", sa.Date(), nullable=True),
        sa.Column("referral", sa.String(length=200), nullable=False),
        sa.Column("referred_on", sa.Date(), nullable=True),
        sa.Column("planned_visits", sa.Integer(), nullable=True),
        sa.Column("visits_per_week", sa.Integer(), nullable=True),
        sa.Column("goals", sa.Text(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "closed_on IS NULL OR closed_on >= opened_on",
            name=op.f("ck_episode_closed_after_opened"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patient.clinic_id", "patient.id"],
            name=op.f("fk_episode_clinic_id_patient_id_patient"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_episode_clinic_id_clinic")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_episode")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_episode_clinic_id_id")),
    )
    with op.batch_alter_table("episode", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_episode_clinic_id"), ["clinic_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_episode_patient_id"), ["patient_id"], unique=False)

    op.create_table(
        "instrument",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("system", sa.String(length=60), nullable=False),
        sa.Column("model", sa.String(length=60), nullable=False),
        sa.Column("material", sa.String(length=60), nullable=False),
        sa.Column("edge", sa.String(length=60), nullable=False),
        sa.Column("bevel", sa.String(length=60), nullable=False),
        sa.Column("asset_number", sa.String(length=60), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_instrument_clinic_id_clinic")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instrument")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_instrument_clinic_id_id")),
        sa.UniqueConstraint("clinic_id", "name", name=op.f("uq_instrument_clinic_id_name")),
    )
    with op.batch_alter_table("instrument", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_instrument_clinic_id"), ["clinic_id"], unique=False)

    op.create_table(
        "lubricant",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("ingredients", sa.Text(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_lubricant_clinic_id_clinic")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lubricant")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_lubricant_clinic_id_id")),
        sa.UniqueConstraint("clinic_id", "name", name=op.f("uq_lubricant_clinic_id_name")),
    )
    with op.batch_alter_table("lubricant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lubricant_clinic_id"), ["clinic_id"], unique=False)


def downgrade() -> None:
    op.drop_table("lubricant")
    op.drop_table("instrument")
    op.drop_table("episode")
    op.drop_table("condition")
    op.drop_table("allergy")
    op.drop_table("patient")
