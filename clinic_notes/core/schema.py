"""Migrates a store to the schema this version of the code expects."""

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from clinic_notes.paths import shipped


def alembic_settings(engine: Engine) -> Config:
    """Return Alembic's settings for a store; they need no file, so a wheel works too."""
    settings = Config()
    settings.set_main_option("script_location", str(shipped("migrations")))
    settings.attributes["engine"] = engine
    return settings


def upgrade(engine: Engine, to: str = "head") -> None:
    """Run the migrations that are missing."""
    command.upgrade(alembic_settings(engine), to)


def downgrade(engine: Engine, to: str) -> None:
    """Run migrations backwards, down to a revision or ``base``."""
    command.downgrade(alembic_settings(engine), to)


def gather_statistics(engine: Engine) -> None:
    """Let the store count its rows, for it plans by their numbers."""
    # SQLite then counts the tables it never counted and those that grew tenfold since.
    is_embedded = engine.dialect.name == "sqlite"
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA optimize=0x10002" if is_embedded else "ANALYZE")


def is_new(engine: Engine) -> bool:
    """Say whether nothing was ever stored here: not even the tables are made."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() is None


def knows(engine: Engine, revision: str) -> bool:
    """Say whether this version of the code has a migration of that name."""
    scripts = ScriptDirectory.from_config(alembic_settings(engine))
    return any(script.revision == revision for script in scripts.walk_revisions())


def is_current(engine: Engine) -> bool:
    """Say whether the store has the schema this code expects."""
    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    return found == ScriptDirectory.from_config(alembic_settings(engine)).get_current_head()
