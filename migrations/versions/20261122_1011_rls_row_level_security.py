"""On PostgreSQL the database itself shows a clinic nothing but its own rows.

`user` is left out: sign-in looks a user up before the clinic is known. Without
`app.clinic_id` set nothing is seen and nothing can be written. FORCE binds the
tables' owner too; a superuser is never bound, so the application must not be one.

Revision ID: rls
Revises: locks
"""

from alembic import op

revision = "rls"
down_revision = "locks"
branch_labels = None
depends_on = None

OWNED = (
    "patient", "allergy", "condition", "episode", "instrument", "lubricant", "visit",
    "screening_answer", "screening_site", "reading", "instrument_use", "use_tissue",
    "intervention", "effect", "signature", "addendum", "audit_counter", "audit_entry",
)  # fmt: skip

OURS = "clinic_id = nullif(current_setting('app.clinic_id', true), '')::int"


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in OWNED:
        op.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
        op.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
        op.execute(f'CREATE POLICY own_clinic ON "{table}" USING ({OURS}) WITH CHECK ({OURS})')


def downgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in OWNED:
        op.execute(f'DROP POLICY own_clinic ON "{table}"')
        op.execute(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY')
        op.execute(f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY')
