"""Reads what the record holds of episodes: their signed, treated visits with the readings."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Integer, bindparam, select

from clinic_notes.charting.models import Addendum, Effect, Reading, Visit, columns
from clinic_notes.charting.models.columns import AnyReading
from clinic_notes.charting.models.correction import as_corrected, with_corrections
from clinic_notes.charting.models.visit import session_order
from clinic_notes.charting.models.void import counts
from clinic_notes.clinical.drafts import VisitDraft
from clinic_notes.core.bulk import read_rows
from clinic_notes.patients.models import Episode
from clinic_notes.reference.terms import Decision


@dataclass(frozen=True)
class RecordedVisit:
    """A signed, treated visit."""

    id: int
    therapist_id: int
    rater_id: int | None
    served_on: date
    start_time: time | None
    skin_response: str
    worst_grade: int | None
    readings: tuple[AnyReading, ...]


@dataclass(frozen=True)
class RecordedEpisode:
    """An episode, its signed and treated visits in their order."""

    id: int
    patient_id: int
    region: str
    onset_on: date | None
    opened_on: date
    closed_on: date | None
    visits: list[RecordedVisit] = field(default_factory=list)


def recorded_visit(visit: Visit, draft: VisitDraft) -> RecordedVisit:
    """Return a visit that is just signed, as it will be read from the record."""
    grades = (effect.grade for effect in draft.effects if effect.grade is not None)
    return RecordedVisit(
        id=visit.id,
        therapist_id=visit.author_id,
        rater_id=visit.measured_by_id,
        served_on=visit.served_on,
        start_time=visit.start_time,
        skin_response=visit.skin_response,
        worst_grade=max(grades, default=None),
        readings=(*draft.pains, *draft.roms, *draft.strengths, *draft.measures),
    )


def recorded_episodes(episode_ids: Sequence[int], *, lock: bool = False) -> list[RecordedEpisode]:
    """Return these episodes as they are on record, in four statements however many.

    With ``lock`` another change of them is waited for, and found.
    """
    these = {"ids": list(episode_ids)}
    rows = read_rows(_EPISODES_LOCKED if lock else _EPISODES, these)
    found = {row.id: RecordedEpisode(**row._asdict()) for row in rows}
    readings = as_corrected(read_rows(_VISITS, these))
    visits = [list(group) for _, group in groupby(readings, key=attrgetter("visit_id"))]
    grades = _worst_grades([visit[0].visit_id for visit in visits])
    for group in visits:
        first = group[0]
        found[first.episode_id].visits.append(
            RecordedVisit(
                id=first.visit_id,
                therapist_id=first.author_id,
                rater_id=first.measured_by_id,
                served_on=first.served_on,
                start_time=first.start_time,
                skin_response=first.skin_response,
                worst_grade=grades.get(first.visit_id),
                readings=tuple(columns.reading_draft(row) for row in group if row.id is not None),
            )
        )
    return list(found.values())


_EPISODE = ("id", "patient_id", "region", "onset_on", "opened_on", "closed_on")
_VISIT = (
    "episode_id", "author_id", "measured_by_id", "served_on", "start_time", "skin_response",
)  # fmt: skip


def _worst_grades(visit_ids: Sequence[int]) -> dict[int, int]:
    """Return the highest grade of each visit's effects, late ones of addenda among them."""
    worst: dict[int, int] = {}
    for statement in _GRADES:
        for visit_id, grade in read_rows(statement, {"ids": list(visit_ids)}):
            worst[visit_id] = max(grade, worst.get(visit_id, 0))
    return worst


# Made once: to build a statement costs more than the database takes to answer it.
_IDS = bindparam("ids", expanding=True, type_=Integer)
_EPISODES = select(*(getattr(Episode, name) for name in _EPISODE)).where(Episode.id.in_(_IDS))
_EPISODES_LOCKED = _EPISODES.with_for_update()
# Signed, treated visits in their order, a row for each reading, at least one.
_VISITS = with_corrections(
    select(
        Visit.id.label("visit_id"),
        *(getattr(Visit, name) for name in _VISIT),
        *(getattr(Reading, name) for name in columns.READING),
    )
    .select_from(Visit)
    .outerjoin(Reading, Reading.visit_id == Visit.id)
    .where(
        Visit.episode_id.in_(_IDS),
        counts(Visit),
        Visit.decision == Decision.TREATED,
    )
    .order_by(*session_order(), Reading.row_order)
)
_GRADES: tuple[Any, ...] = tuple(
    select(table.visit_id, table.grade).where(table.visit_id.in_(_IDS), table.grade.is_not(None))
    for table in (Effect, Addendum)
)
