"""Co-signatures: notes that await one are found by an index, and returned with a comment.

Revision ID: cosign
Revises: spelling
"""

import sqlalchemy as sa
from alembic import op

revision = "cosign"
down_revision = "spelling"
branch_labels = None
depends_on = None

NOT_AUTHOR = "meaning <> 'author'"
OURS = "clinic_id = nullif(current_setting('app.clinic_id', true), '')::int"
TABLE = "cosignature_return"
KEPT = "this is only ever added to"


def upgrade() -> None:
    op.create_index(
        op.f("ix_signature_clinic_id_meaning_signed_at"),
        "signature",
        ["clinic_id", "meaning", "signed_at"],
        sqlite_where=sa.text(NOT_AUTHOR),
        postgresql_where=sa.text(NOT_AUTHOR),
    )
    _returns()
    op.create_index(
        op.f("ix_cosignature_return_clinic_id_visit_id"), TABLE, ["clinic_id", "visit_id"]
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own_clinic ON {TABLE} USING ({OURS}) WITH CHECK ({OURS})")
        _guard_postgresql()
    else:
        for event in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER {TABLE}_{event}_guard BEFORE {event.upper()} ON {TABLE} "
                f"BEGIN SELECT RAISE(ABORT, '{KEPT}'); END"
            )


def downgrade() -> None:
    op.drop_table(TABLE)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP FUNCTION {TABLE}_guard()")
    op.drop_index(op.f("ix_signature_clinic_id_meaning_signed_at"), "signature")


def _guard_postgresql() -> None:
    op.execute(
        f"CREATE FUNCTION {TABLE}_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{KEPT}'; END $$"
    )
    for event, each in (("UPDATE OR DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
        name = f"{TABLE}_{'truncate_' if each == 'STATEMENT' else ''}guard"
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON {TABLE} "
            f"FOR EACH {each} EXECUTE FUNCTION {TABLE}_guard()"
        )


def _returns() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("returned_by_id", sa.Integer(), nullable=False),
        sa.Column("printed_name", sa.String(length=400), nullable=False),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f(f"uq_{TABLE}_clinic_id_id")),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f(f"fk_{TABLE}_clinic_id_clinic")
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "visit_id"],
            ["visit.clinic_id", "visit.id"],
            name=op.f(f"fk_{TABLE}_clinic_id_visit_id_visit"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "returned_by_id"],
            ["user.clinic_id", "user.id"],
            name=op.f(f"fk_{TABLE}_clinic_id_returned_by_id_user"),
        ),
    )
