"""The kiosk: what a patient answers on the tablet, and the browser session locked to it.

Revision ID: kiosk
Revises: reports
"""

import sqlalchemy as sa
from alembic import op

revision = "kiosk"
down_revision = "reports"
branch_labels = None
depends_on = None

OURS = "clinic_id = nullif(current_setting('app.clinic_id', true), '')::int"
PARENTS = {"patient_id": "patient", "visit_id": "visit", "started_by_id": "user"}


def upgrade() -> None:
    _kiosk()
    op.create_index(op.f("ix_kiosk_clinic_id_visit_id"), "kiosk", ["clinic_id", "visit_id"])
    op.add_column("browser_session", sa.Column("kiosk_id", sa.Integer(), nullable=True))
    mark = sa.Column("before_by_patient", sa.Boolean(), server_default=sa.false(), nullable=False)
    op.add_column("reading", mark)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE kiosk ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE kiosk FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own_clinic ON kiosk USING ({OURS}) WITH CHECK ({OURS})")


def downgrade() -> None:
    op.drop_column("reading", "before_by_patient")
    op.drop_column("browser_session", "kiosk_id")
    op.drop_table("kiosk")


def _kiosk() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "kiosk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in PARENTS),
        sa.Column("started_at", moment, nullable=False),
        sa.Column("seen_at", moment, nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        *(sa.Column(n, sa.Text(), nullable=False) for n in ("questions", "answers", "became")),
        *(sa.Column(n, moment, nullable=True) for n in ("finished_at", "taken_at", "ended_at")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kiosk")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_kiosk_clinic_id_id")),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_kiosk_clinic_id_clinic")
        ),
        *(
            sa.ForeignKeyConstraint(
                ["clinic_id", column],
                [f"{parent}.clinic_id", f"{parent}.id"],
                name=op.f(f"fk_kiosk_clinic_id_{column}_{parent}"),
            )
            for column, parent in PARENTS.items()
        ),
    )
