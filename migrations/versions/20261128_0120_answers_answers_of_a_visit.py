"""The index of a visit's answers says how each question was answered.

So the questions ever answered yes are found without reading the many answered no.

Revision ID: answers
Revises: search
"""

from collections.abc import Sequence

from alembic import op

revision = "answers"
down_revision = "search"
branch_labels = None
depends_on = None

OLD = ("clinic_id", "visit_id")
NEW = (*OLD, "answer", "item")


def upgrade() -> None:
    _replace(OLD, NEW)


def downgrade() -> None:
    _replace(NEW, OLD)


def _replace(old: Sequence[str], new: Sequence[str]) -> None:
    before, after = (f"ix_screening_answer_{'_'.join(columns)}" for columns in (old, new))
    if op.get_bind().dialect.name != "postgresql":
        op.create_index(after, "screening_answer", new)
        op.drop_index(before, "screening_answer")
        return
    with op.get_context().autocommit_block():
        op.drop_index(after, "screening_answer", if_exists=True, postgresql_concurrently=True)
        op.create_index(after, "screening_answer", new, postgresql_concurrently=True)
        op.drop_index(before, "screening_answer", if_exists=True, postgresql_concurrently=True)
