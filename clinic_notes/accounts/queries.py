"""Reading clinics, people, and the browsers they are signed in with."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from clinic_notes.accounts.actions import hashed
from clinic_notes.accounts.models import BrowserSession, User
from clinic_notes.core import tenancy
from clinic_notes.core.db import db


def live_browser_session(
    token: str, *, seen_since: datetime, started_since: datetime
) -> BrowserSession | None:
    """Return the browser session of a cookie, with its person and her clinic; enter that clinic.

    One statement, because every page begins with it: on PostgreSQL it also claims
    the clinic for row-level security. None where the session ended or expired, or
    where the account was switched off.
    """
    statement = (
        select(BrowserSession, tenancy.claim(User.clinic_id))
        .join(BrowserSession.user)
        .join(User.clinic)
        .options(contains_eager(BrowserSession.user).contains_eager(User.clinic))
        .where(
            BrowserSession.token_hash == hashed(token),
            BrowserSession.ended_at.is_(None),
            BrowserSession.seen_at > seen_since,
            BrowserSession.started_at > started_since,
            User.enabled,
        )
        .execution_options(every_clinic=True)
    )
    found = db.session.scalar(statement)
    if found is not None:
        tenancy.claimed(found.user.clinic_id)
    return found
