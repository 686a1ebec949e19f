"""When a password was set, who made its link, and the code that a colleague confirms.

Revision ID: confirm
Revises: facts
"""

import sqlalchemy as sa
from alembic import op

revision = "confirm"
down_revision = "facts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("user", sa.Column("password_set_at", sa.DateTime(timezone=True)))
    op.add_column("user", sa.Column("confirmation_code", sa.String(length=10)))
    with op.batch_alter_table("invitation") as invitation:
        invitation.add_column(sa.Column("made_by_id", sa.Integer()))
        invitation.create_foreign_key(
            op.f("fk_invitation_made_by_id_user"), "user", ["made_by_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("invitation") as invitation:
        invitation.drop_constraint(op.f("fk_invitation_made_by_id_user"), type_="foreignkey")
        invitation.drop_column("made_by_id")
    op.drop_column("user", "confirmation_code")
    op.drop_column("user", "password_set_at")
