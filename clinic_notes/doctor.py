"""What is configured here, and what is weak, missing or out of date, in words."""

import shutil
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from flask import Flask

from clinic_notes.accounts import queries
from clinic_notes.core import backup_age, clock, schema, tenancy
from clinic_notes.core.db import db
from clinic_notes.core.responses import health
from clinic_notes.core.secret_files import is_open_to_others
from clinic_notes.core.transaction import one_transaction
from clinic_notes.opened_store import clinics

GIGABYTE = 1024**3
LITTLE_FREE = GIGABYTE
"""Bytes of disk below which it is pointed out (proposed)."""


class State(StrEnum):
    """How it is with one thing."""

    OK = "ok"
    WEAK = "weak"
    MISSING = "missing"
    OLD = "out of date"


class Finding(NamedTuple):
    """One thing that was looked at, and what to do where it is not well."""

    state: State
    sentence: str


def examine(app: Flask) -> Iterator[Finding]:
    """Yield what is found, of an application whose store is open; nothing is changed."""
    if schema.is_new(db.engine):
        yield Finding(State.MISSING, "Nothing is set up here yet: run clinic-notes init.")
        return
    yield from _store(app)
    if not schema.is_current(db.engine):
        # What is asked below may need columns that are not there yet.
        yield Finding(State.OLD, "The store is of an older version: run clinic-notes upgrade.")
        return
    yield from _files(Path(app.config["INSTANCE"]))
    yield from _disk(app)
    yield from _backup(app)
    yield from _network(app)
    for clinic_id, name in clinics():
        with one_transaction(for_writing=False):
            tenancy.set_clinic(clinic_id)
            yield from _people(name)


def _store(app: Flask) -> Iterator[Finding]:
    if db.engine.dialect.name == "sqlite":
        yield Finding(State.OK, "The store is embedded (SQLite) and encrypted.")
    else:
        host = db.engine.url.host or "this machine"
        yield Finding(State.OK, f"The store is PostgreSQL at {host}.")
    if app.config["DEMO"]:
        yield Finding(State.WEAK, "This is the demo clinic: nothing real belongs here.")


def _files(instance: Path) -> Iterator[Finding]:
    """Yield the keys and stores that others on this machine can read."""
    open_to_others = [
        file.name
        for file in sorted(instance.iterdir())
        if file.is_file() and file.name != backup_age.NAME and is_open_to_others(file)
    ]
    for name in open_to_others:
        words = f"{name} can be read by others on this machine: chmod 600 {instance / name}"
        yield Finding(State.WEAK, words)
    if not open_to_others:
        yield Finding(State.OK, f"Only their owner can read the files in {instance}.")


def _disk(app: Flask) -> Iterator[Finding]:
    yield from (Finding(State.WEAK, fault) for fault in health.faults())
    free = shutil.disk_usage(app.config["INSTANCE"]).free
    words = f"{free / GIGABYTE:.1f} GB of disk are free"
    if free < LITTLE_FREE:
        yield Finding(State.WEAK, f"Only {words}: make room before nothing can be saved.")
    else:
        yield Finding(State.OK, f"{words}.")


def _backup(app: Flask) -> Iterator[Finding]:
    made = backup_age.last_backup(app)
    if made is None:
        words = "No backup was ever made: run clinic-notes backup create FILE, daily."
        yield Finding(State.MISSING, words)
        return
    words = f"The last backup was made on {made:%-d %b %Y} at {made:%H:%M} UTC"
    if clock.now() - made > backup_age.OLD:
        yield Finding(State.OLD, f"{words}: more than two days ago.")
    else:
        yield Finding(State.OK, f"{words}.")


def _network(app: Flask) -> Iterator[Finding]:
    if not app.config["HTTPS"]:
        words = (
            "HTTPS is off, so only this machine is served. For others put a proxy that speaks "
            "HTTPS before it, and set CLINIC_NOTES_HTTPS=1."
        )
        yield Finding(State.WEAK, words)
    elif not app.config["PROXIES"]:
        words = (
            "HTTPS is on and no proxy is named, so everybody counts as one address when "
            "passwords are guessed: set CLINIC_NOTES_PROXIES=1."
        )
        yield Finding(State.WEAK, words)
    else:
        yield Finding(State.OK, f"HTTPS is on, behind {app.config['PROXIES']} of your own proxies.")


def _people(clinic: str) -> Iterator[Finding]:
    administrators = queries.administrators()
    if administrators > 1:
        yield Finding(State.OK, f"{clinic}: {administrators} administrators.")
    else:
        words = "Add a second: who alone can help others cannot be helped."
        count = "1 administrator" if administrators else "no administrator"
        yield Finding(State.WEAK, f"{clinic}: {count}. {words}")
    for person in queries.waiting_for_confirmation():
        words = f"{clinic}: {person.name} waits to be confirmed by a colleague."
        yield Finding(State.WEAK, words)
