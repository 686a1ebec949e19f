"""What was done in an episode when it was due, and its closings.

Revision ID: due
Revises: goals
"""

import sqlalchemy as sa
from alembic import op

revision = "due"
down_revision = "goals"
branch_labels = None
depends_on = None

OURS = "clinic_id = nullif(current_setting('app.clinic_id', true), '')::int"
TABLES = ("due_record", "closing")


def upgrade() -> None:
    _due_record()
    _closing()
    for table in TABLES:
        op.create_index(f"ix_{table}_clinic_id_episode_id", table, ["clinic_id", "episode_id"])
        if op.get_bind().dialect.name == "postgresql":
            op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            op.execute(f"CREATE POLICY own_clinic ON {table} USING ({OURS}) WITH CHECK ({OURS})")


def downgrade() -> None:
    for table in TABLES[::-1]:
        op.drop_table(table)


def _due_record() -> None:
    op.create_table(
        "due_record",
        *_of_episode("due_record", "recorded_by_id"),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
    )


def _closing() -> None:
    op.create_table(
        "closing",
        *_of_episode("closing", "closed_by_id"),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=60), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("goals_met", sa.Integer(), nullable=False),
        sa.Column("goals_not_met", sa.Integer(), nullable=False),
        sa.Column("sessions", sa.Integer(), nullable=False),
        sa.Column("planned_sessions", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reopened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reopened_by_id", sa.Integer(), nullable=True),
        sa.Column("reopen_reason", sa.Text(), nullable=False),
    )


def _of_episode(table: str, user_id: str) -> list[sa.Column[int] | sa.Constraint]:
    """Return what each of these tables has: its clinic, patient, episode, and who wrote the row."""
    parents = {"patient_id": "patient", "episode_id": "episode", user_id: "user"}
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in parents),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f(f"uq_{table}_clinic_id_id")),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f(f"fk_{table}_clinic_id_clinic")
        ),
        *(
            sa.ForeignKeyConstraint(
                ["clinic_id", name],
                [f"{parent}.clinic_id", f"{parent}.id"],
                name=op.f(f"fk_{table}_clinic_id_{name}_{parent}"),
            )
            for name, parent in parents.items()
        ),
    ]
