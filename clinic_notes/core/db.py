"""The database: declarative base, column types, and the two kinds of store."""

from contextlib import suppress
from contextvars import ContextVar
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from time import sleep
from typing import Any

import sqlcipher3
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import DateTime, Dialect, Engine, Integer, MetaData, String, TypeDecorator, event
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import QueuePool

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

LABEL = 200
"""Characters a name or a short line may have."""
LONG_TEXT = 20_000
"""Characters a free text may have."""


class Base(DeclarativeBase):
    """The base of every table; names its constraints so that migrations can drop them."""

    metadata = MetaData(naming_convention=NAMES)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware and in UTC, in Python and in both stores."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time rather than guess its zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A stored moment must know its time zone.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give SQLite's naive values back their zone."""
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


class Term(TypeDecorator[Any]):
    """A member of one of the closed vocabularies, stored by its value."""

    impl = String(20)
    cache_ok = True

    def __init__(self, vocabulary: type[Any]) -> None:
        """Store members of ``vocabulary``, a StrEnum."""
        super().__init__()
        self.vocabulary = vocabulary
        self._stored = {None: None} | {member: str(member.value) for member in vocabulary}
        self._members = {None: None} | {str(member.value): member for member in vocabulary}

    # A visit has several hundred terms, so SQLAlchemy is given the dictionary's own look-up to
    # call for each, and no method around it.
    def bind_processor(self, dialect: Dialect) -> Any:
        """Store the value; KeyError for what the vocabulary does not have."""
        return self._stored.__getitem__

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        """Read the member back."""
        return self._members.__getitem__


class Exact(TypeDecorator[Decimal]):
    """A decimal with two places, kept as whole hundredths: exact in both stores."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Refuse what two places cannot hold rather than round a measurement."""
        if value is None:
            return None
        hundredths = Decimal(value) * 100
        if hundredths != int(hundredths):
            raise ValueError(f"{value} has more than two decimals.")
        return int(hundredths)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        """Read the decimal back as it was written: 4, not 4.00."""
        if value is None:
            return None
        whole, rest = divmod(value, 100)
        return Decimal(whole) if rest == 0 else Decimal(value) / 100


TRIES, TRY_AGAIN_AFTER = 1000, 0.005
"""How often, and after how many seconds, a writer tries to begin beside another."""

writing: ContextVar[bool] = ContextVar("writing", default=True)
"""Whether the next transaction may write. SQLite must know before it begins."""

db = SQLAlchemy(session_options={"expire_on_commit": False})


def embedded(path: Path, key: str) -> dict[str, Any]:
    """Return the engine settings of the encrypted embedded store at ``path``.

    A key of 64 hexadecimal digits is used as it is; any other is a passphrase,
    which SQLCipher stretches at every connection.
    """
    is_raw = len(key) == 64 and all(digit in "0123456789abcdefABCDEF" for digit in key)
    password = f"x'{key}'" if is_raw else key
    url = URL.create("sqlite+pysqlcipher", password=password, host="", database=str(path))
    return {"url": url, "module": sqlcipher3, "poolclass": QueuePool}


def shared(url: str) -> dict[str, Any]:
    """Return the engine settings of a PostgreSQL store."""
    address = make_url(url)
    if address.get_backend_name() != "postgresql":
        raise ValueError("CLINIC_NOTES_DATABASE_URL must be a postgresql:// address.")
    return {
        "url": address.set(drivername="postgresql+psycopg"),
        "pool_pre_ping": True,
        "pool_timeout": 5,
        # Compiling a query costs more than any of ours takes to run.
        "connect_args": {"options": "-c idle_in_transaction_session_timeout=30000 -c jit=off"},
    }


def is_disk_full(error: OperationalError) -> bool:
    """Say whether a store could not write because there is no room."""
    return "disk is full" in str(error.orig)


def prepare(engine: Engine) -> None:
    """Make an embedded store's connections durable, and let them say BEGIN themselves."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin)


def _set_pragmas(connection: Any, record: object) -> None:
    # We say BEGIN ourselves: the driver would begin late, and never IMMEDIATE.
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "busy_timeout=5000",
        "foreign_keys=ON",
        # Without this, INSERT OR REPLACE would delete a signed row past its trigger.
        "recursive_triggers=ON",
        "trusted_schema=OFF",
        "secure_delete=ON",
        "temp_store=MEMORY",
        "mmap_size=0",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # A read that later writes fails at once when another has written meanwhile, whatever
    # the busy timeout says; a transaction that may write therefore takes its turn first.
    if not writing.get():
        connection.exec_driver_sql("BEGIN")
    elif not _took_turn(connection.connection.dbapi_connection):
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _took_turn(connection: Any) -> bool:
    """Say whether a writing transaction could begin within the time that one may wait.

    SQLite itself would sleep up to 100 ms between two tries: beside others that try more often, or
    come one after another, some would never get their turn.
    """
    connection.execute("PRAGMA busy_timeout=0")
    try:
        for _ in range(TRIES):
            with suppress(sqlcipher3.OperationalError):
                connection.execute("BEGIN IMMEDIATE")
                return True
            sleep(TRY_AGAIN_AFTER)
        return False
    finally:
        connection.execute("PRAGMA busy_timeout=5000")
