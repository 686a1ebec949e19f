"""A form sent twice makes one record and gets the same answer.

Each form has a token. The first request claims it inside its own transaction; a double click or
a retry waits for that transaction and is redirected to where it led.
"""

import secrets
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint, bindparam, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from clinic_notes.core import clock
from clinic_notes.core.db import Base, UtcDateTime, db

TOKEN = 64


class Submission(Base):
    """A form that was sent, and the address its user was redirected to."""

    __tablename__ = "submission"
    __table_args__ = (UniqueConstraint("user_id", "token"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    token: Mapped[str] = mapped_column(String(TOKEN))
    location: Mapped[str | None] = mapped_column(String(500))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


def new_token() -> str:
    """Return a token for a form that is shown now."""
    return secrets.token_urlsafe(24)


def claim(token: str, user_id: int) -> str | None:
    """Claim the token; where it was used before, return where that led."""
    values = {"user_id": user_id, "token": _storable(token), "at": clock.now()}
    location: str | None = db.session.connection().scalar(_claim(db.engine.dialect.name), values)
    return location


def store_result(token: str, user_id: int, location: str) -> None:
    """Remember where the form led."""
    values = {"this_user": user_id, "this_token": _storable(token), "location": location}
    db.session.connection().execute(_STORE_RESULT, values)


_STORE_RESULT = update(Submission).where(
    Submission.user_id == bindparam("this_user"), Submission.token == bindparam("this_token")
)


@cache
def _claim(dialect: str) -> Any:
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    claim = insert(Submission)
    # Touching the row that is there waits for whoever has it locked, and then reads what it says.
    return claim.on_conflict_do_update(
        index_elements=["user_id", "token"], set_={"at": claim.excluded.at}
    ).returning(Submission.location)


def _storable(token: str) -> str:
    # Ours have no zero byte; a made-up one may, and PostgreSQL stores none.
    return token[:TOKEN].replace("\0", "")
