"""When an effect began, how long it lasted in its unit, and what became of it.

Revision ID: effects
Revises: asked
"""

import sqlalchemy as sa
from alembic import op

revision = "effects"
down_revision = "asked"
branch_labels = None
depends_on = None

TABLES = ("effect", "addendum")
ADDED = (
    ("onset_after", sa.Integer()),
    ("onset_unit", sa.String(length=20)),
    ("outcome", sa.String(length=20)),
    ("resolved_on", sa.Date()),
)


def upgrade() -> None:
    for table in TABLES:
        op.alter_column(table, "lasted_days", new_column_name="lasted")
        unit = sa.Column("lasted_unit", sa.String(length=20), server_default="days", nullable=False)
        op.add_column(table, unit)
        for name, kind in ADDED:
            op.add_column(table, sa.Column(name, kind))
    serious = sa.text("grade >= 2")
    op.create_index(
        op.f("ix_addendum_clinic_id_written_at"),
        "addendum",
        ["clinic_id", "written_at"],
        sqlite_where=serious,
        postgresql_where=serious,
    )
    op.add_column("visit", sa.Column("earlier_effects", sa.String(length=20)))
    op.add_column(
        "visit", sa.Column("earlier_effects_detail", sa.Text(), server_default="", nullable=False)
    )
    op.add_column("visit", sa.Column("earlier_effects_resolved_on", sa.Date()))


def downgrade() -> None:
    op.drop_index(op.f("ix_addendum_clinic_id_written_at"), "addendum")
    for name in ("earlier_effects_resolved_on", "earlier_effects_detail", "earlier_effects"):
        op.drop_column("visit", name)
    for table in TABLES:
        # A signed row cannot be changed: 36 hours would be read as 36 days.
        other = sa.text(f"SELECT count(*) FROM {table} WHERE lasted_unit <> 'days'")
        if op.get_bind().scalar(other):
            raise ValueError(f"{table}: there are durations in hours or minutes.")
        for name, _ in reversed(ADDED):
            op.drop_column(table, name)
        op.drop_column(table, "lasted_unit")
        op.alter_column(table, "lasted", new_column_name="lasted_days")
