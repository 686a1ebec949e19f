"""Reports: progress reports, discharge summaries, plans of care, referral letters.

A signed report never changes, nor does a discarded draft; none is ever deleted.

Revision ID: reports
Revises: places
"""

import sqlalchemy as sa
from alembic import op

revision = "reports"
down_revision = "places"
branch_labels = None
depends_on = None

OURS = "clinic_id = nullif(current_setting('app.clinic_id', true), '')::int"
IS_CLOSED = "OLD.signed_at IS NOT NULL OR OLD.discarded_at IS NOT NULL"
CLOSED = "closed report: nothing of it changes"
KEPT = "report: this is only ever added to"
DRAFTS = "signed_at IS NULL AND discarded_at IS NULL"
SIGNED = "signed_at IS NOT NULL"
TEXTS = (
    "recipient", "diagnosis", "reason", "attendance", "goals", "changes", "treatment", "response",
    "frequency", "skilled_need", "plan",
)  # fmt: skip


def upgrade() -> None:
    _report()
    for column, where in (("author_id", DRAFTS), ("episode_id", ""), ("signed_by_id", SIGNED)):
        condition = sa.text(where) if where else None
        op.create_index(
            op.f(f"ix_report_clinic_id_{column}"),
            "report",
            ["clinic_id", column],
            sqlite_where=condition,
            postgresql_where=condition,
        )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE report ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE report FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own_clinic ON report USING ({OURS}) WITH CHECK ({OURS})")
        _guard_postgresql()
        return
    op.execute(
        f"CREATE TRIGGER report_update_guard BEFORE UPDATE ON report WHEN {IS_CLOSED} "
        f"BEGIN SELECT RAISE(ABORT, '{CLOSED}'); END"
    )
    op.execute(
        "CREATE TRIGGER report_delete_guard BEFORE DELETE ON report "
        f"BEGIN SELECT RAISE(ABORT, '{KEPT}'); END"
    )


def downgrade() -> None:
    op.drop_table("report")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION report_update_guard()")
        op.execute("DROP FUNCTION report_delete_guard()")


def _guard_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION report_update_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {IS_CLOSED} THEN RAISE EXCEPTION '{CLOSED}'; END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE FUNCTION report_delete_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{KEPT}'; END $$"
    )
    for name, event, each, runs in (
        ("report_update_guard", "UPDATE", "ROW", "report_update_guard"),
        ("report_delete_guard", "DELETE", "ROW", "report_delete_guard"),
        ("report_truncate_guard", "TRUNCATE", "STATEMENT", "report_delete_guard"),
    ):
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON report "
            f"FOR EACH {each} EXECUTE FUNCTION {runs}()"
        )


def _key(column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["clinic_id", column],
        [f"{table}.clinic_id", f"{table}.id"],
        name=op.f(f"fk_report_clinic_id_{column}_{table}"),
    )


def _report() -> None:
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("episode_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_until", sa.Date(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in TEXTS),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("due_record_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("discarded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_by_id", sa.Integer(), nullable=True),
        sa.Column("printed_name", sa.String(length=400), nullable=False),
        sa.Column("licence", sa.String(length=60), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("period_until >= period_from", name=op.f("ck_report_ends_after_start")),
        sa.CheckConstraint(
            "(signed_at IS NULL) = (signed_by_id IS NULL)"
            " AND (signed_at IS NULL) = (document = '')",
            name=op.f("ck_report_signed_by_someone"),
        ),
        sa.CheckConstraint(
            "signed_at IS NULL OR discarded_at IS NULL",
            name=op.f("ck_report_signed_or_discarded"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_report_clinic_id_id")),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_report_clinic_id_clinic")
        ),
        _key("patient_id", "patient"),
        _key("episode_id", "episode"),
        _key("author_id", "user"),
        _key("signed_by_id", "user"),
        _key("corrects_id", "report"),
        _key("due_record_id", "due_record"),
    )
