"""Health checks: the process is up; the store can be read and written."""

import shutil
from collections.abc import Iterator

from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue
from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError

from clinic_notes.core import audit_spool
from clinic_notes.core.access import PUBLIC, needs, open_while_locked
from clinic_notes.core.db import db

blueprint = Blueprint("health", __name__)

PLAIN = {"Content-Type": "text/plain; charset=utf-8"}
LEAST_FREE = 64 * 1024 * 1024
"""Bytes. Below these a day of a small clinic may no longer fit."""


@blueprint.get("/healthz")
@needs(PUBLIC)
@open_while_locked
def up() -> ResponseReturnValue:
    """Say that the process is up."""
    return "up\n", PLAIN


@blueprint.get("/readyz")
@needs(PUBLIC)
@open_while_locked
def ready() -> ResponseReturnValue:
    """Say that the store can be read and written; 503 with what is wrong where it cannot."""
    found = [*faults()]
    return ("\n".join(found or ["ready"]) + "\n", 503 if found else 200, PLAIN)


def faults() -> Iterator[str]:
    """Yield what keeps the clinic from reading or writing now, in words."""
    try:
        db.session.execute(select(text("1")))
    except SQLAlchemyError as error:
        db.session.rollback()
        yield f"The database does not answer ({type(error).__name__})."
    if audit_spool.CONFIG not in current_app.config:
        return
    free = shutil.disk_usage(current_app.config["INSTANCE"]).free
    if free < LEAST_FREE:
        yield f"The disk is nearly full: {free // 1024**2} MB are left. Nothing may be saved soon."
    if audit_spool.is_in_use():
        yield "The disk was full: looks at records wait in audit.spool for the audit trail."
