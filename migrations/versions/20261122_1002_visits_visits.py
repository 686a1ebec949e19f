"""The visit: what was asked, measured, done and seen.

Revision ID: visits
Revises: patients
"""

import sqlalchemy as sa
from alembic import op

revision = "visits"
down_revision = "patients"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "visit",
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("episode_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("measured_by_id", sa.Integer(), nullable=True),
        sa.Column("served_on", sa.Date(), nullable=False),
        sa.Column("start_time", sa.Time(), nullable=True),
        sa.Column("end_time", sa.Time(), nullable=True),
        sa.Column("decision", sa.String(length=20), nullable=False),
        sa.Column("not_treated_reason", sa.Text(), nullable=False),
        sa.Column("referral", sa.Text(), nullable=False),
        sa.Column("patient_informed", sa.Boolean(), nullable=False),
        sa.Column("position", sa.String(length=60), nullable=False),
        sa.Column("position_detail", sa.String(length=200), nullable=False),
        sa.Column("skin_response", sa.String(length=60), nullable=False),
        sa.Column("subjective", sa.Text(), nullable=False),
        sa.Column("assessment", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("timed_minutes", sa.Integer(), nullable=True),
        sa.Column("total_minutes", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(signed_at IS NULL) = (signed_by_id IS NULL)", name=op.f("ck_visit_signed_by_someone")
        ),
        sa.CheckConstraint(
            "end_time IS NULL OR end_time >= start_time", name=op.f("ck_visit_ends_after_start")
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "author_id"],
            ["user.clinic_id", "user.id"],
            name=op.f("fk_visit_clinic_id_author_id_user"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "episode_id"],
            ["episode.clinic_id", "episode.id"],
            name=op.f("fk_visit_clinic_id_episode_id_episode"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "measured_by_id"],
            ["user.clinic_id", "user.id"],
            name=op.f("fk_visit_clinic_id_measured_by_id_user"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patient.clinic_id", "patient.id"],
            name=op.f("fk_visit_clinic_id_patient_id_patient"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "signed_by_id"],
            ["user.clinic_id", "user.id"],
            name=op.f("fk_visit_clinic_id_signed_by_id_user"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_visit_clinic_id_clinic")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_visit_clinic_id_id")),
    )
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visit_author_id"), ["author_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_visit_clinic_id"), ["clinic_id"], unique=False)
        batch_op.create_index(
            "ix_visit_course", ["clinic_id", "patient_id", "served_on"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_visit_episode_id"), ["episode_id"], unique=False)

    op.create_table(
        "screening_answer",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=60), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.String(length=20), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("mitigation", sa.String(length=20), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "visit_id"],
            ["visit.clinic_id", "visit.id"],
            name=op.f("fk_screening_answer_clinic_id_visit_id_visit"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_screening_answer_clinic_id_clinic")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening_answer")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_screening_answer_clinic_id_id")),
        sa.UniqueConstraint("visit_id", "item", name=op.f("uq_screening_answer_visit_id_item")),
    )
    with op.batch_alter_table("screening_answer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_screening_answer_clinic_id"), ["clinic_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_screening_answer_visit_id"), ["visit_id"], unique=False
        )

    op.create_table(
        "screening_site",
        sa.Column("screening_answer_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("region", sa.String(length=60), nullable=False),
        sa.Column("side", sa.String(length=20), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "screening_answer_id"],
            ["screening_answer.clinic_id", "screening_answer.id"],
            name=op.f("fk_screening_site_clinic_id_screening_answer_id_screening_answer"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_screening_site_clinic_id_clinic")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening_site")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_screening_site_clinic_id_id")),
    )
    with op.batch_alter_table("screening_site", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_screening_site_clinic_id"), ["clinic_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_screening_site_screening_answer_id"),
            ["screening_answer_id"],
            unique=False,
        )

    op.create_table(
        "reading",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("side", sa.String(length=20), nullable=True),
        sa.Column("detail", sa.String(length=200), nullable=False),
        sa.Column("mode", sa.String(length=20), nullable=True),
        sa.Column("position", sa.String(length=60), nullable=False),
        sa.Column("device", sa.String(length=60), nullable=False),
        sa.Column("method", sa.String(length=20), nullable=True),
        sa.Column("before_state", sa.String(length=20), nullable=True),
        sa.Column("before_number", sa.Integer(), nullable=True),
        sa.Column("before_grade", sa.String(length=10), nullable=False),
        sa.Column("after_state", sa.String(length=20), nullable=True),
        sa.Column("after_number", sa.Integer(), nullable=True),
        sa.Column("after_grade", sa.String(length=10), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind <> 'pain' OR after_number IS NULL OR after_number BETWEEN 0 AND 1000",
            name=op.f("ck_reading_pain_after_0_to_10"),
        ),
        sa.CheckConstraint(
            "kind <> 'pain' OR before_number IS NULL OR before_number BETWEEN 0 AND 1000",
            name=op.f("ck_reading_pain_before_0_to_10"),
        ),
        sa.CheckConstraint(
            "kind <> 'rom' OR (side IS NOT NULL AND mode IS NOT NULL)", name=op.f("ck_reading_rom")
        ),
        sa.CheckConstraint(
            "kind <> 'strength' OR (side IS NOT NULL AND method IS NOT NULL)",
            name=op.f("ck_reading_strength"),
        ),
        sa.CheckConstraint(
            "kind IN ('pain', 'rom', 'strength', 'measure')", name=op.f("ck_reading_kind")
        ),
        sa.CheckConstraint(
            "after_number IS NULL OR after_state IS NOT NULL", name=op.f("ck_reading_after_state")
        ),
        sa.CheckConstraint(
            "before_number IS NULL OR before_state IS NOT NULL",
            name=op.f("ck_reading_before_state"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "visit_id"],
            ["visit.clinic_id", "visit.id"],
            name=op.f("fk_reading_clinic_id_visit_id_visit"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_reading_clinic_id_clinic")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_reading_clinic_id_id")),
    )
    with op.batch_alter_table("reading", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reading_clinic_id"), ["clinic_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reading_visit_id"), ["visit_id"], unique=False)


def downgrade() -> None:
    op.drop_table("reading")
    op.drop_table("screening_site")
    op.drop_table("screening_answer")
    op.drop_table("visit")
