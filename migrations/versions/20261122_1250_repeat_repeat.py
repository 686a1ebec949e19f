"""Where a repeated treatment came from, and when each safety question was answered.

What is named as the source must be signed, of the same patient, and of the same clinic. A
foreign key could not ask for that, and to add one SQLite would have to make the table anew;
so triggers ask. A signed visit never goes away, so what they allowed once stays true.

Revision ID: repeat
Revises: pace
"""

import sqlalchemy as sa
from alembic import op

revision = "repeat"
down_revision = "pace"
branch_labels = None
depends_on = None

NOT_A_SOURCE = "not a signed visit of this patient"
SIGNED_OF_THIS_PATIENT = {
    "visit": (
        "repeated_from_id",
        "SELECT 1 FROM visit source WHERE source.id = NEW.repeated_from_id "
        "AND source.signed_at IS NOT NULL AND source.patient_id = NEW.patient_id "
        "AND source.clinic_id = NEW.clinic_id",
    ),
    "instrument_use": (
        "copied_from_id",
        "SELECT 1 FROM instrument_use source "
        "JOIN visit theirs ON theirs.id = source.visit_id "
        "JOIN visit mine ON mine.id = NEW.visit_id "
        "WHERE source.id = NEW.copied_from_id AND theirs.signed_at IS NOT NULL "
        "AND theirs.patient_id = mine.patient_id AND source.clinic_id = NEW.clinic_id",
    ),
}


def upgrade() -> None:
    op.add_column("visit", sa.Column("repeated_from_id", sa.Integer(), nullable=True))
    op.add_column("instrument_use", sa.Column("copied_from_id", sa.Integer(), nullable=True))
    op.add_column(
        "instrument_use",
        sa.Column("is_confirmed", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.add_column(
        "screening_answer", sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True)
    )
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for table, (column, found) in SIGNED_OF_THIS_PATIENT.items():
        name = f"{table}_source_guard"
        wrong = f"NEW.{column} IS NOT NULL AND NOT EXISTS ({found})"
        if not is_postgresql:
            for event in ("INSERT", f"UPDATE OF {column}"):
                op.execute(
                    f"CREATE TRIGGER {name}_{event.split()[0].lower()} BEFORE {event} "
                    f"ON \"{table}\" WHEN {wrong} BEGIN SELECT RAISE(ABORT, '{NOT_A_SOURCE}'); END"
                )
            continue
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {wrong} THEN RAISE EXCEPTION '{NOT_A_SOURCE}'; END IF; RETURN NEW; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {name} BEFORE INSERT OR UPDATE OF {column} "
            f'ON "{table}" FOR EACH ROW EXECUTE FUNCTION {name}()'
        )


def downgrade() -> None:
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for table in SIGNED_OF_THIS_PATIENT:
        name = f"{table}_source_guard"
        if is_postgresql:
            op.execute(f"DROP FUNCTION {name}() CASCADE")
        else:
            op.execute(f"DROP TRIGGER {name}_insert")
            op.execute(f"DROP TRIGGER {name}_update")
    op.drop_column("screening_answer", "answered_at")
    op.drop_column("instrument_use", "is_confirmed")
    op.drop_column("instrument_use", "copied_from_id")
    op.drop_column("visit", "repeated_from_id")
