"""Holds an episode's place to its sessions: what was asked was asked about that place."""

from sqlalchemy import exists, select

from clinic_notes.charting.models import ScreeningAnswer, Visit
from clinic_notes.charting.models.void import is_draft
from clinic_notes.clinical.findings import Finding, Level, Refused
from clinic_notes.clinical.lifecycle import LEAST_WHY
from clinic_notes.core.db import db
from clinic_notes.core.signals import episode_relocating

ASK = (
    "Sessions of this episode are signed: what was asked in them stays about the place it had. "
    f"Write why the place is corrected, in at least {LEAST_WHY} characters; for another complaint "
    "begin a new episode."
)
BEGUN = (
    "A draft of this episode was asked about the place it has: sign or discard it before the "
    "place is corrected."
)


def register() -> None:
    """Listen to episodes whose place is corrected."""
    episode_relocating.connect(hold_to_sessions)


def hold_to_sessions(episode_id: int, reason: str) -> bool:
    """Return whether sessions of an episode are signed; Refused where its place must stay.

    It is corrected with a reason, and not under a draft whose questions were asked about it.
    """
    of_episode = Visit.episode_id == episode_id
    is_signed = bool(
        db.session.scalar(select(exists().where(of_episode, Visit.signed_at.is_not(None))))
    )
    asked = select(ScreeningAnswer.id).join(Visit, Visit.id == ScreeningAnswer.visit_id)
    if db.session.scalar(asked.where(of_episode, is_draft(Visit)).limit(1)) is not None:
        raise Refused([Finding(Level.REFUSE, BEGUN, "region")])
    if is_signed and len(reason.strip()) < LEAST_WHY:
        raise Refused([Finding(Level.REFUSE, ASK, "place_reason")])
    return is_signed
