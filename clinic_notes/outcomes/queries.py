"""Queries of what waits for the manager: notes and sessions of the whole clinic.

Each begins at an index: the drafts of each author, or the notes signed since a day.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import false, null, select, true

from clinic_notes.accounts.models import User
from clinic_notes.charting.models import Addendum, Effect, Signature, Visit
from clinic_notes.charting.models.signature import LITERALLY_AWAITING, is_awaiting, last_meaning
from clinic_notes.charting.models.void import counts, is_draft
from clinic_notes.clinical.change import Verdict
from clinic_notes.clinical.wording import joined, outcome_text
from clinic_notes.core.db import db
from clinic_notes.core.display import local
from clinic_notes.outcomes.facts.models import EpisodeFact, MeasureFact
from clinic_notes.outcomes.labels import measured_label
from clinic_notes.outcomes.patient_names import patient_names
from clinic_notes.reference.effects import effects
from clinic_notes.reference.terms import Decision

MOST = 100
"""Lines of one list; whoever has more begins with these."""
MOST_NOTES = 5000
SERIOUS = 2
"""The grade from which an effect is told to the manager: it limits activity (clinical.md 5)."""


@dataclass(frozen=True)
class Waiting:
    """A visit or an episode that waits for somebody, or that the manager should know of."""

    visit_id: int | None
    """None where it is about an episode."""
    patient_id: int
    episode_id: int
    patient: str
    served_on: date
    """Of an episode, its last session."""
    created_at: datetime | None
    clinician: str
    is_active: bool
    """Whether the clinician may still sign in."""
    what: str = ""


def unsigned(before: datetime) -> list[Waiting]:
    """Return the drafts begun before a moment, the oldest first; a statement for each user."""
    # Asked author by author: over all of them PostgreSQL goes through every note of the clinic.
    drafts = (
        select(*VISIT, Visit.author_id.label("clinician_id"))
        .where(is_draft(Visit), Visit.created_at < before)
        .order_by(Visit.created_at, Visit.id)
        .limit(MOST)
    )
    authors = db.session.scalars(select(User.id)).all()
    found = [
        row
        for author_id in authors
        for row in db.session.execute(drafts.where(Visit.author_id == author_id))
    ]
    return listed(sorted(found, key=lambda row: (row.created_at, row.id)))


def awaiting_cosignature() -> list[Waiting]:
    """Return the notes of assistants that no therapist has signed, the oldest first."""
    found = (
        select(*VISIT, Visit.signed_by_id.label("clinician_id"), Signature.signed_at)
        .select_from(Signature)
        .join(Visit, Visit.id == Signature.visit_id)
        .where(is_awaiting(), last_meaning(Visit).in_(LITERALLY_AWAITING), counts(Visit))
        .order_by(Signature.signed_at, Signature.id)
        .limit(MOST)
    )
    return listed(
        db.session.execute(found).all(), what=lambda row: f"signed {local(row.signed_at)}"
    )


def not_treated(since: datetime) -> list[Waiting]:
    """Return the visits signed since then as screened and not treated, the latest first."""
    found = signed(since, Visit.not_treated_reason).where(Visit.decision == Decision.NOT_TREATED)
    return listed(
        db.session.execute(found.limit(MOST)).all(), what=lambda row: row.not_treated_reason
    )


def serious_effects(since: datetime) -> list[Waiting]:
    """Return the effects of grade 2 or more signed or reported since then, the latest first.

    Of the latest 5,000 notes: their ids lead to their effects, a join to all of the clinic. What
    was reported later counts from when it was written, however old its note is.
    """
    notes = db.session.scalars(signed(since).with_only_columns(Visit.id).limit(MOST_NOTES)).all()
    found = (
        signed(
            since,
            Effect.effect,
            Effect.grade,
            Effect.outcome,
            Visit.signed_at.label("known_at"),
            false().label("is_later"),
        )
        .join(Effect, Effect.visit_id == Visit.id)
        .where(Effect.visit_id.in_(notes), Effect.grade >= SERIOUS)
    )
    in_notes = db.session.execute(found.limit(MOST)).all()
    later = db.session.execute(
        select(
            *VISIT,
            Addendum.author_id.label("clinician_id"),
            Addendum.effect,
            Addendum.grade,
            Addendum.outcome,
            Addendum.written_at.label("known_at"),
            true().label("is_later"),
        )
        .select_from(Addendum)
        .join(Visit, Visit.id == Addendum.visit_id)
        .where(Addendum.written_at >= since, Addendum.grade >= SERIOUS, counts(Visit))
        .order_by(Addendum.written_at.desc(), Addendum.id.desc())
        .limit(MOST)
    ).all()
    rows = sorted([*in_notes, *later], key=lambda row: row.known_at, reverse=True)
    return listed(rows, what=_effect_in_words)


def _effect_in_words(row: Any) -> str:
    outcome = outcome_text(row.outcome, None)
    return joined(
        effects.label(row.effect),
        f"grade {row.grade}",
        "reported later" if row.is_later else "",
        outcome,
    )


def entered_late(since: datetime, is_late: Callable[[date, datetime], bool]) -> list[Waiting]:
    """Return the late ones of the visits signed since then, the latest first.

    ``is_late`` is asked with the day of the session and the moment of the entry.
    """
    rows = db.session.execute(signed(since))
    return listed([row for row in rows if is_late(row.served_on, row.created_at)])


def unseen(before: date) -> list[Waiting]:
    """Return the open episodes whose last session was before a day, the oldest first."""
    found = _open_episodes(EpisodeFact.visits).where(EpisodeFact.last_on < before)
    return listed(
        db.session.execute(found.order_by(EpisodeFact.last_on).limit(MOST)).all(),
        what=lambda row: f"{row.visits} session{'' if row.visits == 1 else 's'} so far",
    )


def worse(since: date) -> list[Waiting]:
    """Return what got worse beyond error in open episodes with a session since that day."""
    found = (
        _open_episodes(MeasureFact.kind, MeasureFact.key)
        .outerjoin(MeasureFact, MeasureFact.episode_id == EpisodeFact.episode_id)
        .where(EpisodeFact.last_on >= since, MeasureFact.verdict == Verdict.WORSE)
    )
    return listed(
        db.session.execute(found.order_by(EpisodeFact.last_on.desc()).limit(MOST)).all(),
        what=lambda row: measured_label(row.kind, row.key),
    )


def _open_episodes(*columns: Any) -> Any:
    return select(
        null().label("id"),
        null().label("created_at"),
        EpisodeFact.last_on.label("served_on"),
        EpisodeFact.patient_id,
        EpisodeFact.episode_id,
        EpisodeFact.therapist_id.label("clinician_id"),
        *columns,
    ).where(EpisodeFact.closed_on.is_(None))


VISIT: tuple[Any, ...] = (
    Visit.id,
    Visit.served_on,
    Visit.created_at,
    Visit.patient_id,
    Visit.episode_id,
)


def signed(since: datetime, *columns: Any) -> Any:
    """Return the notes signed since then, the latest first, with these columns."""
    return (
        select(*VISIT, Visit.signed_by_id.label("clinician_id"), *columns)
        .where(Visit.signed_at >= since, counts(Visit))
        .order_by(Visit.signed_at.desc(), Visit.id.desc())
    )


def listed(found: Sequence[Any], what: Callable[[Any], str] = lambda row: "") -> list[Waiting]:
    """Return the first of these visits, with the names of patient and clinician."""
    # The names are looked up for the lines that are shown, not for all that qualify.
    shown = found[:MOST]
    patients = patient_names({row.patient_id for row in shown})
    users = _users({row.clinician_id for row in shown})
    return [
        _waiting(row, patients[row.patient_id], users[row.clinician_id], what(row)) for row in shown
    ]


def _users(ids: Collection[int]) -> dict[int, Any]:
    named = select(User.id, User.name, User.enabled).where(User.id.in_(ids))
    return {row.id: row for row in db.session.execute(named)}


def _waiting(row: Any, patient: str, user: Any, what: str) -> Waiting:
    return Waiting(
        visit_id=row.id,
        patient_id=row.patient_id,
        episode_id=row.episode_id,
        patient=patient,
        served_on=row.served_on,
        created_at=row.created_at,
        clinician=user.name,
        is_active=user.enabled,
        what=what,
    )
