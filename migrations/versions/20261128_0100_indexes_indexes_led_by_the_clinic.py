"""Indexes begin with the clinic, as every statement does; those of the clinic alone go.

Each statement asks for the clinic and for something else. Given an index of the clinic alone,
SQLite took that one and walked through every row of the clinic.

On PostgreSQL they are made CONCURRENTLY, so that nobody who writes has to wait.

Revision ID: indexes
Revises: words
"""

from collections.abc import Iterable

import sqlalchemy as sa
from alembic import op

revision = "indexes"
down_revision = "words"
branch_labels = None
depends_on = None

Index = tuple[str, tuple[str, ...], str | None]
"""Table, columns, and the condition of a partial one."""

OF_CLINIC_ALONE = (
    "addendum", "allergy", "audit_counter", "audit_entry", "autosaved_form", "condition",
    "documentation_time", "effect", "episode", "instrument", "instrument_use", "intervention",
    "lubricant", "patient", "reading", "screening_answer", "screening_site", "signature",
    "use_tissue", "user", "visit",
)  # fmt: skip
OF_PARENT = {
    "addendum": "visit_id",
    "allergy": "patient_id",
    "condition": "patient_id",
    "effect": "visit_id",
    "episode": "patient_id",
    "instrument_use": "visit_id",
    "intervention": "visit_id",
    "reading": "visit_id",
    "screening_answer": "visit_id",
    "screening_site": "screening_answer_id",
    "signature": "visit_id",
    "use_tissue": "instrument_use_id",
}
OLD: dict[str, Index] = {
    **{f"ix_{table}_clinic_id": (table, ("clinic_id",), None) for table in OF_CLINIC_ALONE},
    **{f"ix_{table}_{column}": (table, (column,), None) for table, column in OF_PARENT.items()},
    "ix_audit_entry_patient_id": ("audit_entry", ("patient_id",), None),
    "ix_documentation_time_person_id": ("documentation_time", ("person_id",), None),
    "ix_visit_author_id": ("visit", ("author_id",), None),
    "ix_visit_course": ("visit", ("clinic_id", "patient_id", "served_on"), None),
    "ix_visit_episode_id": ("visit", ("episode_id",), None),
}
NEW: dict[str, Index] = {
    f"ix_{table}_{'_'.join(('clinic_id', *columns))}": (table, ("clinic_id", *columns), condition)
    for table, columns, condition in (
        *((table, (column,), None) for table, column in OF_PARENT.items()),
        ("audit_entry", ("patient_id", "number"), None),
        ("autosaved_form", ("person_id", "patient_id"), None),
        ("patient", ("born_on",), None),
        ("visit", ("patient_id", "served_on"), None),
        ("visit", ("episode_id", "served_on"), None),
        ("visit", ("author_id",), "signed_at IS NULL"),
        ("visit", ("signed_by_id", "signed_at"), None),
        ("visit", ("signed_at",), "signed_at IS NOT NULL"),
    )
}


def upgrade() -> None:
    _replace(OLD, NEW)


def downgrade() -> None:
    _replace(NEW, OLD)


def _replace(old: Iterable[str], new: dict[str, Index]) -> None:
    if op.get_bind().dialect.name != "postgresql":
        _make(new)
        _drop(old)
        return
    with op.get_context().autocommit_block():
        # What an interrupted run has left half made is made anew.
        _drop(new, if_exists=True, postgresql_concurrently=True)
        _make(new, postgresql_concurrently=True)
        _drop(old, if_exists=True, postgresql_concurrently=True)


def _make(indexes: dict[str, Index], **how: bool) -> None:
    for name, (table, columns, condition) in indexes.items():
        where = sa.text(condition) if condition else None
        op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where, **how)


def _drop(names: Iterable[str], **how: bool) -> None:
    for name in names:
        op.drop_index(name, **how)
