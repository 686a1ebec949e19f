"""A signed visit stays as it was signed, whoever asks: triggers in both stores.

Refuses UPDATE and DELETE of a signed visit, and INSERT, UPDATE and DELETE of every row
that belongs to one. Signatures, addenda and the trail are only ever inserted.

Revision ID: locks
Revises: treatment
"""

from alembic import op

revision = "locks"
down_revision = "treatment"
branch_labels = None
depends_on = None

CHILDREN = ("screening_answer", "reading", "instrument_use", "intervention", "effect")
GRANDCHILDREN = {"screening_site": "screening_answer", "use_tissue": "instrument_use"}
INSERT_ONLY = ("signature", "addendum", "audit_entry")

SIGNED = "signed visit: nothing of it changes"
KEPT = "this is only ever added to"


def _parent(table: str, row: str) -> str:
    """Return a condition that the visit ``row`` belongs to is signed."""
    if table == "visit":
        return f"{row}.signed_at IS NOT NULL"
    visit = f"{row}.visit_id"
    if table in GRANDCHILDREN:
        parent = GRANDCHILDREN[table]
        visit = f"(SELECT visit_id FROM {parent} WHERE id = {row}.{parent}_id)"
    return f"EXISTS (SELECT 1 FROM visit WHERE id = {visit} AND signed_at IS NOT NULL)"


def _guards() -> list[tuple[str, str, str, str]]:
    """Return (table, event, condition, message) of every trigger."""
    guards = []
    for table in ("visit", *CHILDREN, *GRANDCHILDREN):
        guards.append((table, "DELETE", _parent(table, "OLD"), SIGNED))
        condition = _parent(table, "OLD")
        if table != "visit":
            guards.append((table, "INSERT", _parent(table, "NEW"), SIGNED))
            condition = f"{condition} OR {_parent(table, 'NEW')}"
        guards.append((table, "UPDATE", condition, SIGNED))
    for table in INSERT_ONLY:
        guards += [(table, event, "1 = 1", KEPT) for event in ("UPDATE", "DELETE")]
    guards.append(("audit_counter", "DELETE", "1 = 1", KEPT))
    guards.append(("audit_counter", "UPDATE", "NEW.entries <= OLD.entries", KEPT))
    return guards


def upgrade() -> None:
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for table, event, condition, message in _guards():
        name = f"{table}_{event.lower()}_guard"
        if not is_postgresql:
            op.execute(
                f'CREATE TRIGGER {name} BEFORE {event} ON "{table}" WHEN {condition} '
                f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
            )
            continue
        returned = "OLD" if event == "DELETE" else "NEW"
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {condition} THEN RAISE EXCEPTION '{message}'; END IF; "
            f"RETURN {returned}; END $$"
        )
        op.execute(
            f'CREATE TRIGGER {name} BEFORE {event} ON "{table}" '
            f"FOR EACH ROW EXECUTE FUNCTION {name}()"
        )
    if is_postgresql:
        _refuse_truncate()


def _refuse_truncate() -> None:
    op.execute(
        "CREATE FUNCTION truncate_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{KEPT}'; END $$"
    )
    for table in ("visit", *CHILDREN, *GRANDCHILDREN, *INSERT_ONLY, "audit_counter"):
        op.execute(
            f'CREATE TRIGGER {table}_truncate_guard BEFORE TRUNCATE ON "{table}" '
            "FOR EACH STATEMENT EXECUTE FUNCTION truncate_guard()"
        )


def downgrade() -> None:
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for table, event, _, _ in _guards():
        name = f"{table}_{event.lower()}_guard"
        if is_postgresql:
            op.execute(f"DROP FUNCTION {name}() CASCADE")
        else:
            op.execute(f"DROP TRIGGER {name}")
    if is_postgresql:
        op.execute("DROP FUNCTION truncate_guard() CASCADE")
