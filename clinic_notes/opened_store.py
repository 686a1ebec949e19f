"""The store of this installation, opened for a command, and its clinics."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import Flask
from sqlalchemy.exc import DatabaseError, OperationalError

from clinic_notes.accounts import queries
from clinic_notes.app import create_app
from clinic_notes.charting.note.seals import broken_seals
from clinic_notes.charting.report.seals import broken_report_seals
from clinic_notes.core import audit, schema, tenancy
from clinic_notes.core.db import db
from clinic_notes.core.secret_files import BadKey
from clinic_notes.core.transaction import one_transaction


@contextmanager
def opened() -> Iterator[Flask]:
    """Open the store as it is; close every connection to it in the end.

    Ends the command with one line where a key is missing or wrong, or the store is damaged.
    """
    try:
        app = create_app()
    except BadKey as bad:
        raise click.ClickException(str(bad)) from None
    with app.app_context():
        try:
            yield app
        except DatabaseError as error:
            raise click.ClickException(_what_is_wrong(error)) from None
        finally:
            db.session.close()
            db.engine.dispose()


def _what_is_wrong(error: DatabaseError) -> str:
    if isinstance(error, OperationalError):
        return f"The store does not answer: {error.orig}"
    if db.engine.dialect.name == "sqlite":
        return "The store cannot be read: its key is another, or the file is damaged."
    return f"The store refused: {error.orig}"


@contextmanager
def prepared() -> Iterator[Flask]:
    """Open the store, brought to the shape this version needs."""
    with opened() as app:
        schema.upgrade(db.engine)
        schema.gather_statistics(db.engine)
        yield app


def clinics() -> list[tuple[int, str]]:
    """Return id and name of every clinic."""
    with one_transaction(for_writing=False):
        return [(clinic.id, clinic.name) for clinic in queries.clinics()]


def tampering() -> list[str]:
    """Return what was changed behind the program's back, in words; nothing where all is whole.

    Of each clinic: the first bad entry of its trail, and each signed note or report that is not
    as it was signed.
    """
    return [found for clinic in clinics() for found in _tampering_in(*clinic)]


def _tampering_in(clinic_id: int, name: str) -> list[str]:
    with one_transaction(for_writing=False):
        tenancy.set_clinic(clinic_id)
        bad_entry = audit.find_tampering()
        found = [bad_entry] if bad_entry else []
        return [f"{name}: {what}" for what in (*found, *broken_seals(), *broken_report_seals())]
