"""Where an episode was said to be before its place was corrected, and why.

Revision ID: places
Revises: corrections
"""

import sqlalchemy as sa
from alembic import op

revision = "places"
down_revision = "corrections"
branch_labels = None
depends_on = None

OURS = "clinic_id = nullif(current_setting('app.clinic_id', true), '')::int"
TABLE = "episode_place"
KEPT = "this is only ever added to"


def upgrade() -> None:
    _places()
    op.create_index(
        op.f(f"ix_{TABLE}_clinic_id_episode_id_until"), TABLE, ["clinic_id", "episode_id", "until"]
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


def _places() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Integer(), nullable=False),
        sa.Column("episode_id", sa.Integer(), nullable=False),
        sa.Column("region", sa.String(length=60), nullable=False),
        sa.Column("side", sa.String(length=20), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("corrected_by_id", sa.Integer(), nullable=False),
        sa.Column("printed_name", sa.String(length=400), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f(f"uq_{TABLE}_clinic_id_id")),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f(f"fk_{TABLE}_clinic_id_clinic")
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "episode_id"],
            ["episode.clinic_id", "episode.id"],
            name=op.f(f"fk_{TABLE}_clinic_id_episode_id_episode"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "corrected_by_id"],
            ["user.clinic_id", "user.id"],
            name=op.f(f"fk_{TABLE}_clinic_id_corrected_by_id_user"),
        ),
    )
