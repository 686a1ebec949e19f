"""By which code an intervention is billed, and why the minutes of a session differ.

Revision ID: services
Revises: snippets
"""

import sqlalchemy as sa
from alembic import op

revision = "services"
down_revision = "snippets"
branch_labels = None
depends_on = None


def upgrade() -> None:
    code = sa.Column("billed_as", sa.String(length=20), server_default="", nullable=False)
    op.add_column("intervention", code)
    op.add_column(
        "visit", sa.Column("minutes_reason", sa.Text(), server_default="", nullable=False)
    )


def downgrade() -> None:
    op.drop_column("visit", "minutes_reason")
    op.drop_column("intervention", "billed_as")
