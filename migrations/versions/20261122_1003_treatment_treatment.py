"""What was done in a visit, what it did, and what closes it.

Revision ID: treatment
Revises: visits
"""

import sqlalchemy as sa
from alembic import op

revision = "treatment"
down_revision = "visits"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "instrument_use",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("instrument_id", sa.Integer(), nullable=False),
        sa.Column("region", sa.String(length=60), nullable=False),
        sa.Column("side", sa.String(length=20), nullable=False),
        sa.Column("stroke", sa.String(length=60), nullable=False),
        sa.Column("direction", sa.String(length=60), nullable=False),
        sa.Column("angle_degrees", sa.Integer(), nullable=True),
        sa.Column("pressure", sa.String(length=20), nullable=True),
        sa.Column("newtons", sa.Integer(), nullable=True),
        sa.Column("newtons_source", sa.String(length=20), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("motion", sa.String(length=60), nullable=False),
        sa.Column("lubricant_id", sa.Integer(), nullable=True),
        sa.Column("discomfort", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(newtons IS NULL) = (newtons_source IS NULL)",
            name=op.f("ck_instrument_use_newtons_source"),
        ),
        sa.CheckConstraint("angle_degrees BETWEEN 0 AND 90", name=op.f("ck_instrument_use_angle")),
        sa.CheckConstraint(
            "discomfort BETWEEN 0 AND 10", name=op.f("ck_instrument_use_discomfort")
        ),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_instrument_use_minutes")),
        sa.ForeignKeyConstraint(
            ["clinic_id", "instrument_id"],
            ["instrument.clinic_id", "instrument.id"],
            name=op.f("fk_instrument_use_clinic_id_instrument_id_instrument"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "lubricant_id"],
            ["lubricant.clinic_id", "lubricant.id"],
            name=op.f("fk_instrument_use_clinic_id_lubricant_id_lubricant"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "visit_id"],
            ["visit.clinic_id", "visit.id"],
            name=op.f("fk_instrument_use_clinic_id_visit_id_visit"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_instrument_use_clinic_id_clinic")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instrument_use")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_instrument_use_clinic_id_id")),
    )
    with op.batch_alter_table("instrument_use", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_instrument_use_clinic_id"), ["clinic_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_instrument_use_visit_id"), ["visit_id"], unique=False)

    op.create_table(
        "use_tissue",
        sa.Column("instrument_use_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("tissue", sa.String(length=60), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "instrument_use_id"],
            ["instrument_use.clinic_id", "instrument_use.id"],
            name=op.f("fk_use_tissue_clinic_id_instrument_use_id_instrument_use"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_use_tissue_clinic_id_clinic")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_use_tissue")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_use_tissue_clinic_id_id")),
    )
    with op.batch_alter_table("use_tissue", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_use_tissue_clinic_id"), ["clinic_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_use_tissue_instrument_use_id"), ["instrument_use_id"], unique=False
        )

    op.create_table(
        "intervention",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "visit_id"],
            ["visit.clinic_id", "visit.id"],
            name=op.f("fk_intervention_clinic_id_visit_id_visit"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_intervention_clinic_id_clinic")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intervention")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_intervention_clinic_id_id")),
    )
    with op.batch_alter_table("intervention", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_intervention_clinic_id"), ["clinic_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_intervention_visit_id"), ["visit_id"], unique=False)

    op.create_table(
        "effect",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("effect", sa.String(length=60), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=True),
        sa.Column("region", sa.String(length=60), nullable=False),
        sa.Column("side", sa.String(length=20), nullable=True),
        sa.Column("place_detail", sa.String(length=200), nullable=False),
        sa.Column("size_cm", sa.Integer(), nullable=True),
        sa.Column("lasted_days", sa.Integer(), nullable=True),
        sa.Column("tenderness", sa.Integer(), nullable=True),
        sa.Column("onset", sa.String(length=60), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("grade BETWEEN 0 AND 4", name=op.f("ck_effect_grade")),
        sa.ForeignKeyConstraint(
            ["clinic_id", "visit_id"],
            ["visit.clinic_id", "visit.id"],
            name=op.f("fk_effect_clinic_id_visit_id_visit"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_effect_clinic_id_clinic")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_effect")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_effect_clinic_id_id")),
    )
    with op.batch_alter_table("effect", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_effect_clinic_id"), ["clinic_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_effect_visit_id"), ["visit_id"], unique=False)

    op.create_table(
        "signature",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("signed_by_id", sa.Integer(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("printed_name", sa.String(length=400), nullable=False),
        sa.Column("meaning", sa.String(length=40), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "signed_by_id"],
            ["user.clinic_id", "user.id"],
            name=op.f("fk_signature_clinic_id_signed_by_id_user"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "visit_id"],
            ["visit.clinic_id", "visit.id"],
            name=op.f("fk_signature_clinic_id_visit_id_visit"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_signature_clinic_id_clinic")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_signature_clinic_id_id")),
    )
    with op.batch_alter_table("signature", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signature_clinic_id"), ["clinic_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_signature_visit_id"), ["visit_id"], unique=False)

    op.create_table(
        "addendum",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("printed_name", sa.String(length=400), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("about_on", sa.Date(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("effect", sa.String(length=60), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=True),
        sa.Column("region", sa.String(length=60), nullable=False),
        sa.Column("side", sa.String(length=20), nullable=True),
        sa.Column("place_detail", sa.String(length=200), nullable=False),
        sa.Column("size_cm", sa.Integer(), nullable=True),
        sa.Column("lasted_days", sa.Integer(), nullable=True),
        sa.Column("tenderness", sa.Integer(), nullable=True),
        sa.Column("onset", sa.String(length=60), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("grade BETWEEN 0 AND 4", name=op.f("ck_addendum_grade")),
        sa.ForeignKeyConstraint(
            ["clinic_id", "author_id"],
            ["user.clinic_id", "user.id"],
            name=op.f("fk_addendum_clinic_id_author_id_user"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "visit_id"],
            ["visit.clinic_id", "visit.id"],
            name=op.f("fk_addendum_clinic_id_visit_id_visit"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_addendum_clinic_id_clinic")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addendum")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_addendum_clinic_id_id")),
    )
    with op.batch_alter_table("addendum", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_addendum_clinic_id"), ["clinic_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_addendum_visit_id"), ["visit_id"], unique=False)


def downgrade() -> None:
    op.drop_table("addendum")
    op.drop_table("signature")
    op.drop_table("effect")
    op.drop_table("intervention")
    op.drop_table("use_tissue")
    op.drop_table("instrument_use")
