"""Equipment counts its versions; a form's token remembers what it was sent with.

Revision ID: meanwhile
Revises: trail
"""

import sqlalchemy as sa
from alembic import op

revision = "meanwhile"
down_revision = "trail"
branch_labels = None
depends_on = None

VERSIONED = ("instrument", "lubricant")


def upgrade() -> None:
    for table in VERSIONED:
        op.add_column(table, sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    op.add_column(
        "submission",
        sa.Column("content", sa.String(length=64), server_default="", nullable=False),
    )


def downgrade() -> None:
    op.drop_column("submission", "content")
    for table in VERSIONED:
        op.drop_column(table, "version")
