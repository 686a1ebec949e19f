"""One transaction a request or command: committed whole with its trail, or rolled back.

Nothing else commits.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import flask
from sqlalchemy.exc import OperationalError

from clinic_notes.core import audit, audit_spool, tenancy
from clinic_notes.core.db import db, is_disk_full, writing


@contextmanager
def one_transaction(*, for_writing: bool = True) -> Iterator[None]:
    """Commit what the block changes together with its trail, or roll all of it back."""
    token = writing.set(for_writing)
    try:
        yield
        commit_with_trail()
        tenancy.clear_clinic()
    except BaseException:
        roll_back()
        raise
    finally:
        writing.reset(token)


def commit_with_trail() -> None:
    """Write the gathered lines of the trail and commit them with what was changed.

    While the disk is full, pages can be read all the same: looks are kept in a spool.
    """
    looks = audit.looks_alone()
    try:
        if audit.is_waiting():
            begin_writing()
        clinic_id = db.session.info.get("clinic_id") if audit.is_waiting() else None
        with audit_spool.drained(clinic_id) as spooled:
            audit.write(spooled)
            db.session.commit()
    except OperationalError as error:
        if not looks or not is_disk_full(error):
            raise
        db.session.rollback()
        _spool(looks, error)


def _spool(looks: Any, error: OperationalError) -> None:
    try:
        audit.spool(looks)
    except audit_spool.SpoolFull:
        raise error from None


def begin_writing() -> None:
    """Go on in a transaction that may write, where this one began as a reading one."""
    # SQLite cannot write after a read in one transaction once another has written; the read
    # ends here and a writing one begins. PostgreSQL goes on in the same transaction.
    if not writing.get():
        writing.set(True)
        if db.engine.dialect.name == "sqlite":
            db.session.commit()


def roll_back() -> None:
    """Undo what was changed, and forget what was to be said about it."""
    clinic_id = db.session.info.get("clinic_id")
    db.session.rollback()
    audit.clear()
    tenancy.clear_clinic()
    if not flask.has_request_context():
        return
    flask.session.pop("_flashes", None)
    # The page of the refusal is the same clinic's.
    if clinic_id is not None:
        tenancy.set_clinic(clinic_id)
