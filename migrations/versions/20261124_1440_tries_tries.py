"""How many passwords were refused of late, for all workers together and past a restart.

Revision ID: tries
Revises: kept
"""

import sqlalchemy as sa
from alembic import op

revision = "tries"
down_revision = "kept"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "refused_tries",
        sa.Column("counter", sa.String(length=80), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("counter", name=op.f("pk_refused_tries")),
    )


def downgrade() -> None:
    op.drop_table("refused_tries")
