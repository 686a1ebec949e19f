"""Adding up the time that writing a note took, which goes on after it is signed."""

from datetime import timedelta
from typing import Any

from sqlalchemy import func
from sqlalchemy.dialects import postgresql, sqlite

from clinic_notes.accounts.models import User
from clinic_notes.charting.models import DocumentationTime, Visit
from clinic_notes.clinical.documentation_time import TimeSpent
from clinic_notes.core import audit, clock
from clinic_notes.core.db import db
from clinic_notes.core.tenancy import current_clinic_id

SUMS = ("active_ms", "interactions", "keystrokes", "refused")


def add_documentation_time(visit: Visit, spent: TimeSpent, *, by: User) -> None:
    """Add a stretch of work to what this user's work on this note took; one statement."""
    row = {"clinic_id": current_clinic_id(), **time_columns(visit, spent, by=by)}
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    added = insert(DocumentationTime)
    sums = {name: getattr(DocumentationTime, name) + added.excluded[name] for name in SUMS}
    first_ever = func.coalesce(DocumentationTime.first_input_at, added.excluded.first_input_at)
    statement = added.on_conflict_do_update(
        index_elements=["visit_id", "person_id"], set_={**sums, "first_input_at": first_ever}
    )
    db.session.execute(statement, [row])
    # That time was added, not how much: the figures are the author's own.
    audit.record("documentation_time.added", visit, by=by)


def time_columns(visit: Visit, spent: TimeSpent, *, by: User) -> dict[str, Any]:
    """Return a stretch of work that ends now as a row."""
    opened_at = clock.now() - timedelta(milliseconds=spent.elapsed_ms)
    first = spent.first_input_ms
    return {
        "visit_id": visit.id,
        "person_id": by.id,
        "opened_at": opened_at,
        "first_input_at": None if first is None else opened_at + timedelta(milliseconds=first),
        "active_ms": spent.active_ms,
        "interactions": spent.interactions,
        "keystrokes": spent.keystrokes,
        "refused": "".join(f"{name} " for name in spent.refused),
    }
