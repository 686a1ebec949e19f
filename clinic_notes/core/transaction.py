"""One transaction a request or command: committed whole with its trail, or rolled back.

Nothing else commits.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import flask

from clinic_notes.core import audit, tenancy
from clinic_notes.core.db import db, writing


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
    """Write the gathered lines of the trail and commit them with what was changed."""
    if audit.is_waiting():
        begin_writing()
    audit.write()
    db.session.commit()


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
