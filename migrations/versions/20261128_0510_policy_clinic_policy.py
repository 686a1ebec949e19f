"""Versions of a clinic's policy and reviews of it, only ever added to; clinical leads.

Revision ID: policy
Revises: plan
"""

import sqlalchemy as sa
from alembic import op

revision = "policy"
down_revision = "plan"
branch_labels = None
depends_on = None

TABLES = ("policy_version", "policy_review")
EVENTS = ("UPDATE", "DELETE")
KEPT = "this is only ever added to"
OURS = "clinic_id = nullif(current_setting('app.clinic_id', true), '')::int"


def upgrade() -> None:
    op.add_column(
        "user",
        sa.Column("is_clinical_lead", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    _create_tables()
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgresql()
        return
    for table in TABLES:
        for event in EVENTS:
            op.execute(
                f'CREATE TRIGGER {table}_{event.lower()}_guard BEFORE {event} ON "{table}" '
                f"BEGIN SELECT RAISE(ABORT, '{KEPT}'); END"
            )


def _create_tables() -> None:
    op.create_table(
        "policy_version",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("printed_name", sa.String(length=400), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        *_owned("policy_version", "made_by_id"),
        sa.UniqueConstraint("clinic_id", "number", name=op.f("uq_policy_version_clinic_id_number")),
    )
    op.create_table(
        "policy_review",
        sa.Column("policy_number", sa.Integer(), nullable=False),
        sa.Column("list_digest", sa.String(length=64), nullable=False),
        sa.Column("reviewer", sa.String(length=200), nullable=False),
        sa.Column("licence", sa.String(length=200), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        *_owned("policy_review", "recorded_by_id"),
    )


def _owned(table: str, user_id: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", user_id],
            ["user.clinic_id", "user.id"],
            name=op.f(f"fk_{table}_clinic_id_{user_id}_user"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f(f"fk_{table}_clinic_id_clinic")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f(f"uq_{table}_clinic_id_id")),
    )


def _guard_postgresql() -> None:
    for table in TABLES:
        for event in EVENTS:
            name = f"{table}_{event.lower()}_guard"
            op.execute(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"RAISE EXCEPTION '{KEPT}'; END $$"
            )
            op.execute(
                f'CREATE TRIGGER {name} BEFORE {event} ON "{table}" '
                f"FOR EACH ROW EXECUTE FUNCTION {name}()"
            )
        op.execute(
            f'CREATE TRIGGER {table}_truncate_guard BEFORE TRUNCATE ON "{table}" '
            "FOR EACH STATEMENT EXECUTE FUNCTION truncate_guard()"
        )
        op.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
        op.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
        op.execute(f'CREATE POLICY own_clinic ON "{table}" USING ({OURS}) WITH CHECK ({OURS})')


def downgrade() -> None:
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for table in TABLES:
        op.drop_table(table)
        if is_postgresql:
            for event in EVENTS:
                op.execute(f"DROP FUNCTION {table}_{event.lower()}_guard()")
    op.drop_column("user", "is_clinical_lead")
