"""Who wants to write waits for the one who writes, and gets a turn as soon as that has ended."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from clinic_notes.core import db as store
from clinic_notes.core.db import db
from clinic_notes.core.transaction import one_transaction
from tests.stores import ON_ONE_STORE

pytestmark = ON_ONE_STORE


def write(app: Flask, ended: list[str], name: str, begun: Event) -> None:
    with app.app_context(), one_transaction():
        db.session.execute(text("SELECT 1"))
        begun.set()
        ended.append(name)


def test_a_second_writer_waits_for_the_first_and_then_writes(app: Flask) -> None:
    begun, ended = Event(), list[str]()
    with ThreadPoolExecutor(1) as pool, app.app_context(), one_transaction():
        db.session.execute(text("SELECT 1"))
        second = pool.submit(write, app, ended, "second", begun)
        ended.append("first")
        db.session.commit()
        second.result()
    assert ended == ["first", "second"]


def test_who_never_gets_a_turn_is_refused_and_the_next_is_not(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "TRIES", 2)
    ended: list[str] = []
    with app.app_context(), one_transaction():
        db.session.connection().exec_driver_sql("PRAGMA busy_timeout=1")
        db.session.execute(text("SELECT 1"))
        with ThreadPoolExecutor(1) as pool, pytest.raises(OperationalError, match="locked"):
            pool.submit(write, app, ended, "refused", Event()).result()
    write(app, ended, "next", Event())
    assert ended == ["next"]
