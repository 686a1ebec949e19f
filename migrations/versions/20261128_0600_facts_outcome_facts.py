"""Facts of signed sessions, for the manager's figures; `clinic-notes outcomes rebuild` fills them.

Revision ID: facts
Revises: due
"""

import sqlalchemy as sa
from alembic import op

revision = "facts"
down_revision = "due"
branch_labels = None
depends_on = None

OURS = "clinic_id = nullif(current_setting('app.clinic_id', true), '')::int"

FACTS = ("visit_fact", "episode_fact", "measure_fact")
OPEN = sa.text("closed_on IS NULL")


def upgrade() -> None:
    _visit_fact()
    _episode_fact()
    _measure_fact()
    op.create_index("ix_visit_fact_clinic_id_served_on", "visit_fact", ["clinic_id", "served_on"])
    op.create_index("ix_visit_fact_clinic_id_episode_id", "visit_fact", ["clinic_id", "episode_id"])
    op.create_index(
        "ix_episode_fact_clinic_id_closed_on", "episode_fact", ["clinic_id", "closed_on"]
    )
    op.create_index(
        "ix_episode_fact_clinic_id_last_on",
        "episode_fact",
        ["clinic_id", "last_on"],
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_index(
        "ix_episode_fact_clinic_id_episode_id", "episode_fact", ["clinic_id", "episode_id"]
    )
    op.create_index(
        "ix_measure_fact_clinic_id_episode_id", "measure_fact", ["clinic_id", "episode_id"]
    )
    if op.get_bind().dialect.name == "postgresql":
        for table in FACTS:
            op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            op.execute(f"CREATE POLICY own_clinic ON {table} USING ({OURS}) WITH CHECK ({OURS})")


def downgrade() -> None:
    for table in FACTS:
        op.drop_table(table)


def _visit_fact() -> None:
    op.create_table(
        "visit_fact",
        *_ids("visit_id", "episode_id", "therapist_id"),
        sa.Column("served_on", sa.Date(), nullable=False),
        *(
            sa.Column(name, sa.String(length=20), nullable=False)
            for name in ("pain", "rom", "strength", "score")
        ),
        sa.Column("pain_before", sa.Integer(), nullable=True),
        sa.Column("pain_after", sa.Integer(), nullable=True),
        sa.Column("pain_verdict", sa.String(length=20), nullable=True),
        sa.Column("skin_response", sa.String(length=60), nullable=False),
        sa.Column("worst_grade", sa.Integer(), nullable=True),
        *_owned("visit_fact", visit_id="visit", episode_id="episode", therapist_id="user"),
    )


def _episode_fact() -> None:
    op.create_table(
        "episode_fact",
        *_ids("episode_id", "patient_id", "therapist_id", "therapists"),
        sa.Column("region", sa.String(length=60), nullable=False),
        sa.Column("chronicity", sa.String(length=20), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("visits", sa.Integer(), nullable=False),
        *_owned("episode_fact", episode_id="episode", patient_id="patient", therapist_id="user"),
    )


def _measure_fact() -> None:
    op.create_table(
        "measure_fact",
        *_ids("episode_id"),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("is_main", sa.Boolean(), nullable=False),
        sa.Column("readings", sa.Integer(), nullable=False),
        sa.Column("first_value", sa.Integer(), nullable=True),
        sa.Column("last_value", sa.Integer(), nullable=True),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("response", sa.String(length=20), nullable=False),
        sa.Column("visits_to_response", sa.Integer(), nullable=True),
        *_owned("measure_fact", episode_id="episode"),
    )


def _ids(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in ("id", "clinic_id", *names)]


def _owned(table: str, **parents: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f(f"uq_{table}_clinic_id_id")),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f(f"fk_{table}_clinic_id_clinic")
        ),
        *(
            sa.ForeignKeyConstraint(
                ["clinic_id", name],
                [f"{parent}.clinic_id", f"{parent}.id"],
                name=op.f(f"fk_{table}_clinic_id_{name}_{parent}"),
            )
            for name, parent in parents.items()
        ),
    )
