"""Health checks: the process is up, its database answers."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy import select, text

from clinic_notes.core.access import PUBLIC, needs
from clinic_notes.core.db import db

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@needs(PUBLIC)
def up() -> ResponseReturnValue:
    """Say that the process is up."""
    return "up\n", {"Content-Type": "text/plain; charset=utf-8"}


@blueprint.get("/readyz")
@needs(PUBLIC)
def ready() -> ResponseReturnValue:
    """Say that the database answers; 503 where it does not."""
    db.session.execute(select(text("1")))
    return "ready\n", {"Content-Type": "text/plain; charset=utf-8"}
