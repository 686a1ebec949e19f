"""The drafts of people who can no longer sign in, so that somebody finishes or discards them."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from clinic_notes.accounts.models import User
from clinic_notes.charting.models import Visit
from clinic_notes.charting.models.visit import session_order
from clinic_notes.charting.models.void import is_draft
from clinic_notes.core.db import db
from clinic_notes.core.signals import account_disabled

MOST = 100
"""Drafts listed at once, the oldest first."""


def register() -> None:
    """Listen to accounts that are deactivated."""
    account_disabled.connect(left_open)


def left_open(author: User) -> str:
    """Return how many drafts this user leaves, in words; "" for none."""
    mine = select(func.count(Visit.id)).where(Visit.author_id == author.id, is_draft(Visit))
    count = db.session.scalar(mine) or 0
    if not count:
        return ""
    drafts = "1 draft" if count == 1 else f"{count} drafts"
    return f"They leave {drafts}, listed on Today of every therapist."


def left_drafts() -> Sequence[Visit]:
    """Return the drafts whose author can no longer sign in, the oldest first, in two statements."""
    # Asked for by their authors: over all users PostgreSQL goes through every note of the clinic.
    gone = db.session.scalars(select(User.id).where(User.enabled.is_(False))).all()
    if not gone:
        return ()
    theirs = (
        select(Visit)
        .join(Visit.patient)
        .options(
            contains_eager(Visit.patient),
            joinedload(Visit.episode),
            joinedload(Visit.author),
            joinedload(Visit.void),
        )
        .where(Visit.author_id.in_(gone), is_draft(Visit))
        .order_by(*session_order())
        .limit(MOST)
    )
    return db.session.scalars(theirs).all()
