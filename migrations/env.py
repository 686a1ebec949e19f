"""Alembic's way in: run against the engine handed over, or against a new embedded store."""

import tempfile
from pathlib import Path
from typing import Any

from alembic import context
from sqlalchemy import Engine, TypeDecorator, create_engine

from clinic_notes.core import db as store
from clinic_notes.models import Base

# Written by hand in the migrations, for autogenerate cannot see them: the triggers that
# keep signed notes and the trail, and PostgreSQL's row-level security.


def _plain_type(kind: str, item: Any, autogen_context: Any) -> str | bool:
    """Write a column of one of our types as what it is stored as: migrations outlive classes."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


def _engine() -> Engine:
    given = context.config.attributes.get("engine")
    if given is not None:
        return given
    # `alembic revision --autogenerate` on the command line compares with a store brought up
    # from nothing: no clinic's data is ever near it.
    path = Path(tempfile.mkdtemp()) / "revision.db"
    options = store.embedded(path, "0" * 64)
    engine = create_engine(options.pop("url"), **options)
    store.prepare(engine)
    from clinic_notes.core import schema

    if not context.get_x_argument(as_dictionary=True).get("empty"):
        schema.upgrade(engine)
    return engine


with _engine().connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=_plain_type,
        transaction_per_migration=True,
        # SQLite can roll DDL back too, since we begin its transactions ourselves.
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
