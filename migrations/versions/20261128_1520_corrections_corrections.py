"""Corrections: which value of a signed note an addendum corrects or withdraws.

Revision ID: corrections
Revises: services
"""

import sqlalchemy as sa
from alembic import op

revision = "corrections"
down_revision = "services"
branch_labels = None
depends_on = None

OURS = "clinic_id = nullif(current_setting('app.clinic_id', true), '')::int"
TABLE = "correction"
KEPT = "this is only ever added to"
USES = "instrument_use_id IS NOT NULL"
PARENTS = ("visit", "episode", "addendum", "reading", "instrument_use")


def upgrade() -> None:
    _corrections()
    for column in ("visit_id", "episode_id", "reading_id"):
        op.create_index(op.f(f"ix_{TABLE}_clinic_id_{column}"), TABLE, ["clinic_id", column])
    op.create_index(
        op.f(f"ix_{TABLE}_clinic_id_instrument_use_id"),
        TABLE,
        ["clinic_id", "instrument_use_id"],
        sqlite_where=sa.text(USES),
        postgresql_where=sa.text(USES),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own_clinic ON {TABLE} USING ({OURS}) WITH CHECK ({OURS})")
        _guard_postgresql()
        return
    for event in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER {TABLE}_{event}_guard BEFORE {event.upper()} ON {TABLE} "
            f"BEGIN SELECT RAISE(ABORT, '{KEPT}'); END"
        )


def downgrade() -> None:
    op.drop_table(TABLE)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP FUNCTION {TABLE}_guard()")


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


def _corrections() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("episode_id", sa.Integer(), nullable=False),
        sa.Column("addendum_id", sa.Integer(), nullable=False),
        sa.Column("reading_id", sa.Integer(), nullable=True),
        sa.Column("instrument_use_id", sa.Integer(), nullable=True),
        sa.Column("which", sa.String(length=6), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("grade", sa.String(length=10), nullable=False),
        sa.CheckConstraint(
            "(reading_id IS NULL) <> (instrument_use_id IS NULL)",
            name=op.f(f"ck_{TABLE}_of_one_row"),
        ),
        sa.CheckConstraint(
            "(which IN ('before', 'after')) = (reading_id IS NOT NULL)",
            name=op.f(f"ck_{TABLE}_which_end"),
        ),
        sa.CheckConstraint(
            "state IS NOT NULL OR number IS NULL", name=op.f(f"ck_{TABLE}_withdrawn_has_no_number")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f(f"uq_{TABLE}_clinic_id_id")),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f(f"fk_{TABLE}_clinic_id_clinic")
        ),
        *(
            sa.ForeignKeyConstraint(
                ["clinic_id", f"{parent}_id"],
                [f"{parent}.clinic_id", f"{parent}.id"],
                name=op.f(f"fk_{TABLE}_clinic_id_{parent}_id_{parent}"),
            )
            for parent in PARENTS
        ),
    )
