"""Queries of the notes that await a co-signature."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ScalarSelect, Select, select

from clinic_notes.accounts.models import User
from clinic_notes.charting.models import Addendum, CosignatureReturn, Signature, Visit
from clinic_notes.charting.models.signature import LITERALLY_AWAITING, is_awaiting, last_meaning
from clinic_notes.charting.models.void import counts
from clinic_notes.core.db import db
from clinic_notes.patients.models import Episode, Patient
from clinic_notes.patients.spelling import full_name

MOST = 100
"""Notes listed at once; whoever has more begins with the oldest."""


@dataclass(frozen=True)
class AwaitingNote:
    """A note of an assistant that no therapist has signed yet."""

    visit_id: int
    patient_id: int
    patient: str
    complaint: str
    served_on: date
    printed_name: str
    signed_at: datetime
    comment: str
    """Why it was returned, where nothing was added to it since; "" otherwise."""


def awaiting_notes() -> list[AwaitingNote]:
    """Return the notes of the clinic that await a co-signature, the oldest first."""
    return _listed(_AWAITING)


def returned_to(author: User) -> list[AwaitingNote]:
    """Return this user's notes that were returned and not added to since, the oldest first."""
    mine = _listed(_AWAITING.where(Signature.signed_by_id == author.id))
    return [note for note in mine if note.comment]


def awaiting_among(visit_ids: Iterable[int]) -> set[int]:
    """Return those of these visits that await a co-signature."""
    these = select(Visit.id).where(
        Visit.id.in_(list(visit_ids)),
        last_meaning(Visit).in_(LITERALLY_AWAITING),
        counts(Visit),
    )
    return set(db.session.scalars(these))


def _last(column: Any, table: Any) -> ScalarSelect[Any]:
    """Return this column of the last row of a table that hangs on the visit."""
    last = select(column).where(table.visit_id == Visit.id).order_by(table.id.desc()).limit(1)
    return last.correlate(Visit).scalar_subquery()


def _awaiting() -> Select[Any]:
    return (
        select(
            Visit.id,
            Visit.patient_id,
            Visit.served_on,
            Patient.given_name,
            Patient.family_name,
            Episode.complaint,
            Signature.printed_name,
            Signature.signed_at,
            _last(CosignatureReturn.comment, CosignatureReturn).label("comment"),
            _last(CosignatureReturn.returned_at, CosignatureReturn).label("returned_at"),
            _last(Addendum.written_at, Addendum).label("added_at"),
        )
        .select_from(Signature)
        .join(Visit, Visit.id == Signature.visit_id)
        .join(Patient, Patient.id == Visit.patient_id)
        .join(Episode, Episode.id == Visit.episode_id)
        .where(
            is_awaiting(),
            last_meaning(Visit).in_(LITERALLY_AWAITING),
            counts(Visit),
        )
        .order_by(Signature.signed_at, Signature.id)
        .limit(MOST)
    )


_AWAITING = _awaiting()


def _listed(statement: Select[Any]) -> list[AwaitingNote]:
    rows: Sequence[Any] = db.session.execute(statement).all()
    return [
        AwaitingNote(
            visit_id=row.id,
            patient_id=row.patient_id,
            patient=full_name(row.given_name, row.family_name),
            complaint=row.complaint,
            served_on=row.served_on,
            printed_name=row.printed_name,
            signed_at=row.signed_at,
            comment=(row.comment or "") if _is_unanswered(row) else "",
        )
        for row in rows
    ]


def _is_unanswered(row: Any) -> bool:
    return row.returned_at is not None and (row.added_at is None or row.added_at < row.returned_at)
