"""A form sent twice makes one record and gets the same answer.

Each form has a token, which stands for what was sent with it. The first request claims it inside
its own transaction; a double click or a retry waits for that transaction and is redirected to
where it led. Other content under the same token, as after the browser's Back, is no retry.
"""

import hmac
import json
import secrets
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from flask import current_app
from sqlalchemy import ForeignKey, String, UniqueConstraint, bindparam, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from clinic_notes.core import clock
from clinic_notes.core.db import Base, UtcDateTime, db

TOKEN = 64
NOT_CONTENT = frozenset({"csrf_token", "once", "revision", "meter", "refused"})
"""Fields that differ between two presses on the same form."""


class Submission(Base):
    """A form that was sent, and the address its user was redirected to."""

    __tablename__ = "submission"
    __table_args__ = (UniqueConstraint("user_id", "token"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    token: Mapped[str] = mapped_column(String(TOKEN))
    location: Mapped[str | None] = mapped_column(String(500))
    content: Mapped[str] = mapped_column(String(64), default="")
    """The digest of what was sent, "" where that is not known."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)


def new_token() -> str:
    """Return a token for a form that is shown now."""
    return secrets.token_urlsafe(24)


class FirstResult(NamedTuple):
    """Where a form led that was sent with this token, and the digest of what was in it."""

    location: str
    content: str

    def is_same(self, content: str) -> bool:
        """Say whether the same was sent again."""
        return self.content in ("", content)


class SentBefore(Exception):
    """A form's token was used with other content; nothing was done with what came now."""

    def __init__(self, location: str) -> None:
        super().__init__(location)
        self.location = location


def digest(path: str, fields: Iterable[tuple[str, str]]) -> str:
    """Return what tells one sent form from another, and lets nobody guess what was in it."""
    sent = [(name, text) for name, text in fields if name not in NOT_CONTENT]
    content = json.dumps([path, [pair for pair in sent if "password" not in pair[0]]])
    key = hmac.digest(current_app.secret_key.encode(), b"form content", "sha256")  # type: ignore[union-attr]
    return hmac.digest(key, content.encode(), "sha256").hex()


def claim(token: str, user_id: int, content: str) -> FirstResult | None:
    """Claim the token; where it was used before, return where that led."""
    known = {"user_id": user_id, "token": _storable(token)}
    values = known | {"at": clock.now(), "content": content}
    found = db.session.connection().execute(_claim(db.engine.dialect.name), values).one()
    return FirstResult(*found) if found.location is not None else None


def store_result(token: str, user_id: int, location: str, content: str) -> None:
    """Remember what was sent and where it led."""
    known = {"this_user": user_id, "this_token": _storable(token)}
    values = known | {"location": location, "content": content}
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
    ).returning(Submission.location, Submission.content)


def _storable(token: str) -> str:
    # Ours have no zero byte; a made-up one may, and PostgreSQL stores none.
    return token[:TOKEN].replace("\0", "")
