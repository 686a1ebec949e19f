"""The first and the last reading in the facts; `clinic-notes outcomes rebuild` fills them again.

Revision ID: ends
Revises: confirm
"""

import sqlalchemy as sa
from alembic import op

revision = "ends"
down_revision = "confirm"
branch_labels = None
depends_on = None

FACTS = ("visit_fact", "episode_fact", "measure_fact")
ADDED = ("first_reading_id", "last_reading_id", "last_visits")


def upgrade() -> None:
    _empty_facts()
    with op.batch_alter_table("measure_fact") as measure_fact:
        for name in ADDED:
            measure_fact.add_column(sa.Column(name, sa.Integer(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("measure_fact") as measure_fact:
        for name in ADDED:
            measure_fact.drop_column(name)


def _empty_facts() -> None:
    """Drop facts without these columns: they are derived, and an episode's come back anew."""
    # Row-level security would hide the rows from DELETE.
    empty = "TRUNCATE" if op.get_bind().dialect.name == "postgresql" else "DELETE FROM"
    for table in FACTS:
        op.execute(f"{empty} {table}")
