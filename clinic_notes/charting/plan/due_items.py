"""What is due in open episodes: of one therapist, and of the whole clinic."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, select

from clinic_notes.accounts.models import User
from clinic_notes.charting.models import Correction, Reading, Visit
from clinic_notes.charting.models.void import counts
from clinic_notes.clinical.due import Due, DueKind, DueState, EpisodeDays, due_items
from clinic_notes.core import clock
from clinic_notes.core.db import db
from clinic_notes.core.permissions import Role
from clinic_notes.patients.models import Episode, Patient
from clinic_notes.patients.spelling import full_name
from clinic_notes.plan_of_care.models import DueRecord
from clinic_notes.reference.terms import Decision, ReadingState

LOOKS_BACK = timedelta(days=180)
"""An episode in which nothing was signed for so long is looked for no more (proposed)."""
MOST_EPISODES = 10_000
"""The stores take no more values in one statement; the latest opened are looked at."""
_URGENT = (DueState.OVERDUE, DueState.DUE, DueState.SOON)


@dataclass(frozen=True)
class DueLine:
    """A due item of a patient's episode, with whose it is."""

    patient_id: int
    patient: str
    episode_id: int
    complaint: str
    kind: DueKind
    due: Due
    therapist: str
    is_active: bool
    """Whether the therapist may still sign in."""


def due_of(user: User, today: date) -> list[DueLine]:
    """Return what is due or soon will be in the episodes of this user, the most urgent first.

    An episode is of the therapist who signed its latest session; sessions of assistants count
    only where no therapist has signed one. So each due item is on one person's page, once.
    """
    signed_by = Visit.signed_by_id == user.id
    found = _due_in(_episodes_signed(signed_by), today, only_of=user.id)
    return [line for line in found if line.due.state in _URGENT]


def overdue_in_clinic(today: date) -> list[DueLine]:
    """Return what is overdue in the open episodes of the clinic, the longest overdue first."""
    found = _due_in(_episodes_signed(), today)
    return [line for line in found if line.due.state is DueState.OVERDUE]


def _episodes_signed(*conditions: ColumnElement[bool]) -> list[int]:
    """Return the episodes of the sessions signed lately of which this is true."""
    signed = select(Visit.episode_id).distinct()
    lately = Visit.signed_at >= clock.now() - LOOKS_BACK
    return sorted(db.session.scalars(signed.where(lately, *conditions)))[-MOST_EPISODES:]


def days_of(
    episode: Any, sessions: Iterable[tuple[date, bool, bool]], done: Iterable[tuple[DueKind, date]]
) -> EpisodeDays:
    """Return the days of an episode that its clocks count from.

    ``sessions`` are the signed ones: (day, was treated, was measured); ``done`` what was recorded.
    """
    known, recorded = tuple(sessions), tuple(done)
    reassessed = {on for kind, on in recorded if kind is DueKind.REASSESSMENT}
    return EpisodeDays(
        treatment_days=frozenset(on for on, is_treated, _ in known if is_treated),
        reports=frozenset(on for kind, on in recorded if kind is DueKind.PROGRESS_REPORT),
        measured=frozenset(on for on, _, is_measured in known if is_measured) | reassessed,
        needs_certification=episode.needs_certification,
        certified_from=episode.certified_from,
        certified_until=episode.certified_until,
        planned_weeks=episode.planned_weeks,
    )


def _due_in(episode_ids: list[int], today: date, only_of: int | None = None) -> list[DueLine]:
    if not episode_ids:
        return []
    done = _done_in(episode_ids)
    rows = db.session.execute(_sessions_of(episode_ids)).all()
    lines = [
        line
        for episode_id, sessions in groupby(rows, key=lambda row: row.id)
        for line in _lines_of(list(sessions), done.get(episode_id, ()), today, only_of)
    ]
    return sorted(
        lines, key=lambda line: (_order(line.due), line.due.until or today, line.patient, line.kind)
    )


def _order(due: Due) -> int:
    return list(DueState)[::-1].index(due.state)


def _lines_of(
    sessions: Sequence[Any],
    done: Iterable[tuple[DueKind, date]],
    today: date,
    only_of: int | None,
) -> list[DueLine]:
    by_therapists = [row for row in sessions if row.role is Role.THERAPIST]
    of = max(by_therapists or sessions, key=_session_order)
    if only_of is not None and of.user_id != only_of:
        return []
    known = ((row.served_on, row.decision is Decision.TREATED, row.is_measured) for row in sessions)
    return [
        DueLine(
            patient_id=of.patient_id,
            patient=full_name(of.given_name, of.family_name),
            episode_id=of.id,
            complaint=of.complaint,
            kind=kind,
            due=due,
            therapist=of.user_name,
            is_active=of.enabled,
        )
        for kind, due in due_items(days_of(of, known, done), today)
    ]


def _session_order(row: Any) -> tuple[date, time, int]:
    return row.served_on, row.start_time or time.min, row.visit_id


def _sessions_of(episode_ids: list[int]) -> Any:
    """Return the signed sessions of those of these episodes that are open."""
    measured = exists().where(
        Reading.clinic_id == Visit.clinic_id,
        Reading.visit_id == Visit.id,
        Reading.kind != "pain",
        Reading.before_state == ReadingState.MEASURED,
        ~exists().where(
            Correction.clinic_id == Reading.clinic_id,
            Correction.reading_id == Reading.id,
            Correction.which == "before",
            Correction.state.is_(None),
        ),
    )
    return (
        select(
            *(getattr(Episode, name) for name in _EPISODE),
            Patient.given_name,
            Patient.family_name,
            Visit.id.label("visit_id"),
            Visit.served_on,
            Visit.start_time,
            Visit.decision,
            User.id.label("user_id"),
            User.name.label("user_name"),
            User.role,
            User.enabled,
            measured.label("is_measured"),
        )
        .select_from(Episode)
        .join(Patient, Patient.id == Episode.patient_id)
        .join(Visit, and_(Visit.episode_id == Episode.id, counts(Visit)))
        .join(User, User.id == Visit.signed_by_id)
        .where(Episode.id.in_(episode_ids), Episode.closed_on.is_(None))
        .order_by(Episode.id)
    )


_EPISODE = (
    "id", "patient_id", "complaint", "needs_certification", "certified_from", "certified_until",
    "planned_weeks",
)  # fmt: skip


def _done_in(episode_ids: list[int]) -> dict[int, list[tuple[DueKind, date]]]:
    statement = select(DueRecord.episode_id, DueRecord.kind, DueRecord.done_on).where(
        DueRecord.episode_id.in_(episode_ids), DueRecord.withdrawn_at.is_(None)
    )
    found: dict[int, list[tuple[DueKind, date]]] = {}
    for row in db.session.execute(statement):
        found.setdefault(row.episode_id, []).append((row.kind, row.done_on))
    return found
