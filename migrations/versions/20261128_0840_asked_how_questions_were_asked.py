"""How each safety answer was asked for, and who answered.

Of what is stored already neither is known: the columns stay empty, and the note says so.

Revision ID: asked
Revises: meanwhile
"""

import sqlalchemy as sa
from alembic import op

revision = "asked"
down_revision = "meanwhile"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("screening_answer", sa.Column("how_asked", sa.String(length=20)))
    op.add_column("screening_answer", sa.Column("unchanged_since", sa.Date()))
    op.add_column("visit", sa.Column("answered_by", sa.String(length=20)))


def downgrade() -> None:
    op.drop_column("visit", "answered_by")
    op.drop_column("screening_answer", "unchanged_since")
    op.drop_column("screening_answer", "how_asked")
