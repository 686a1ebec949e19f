"""Goals of an episode.

Revision ID: goals
Revises: policy
"""

import sqlalchemy as sa
from alembic import op

revision = "goals"
down_revision = "policy"
branch_labels = None
depends_on = None

OURS = "clinic_id = nullif(current_setting('app.clinic_id', true), '')::int"

PARENTS = {"patient_id": "patient", "episode_id": "episode", "set_by_id": "user"}


def upgrade() -> None:
    _goal()
    op.create_index("ix_goal_clinic_id_episode_id", "goal", ["clinic_id", "episode_id"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE goal ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE goal FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own_clinic ON goal USING ({OURS}) WITH CHECK ({OURS})")


def downgrade() -> None:
    op.drop_table("goal")


def _goal() -> None:
    op.create_table(
        "goal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("episode_id", sa.Integer(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("measure", sa.String(length=120), nullable=False),
        sa.Column("detail", sa.String(length=200), nullable=False),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("target", sa.Integer(), nullable=True),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("agreed_by", sa.String(length=20), nullable=False),
        sa.Column("by_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(length=60), nullable=False),
        sa.Column("end_detail", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("by_on >= agreed_on", name=op.f("ck_goal_by_after_agreed")),
        sa.CheckConstraint(
            "(ended_on IS NULL) = (end_reason = '')", name=op.f("ck_goal_ended_for_a_reason")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_goal_clinic_id_id")),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_goal_clinic_id_clinic")
        ),
        *(
            sa.ForeignKeyConstraint(
                ["clinic_id", name],
                [f"{parent}.clinic_id", f"{parent}.id"],
                name=op.f(f"fk_goal_clinic_id_{name}_{parent}"),
            )
            for name, parent in PARENTS.items()
        ),
    )
