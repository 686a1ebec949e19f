"""The same form sent twice makes one record and gets the same answer.

Each form bears a token. The first to arrive claims it inside its own transaction;
a double click or a retry waits for that transaction and is sent where it went.
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
    """A form that was sent, and the page its sender was taken to."""

    __tablename__ = "submission"
    __table_args__ = (UniqueConstraint("user_id", "token"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    token: Mapped[str] = mapped_column(String(TOKEN))
    location: Mapped[str | None] = mapped_column(String(500))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


def new_token() -> str:
    """Return a token for one showing of a form."""
    return secrets.token_urlsafe(24)


def claim(token: str, user_id: int) -> str | None:
    """Claim the token; where it was used before, return where that led."""
    sent = {"user_id": user_id, "token": _kept(token), "at": clock.now()}
    location: str | None = db.session.connection().scalar(_claim(db.engine.dialect.name), sent)
    return location


def store_result(token: str, user_id: int, location: str) -> None:
    """Remember where the form led."""
    sent = {"this_user": user_id, "this_token": _kept(token), "location": location}
    db.session.connection().execute(_SETTLE, sent)


_KEPT: Any = Submission.__table__
_SETTLE = update(_KEPT).where(
    _KEPT.c.user_id == bindparam("this_user"), _KEPT.c.token == bindparam("this_token")
)


@cache
def _claim(dialect: str) -> Any:
    claimed = (postgresql if dialect == "postgresql" else sqlite).insert(_KEPT)
    # Touching the row that is there waits for whoever holds it, and then reads what it says.
    held = claimed.on_conflict_do_update(
        index_elements=["user_id", "token"], set_={"at": claimed.excluded.at}
    )
    return held.returning(_KEPT.c.location)


def _kept(token: str) -> str:
    # Ours have no zero byte; a made-up one may, and PostgreSQL keeps none.
    return token[:TOKEN].replace("\0", "")
